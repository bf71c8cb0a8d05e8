"""Red flags and precautions: what must be asked before a muscle is loaded, and what each answer closes."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from clinic_app.domain.finding import Value
from clinic_app.domain.protocol import Field, Position


class Consequence(StrEnum):
    """What a yes or an unsure to a red-flag row leads to, the gravest first."""

    STOP_URGENT = "stop_urgent"
    STOP_REFER = "stop_refer"
    REFER = "refer"
    PRECAUTION = "precaution"


class Advice(StrEnum):
    """Whether, and how soon, a doctor should see this person."""

    URGENT = "urgent"
    REFER_PROMPTLY = "refer_promptly"
    REFER = "refer"
    NONE = "none"


@dataclass(frozen=True)
class RedFlag:
    """One red-flag row: what is asked, what else to look for, what a yes leads to and who says so.

    `group` are the rows that stand together. `under_age`: the row answers itself, yes below this age; it is
    not asked.
    """

    id: str
    name: str
    ask: str
    consequence: Consequence
    do_now: str
    sources: tuple[str, ...]
    group: str = ""
    look: str = ""
    source_note: str = ""
    under_age: int | None = None


class Pressure(StrEnum):
    """What the resting blood pressure came to, by the limits of the rules (`bp_ask_*`, `bp_defer_*`)."""

    NOT_MEASURED = "not_measured"
    WITHIN = "within"
    RAISED = "raised"
    TOO_HIGH = "too_high"


Answers: TypeAlias = dict[str, tuple[str, ...]]


def lifts(unless: Answers | None, extra: Mapping[str, Value]) -> bool:
    """Whether the row's own answers all stand among those that lift; an answer not given never lifts."""
    return bool(unless) and all(_word(extra.get(key)) in words for key, words in (unless or {}).items())


def _word(value: Value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


@dataclass(frozen=True)
class Closure:
    """Items that a precaution closes on its side, or on both.

    `unless` lists the answers to the row's own fields that lift it (`lifts`), so that a blank answer closes.
    `positions` limits it to a test done in one of these positions (a finding in an alternative position
    stays open); with no items named it closes all that can be done in them. `methods` limits it to a way of
    measuring force, `fields` to a part of the item. `pressure` limits it to a resting blood pressure; with
    `without_row` that pressure closes even when the row was not ticked.
    """

    because: str
    items: tuple[str, ...] = ()
    both_sides: bool = False
    unless: Answers | None = None
    positions: tuple[Position, ...] = ()
    methods: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    pressure: Pressure | None = None
    without_row: bool = False


@dataclass(frozen=True)
class ExerciseTag:
    """An exercise tag that a precaution sets, unless the row's own answers lift it."""

    tag: str
    unless: Answers | None = None


@dataclass(frozen=True)
class Precaution:
    """One precaution row: what is asked, what it changes, what it closes and which exercise tags it sets.

    `not_valid` names items whose positive result is not valid while the row holds.
    """

    id: str
    name: str
    effect: str
    sources: tuple[str, ...]
    sided: bool
    ask: str = ""
    source_note: str = ""
    fields: tuple[Field, ...] = ()
    closes: tuple[Closure, ...] = ()
    sets: tuple[ExerciseTag, ...] = ()
    not_valid: tuple[str, ...] = ()
    needs_surgeon: bool = False
    withholds: bool = False
    note: str = ""

    def tags(self, extra: Mapping[str, Value]) -> tuple[str, ...]:
        """The exercise tags that the row sets, given the answers to its own fields."""
        return tuple(tag.tag for tag in self.sets if not lifts(tag.unless, extra))
