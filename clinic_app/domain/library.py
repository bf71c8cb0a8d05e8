"""All that the product knows, read once at start and never changed after."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from clinic_app.domain.evidence import Mark
from clinic_app.domain.exercise_library import ExerciseLibrary
from clinic_app.domain.guide import Guide
from clinic_app.domain.own import OwnLimits, OwnValue
from clinic_app.domain.protocol import Item, Protocol
from clinic_app.domain.reference import Norm
from clinic_app.domain.rules import Rules
from clinic_app.domain.safety import Precaution, RedFlag
from clinic_app.domain.share import ShareRules


@dataclass(frozen=True)
class Source:
    """One entry of the bibliography; `seen` is where it was read, empty when it was only recalled."""

    id: str
    citation: str
    mark: Mark
    seen: str = ""


@dataclass(frozen=True)
class PatternCard:
    """The words of one pattern: what it requires, what it suggests and does, on what evidence."""

    id: str
    name: str
    requires: str
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
    `own_limits` says which numbers a clinic may set, `own` which it has set.
    """

    items: Mapping[str, Item]
    protocols: Mapping[str, Protocol]
    red_flags: Mapping[str, RedFlag]
    precautions: Mapping[str, Precaution]
    rules: Rules
    norms: Mapping[str, Norm]
    patterns: Mapping[str, PatternCard]
    notes: Mapping[str, str]
    words: Mapping[str, Mapping[str, str]]
    evidence: Mapping[str, Source]
    exercises: ExerciseLibrary
    guide: Guide
    own_limits: OwnLimits
    share: ShareRules
    version: str
    own: tuple[OwnValue, ...] = ()

    def with_norms(self, norms: Iterable[Norm]) -> "Library":
        """The same content with further norms, those that a clinic entered."""
        added = {norm.id: norm for norm in norms}
        evidence = {**own_sources(added.values()), **self.evidence}
        return replace(self, norms={**self.norms, **added}, evidence=evidence)


def own_sources(norms: Iterable[Norm]) -> dict[str, Source]:
    """The papers of the tables that a clinic entered, as entries of the bibliography."""
    cited = {norm.source: norm for norm in norms if norm.own and norm.citation}
    return {
        key: Source(key, ". ".join(part for part in (norm.citation, norm.doi) if part), norm.mark, norm.page)
        for key, norm in cited.items()
    }
