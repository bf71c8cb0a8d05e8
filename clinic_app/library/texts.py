"""Reads the words: evidence, notes, patterns, and the vocabularies that a therapist reads."""

from dataclasses import dataclass, replace
from pathlib import Path

from clinic_app.domain.guide import Guide, Measure
from clinic_app.domain.library import PatternCard, Source
from clinic_app.library.items import read_each
from clinic_app.library.structure import read, read_rows

EVIDENCE = "evidence.toml"
GUIDE = "guide.toml"
MEASUREMENT = "measurement.toml"
NOTES_FILE = "notes.toml"
WORDS = "words.toml"

Words = dict[str, dict[str, str]]


@dataclass(frozen=True)
class _Measurement:
    measures: tuple[Measure, ...]


def load_evidence(folder: Path) -> dict[str, Source]:
    """Read `folder`/evidence.toml, the bibliography of the screen."""
    return read_rows(folder / EVIDENCE, Source)


def load_notes(folder: Path) -> dict[str, str]:
    """Read `folder`/notes.toml: the text of each note."""
    return read(folder / NOTES_FILE, dict[str, str])


def load_guide(folder: Path) -> Guide:
    """Read `folder`/guide.toml and measurement.toml: what the reference pages tell."""
    measures = read(folder / MEASUREMENT, _Measurement).measures
    return replace(read(folder / GUIDE, Guide), measures=measures)


def load_words(folder: Path) -> Words:
    """Read `folder`/words.toml: by vocabulary, the word for each id."""
    return read(folder / WORDS, Words)


def load_patterns(folder: Path) -> dict[str, PatternCard]:
    """Read every pattern below `folder`/patterns."""
    return dict(read_each(folder / "patterns", PatternCard))
