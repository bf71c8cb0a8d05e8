"""What can be looked up in the reference: its kind, its place, its lines and what it cites."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What an entry is, in the order in which equal results are listed."""

    TEST = "test"
    RULE = "rule"
    PATTERN = "pattern"
    EXERCISE = "exercise"
    CONDITION = "condition"
    RED_FLAG = "red_flag"
    PRECAUTION = "precaution"
    NORM = "norm"
    NUMBER = "number"
    MEASURE = "measure"
    NOTE = "note"
    MUSCLE = "muscle"
    TERM = "term"
    SOURCE = "source"


@dataclass(frozen=True)
class Entry:
    """One thing that can be looked up: its page (`endpoint` with `values`), its lines and its source ids."""

    kind: Kind
    id: str
    title: str
    endpoint: str
    values: Mapping[str, str] = field(default_factory=dict)
    lines: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


def anchor(name: str) -> Mapping[str, str]:
    """The values of an address that leads to one place on a page."""
    return {"_anchor": name}
