"""All that the product knows, read once at start and never changed after."""

from collections.abc import Mapping
from dataclasses import dataclass

from clinic_app.domain.evidence import Mark
from clinic_app.domain.exercise_library import ExerciseLibrary
from clinic_app.domain.guide import Guide
from clinic_app.domain.protocol import Item, Protocol
from clinic_app.domain.rules import Rules
from clinic_app.domain.safety import Precaution, RedFlag


@dataclass(frozen=True)
class Source:
    """One entry of the bibliography; `seen` is where it was read, empty when it was only recalled."""

    id: str
    citation: str
    mark: Mark
    seen: str = ""


@dataclass(frozen=True)
class PatternCard:
    """The words of one pattern: what it suggests, on what evidence, and what it does to the programme."""

    id: str
    name: str
    suggests: str
    evidence: str
    sources: tuple[str, ...]
    action: str
    withholds: bool = False
    sets: tuple[str, ...] = ()


@dataclass(frozen=True)
class Library:
    """The content of the product; `version` is the SHA-256 over all its files.

    `notes` maps a note's id to its text; `words` maps a vocabulary (`class`, `cannot_say`, ...) to its words.
    """

    items: Mapping[str, Item]
    protocols: Mapping[str, Protocol]
    red_flags: Mapping[str, RedFlag]
    precautions: Mapping[str, Precaution]
    rules: Rules
    patterns: Mapping[str, PatternCard]
    notes: Mapping[str, str]
    words: Mapping[str, Mapping[str, str]]
    evidence: Mapping[str, Source]
    exercises: ExerciseLibrary
    guide: Guide
    version: str
