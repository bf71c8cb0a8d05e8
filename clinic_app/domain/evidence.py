"""How a fact is known: the mark it carries and the source that says so."""

from dataclasses import dataclass
from enum import StrEnum


class Mark(StrEnum):
    """How a number or a fact is known."""

    READ = "V"
    RECALLED = "R"
    DERIVED = "D"
    CONVENTION = "C"


@dataclass(frozen=True)
class Evidence:
    """One fact: the key of its source in the bibliography, how it is known, and what the source says."""

    source: str
    mark: Mark
    says: str
