"""A screening as the domain sees it: the person on the day, the safety answers and the findings."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from clinic_app.domain.finding import Finding, Value
from clinic_app.domain.protocol import Group, Side


class Sex(StrEnum):
    """Sex for reference values; not stated switches the reference values off."""

    FEMALE = "female"
    MALE = "male"
    NOT_STATED = "not_stated"


class Answer(StrEnum):
    """An answer to a red-flag row. Unsure is handled as yes; a row without an answer is never no."""

    NO = "no"
    YES = "yes"
    UNSURE = "unsure"


class Class(StrEnum):
    """The class of one muscle group on one side."""

    NONE_FOUND = "none_found"
    POSSIBLE = "possible"
    PROBABLE = "probable"
    MARKED = "marked"
    CANNOT_SAY = "cannot_say"


@dataclass(frozen=True)
class Subject:
    """The person on the day of the screening; age in whole years, height in cm, mass in kg.

    `confirmed` names the unlikely values among them that the therapist said are right.
    """

    age: int
    sex: Sex
    height_cm: Decimal | None = None
    mass_kg: Decimal | None = None
    kicking_leg: str | None = None
    activity: str | None = None
    sport: str | None = None
    confirmed: tuple[str, ...] = ()


@dataclass(frozen=True)
class PrecautionRow:
    """A precaution that holds for this person; side None means both; `extra` holds the row's own keys.

    A row that was cleared says by whom, and on which day (ISO date), as far as that was told.
    """

    id: str
    side: Side | None = None
    cleared: bool = False
    extra: Mapping[str, Value] = field(default_factory=dict)
    cleared_by: str = ""
    cleared_on: str = ""


@dataclass(frozen=True)
class Precautions:
    """The precautions list: whether it was asked, and the rows that hold."""

    answered: bool = False
    rows: tuple[PrecautionRow, ...] = ()


@dataclass(frozen=True)
class Override:
    """The therapist's own class for a group and side, with the reason; the computed one is kept beside it."""

    group: Group
    side: Side
    cls: Class
    reason: str


@dataclass(frozen=True)
class Screening:
    """Everything that `assess` reads. `red_flags` maps a row to its answer; a missing row is unanswered.

    `opened` names items that the therapist opened by hand.
    """

    protocol: str
    subject: Subject
    red_flags: Mapping[str, Answer] = field(default_factory=dict)
    red_flag_overrides: Mapping[str, str] = field(default_factory=dict)
    precautions: Precautions = Precautions()
    findings: tuple[Finding, ...] = ()
    overrides: tuple[Override, ...] = ()
    opened: tuple[str, ...] = ()
