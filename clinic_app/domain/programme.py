"""A home programme: the exercises with their doses, what was left out and why, or why there is none."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from clinic_app.domain.protocol import Group, Side


class ProgrammeStatus(StrEnum):
    """What came of the choice."""

    OK = "ok"
    SHORT = "short"
    PARTIAL = "partial"
    NONE_AVAILABLE = "none_available"
    NO_FLAGS = "no_flags"
    WITHHELD_RED_FLAG = "withheld_red_flag"
    WITHHELD_UNINTERPRETABLE = "withheld_uninterpretable"
    WITHHELD_MISSING_DATA = "withheld_missing_data"
    WITHHELD_INVALID_INPUT = "withheld_invalid_input"
    WITHHELD_NO_SURGICAL_CLEARANCE = "withheld_no_surgical_clearance"
    WITHHELD_MINOR_UNCONFIRMED = "withheld_minor_unconfirmed"


class Slot(StrEnum):
    """What an exercise is on the sheet for."""

    STRENGTH = "strength"
    BALANCE = "balance"
    KNEE = "knee"
    SUPPORT = "support"


class WorkMode(StrEnum):
    """Which legs do the sets."""

    BOTH_TOGETHER = "both_together"
    BOTH_WAYS = "both_ways"
    BOTH_SIDES = "both_sides"
    ONE_SIDE_PLUS_1_SET_OTHER = "one_side_plus_1_set_other"
    ONE_SIDE_ONLY = "one_side_only"


@dataclass(frozen=True)
class WorkedSides:
    """The legs that work; `side` is the one that starts, or the one that does all sets."""

    mode: WorkMode
    side: Side | None = None


@dataclass(frozen=True)
class SideDose:
    """What one leg does: sets, repetitions, hold in seconds."""

    sets: int
    reps: int
    hold_s: int


@dataclass(frozen=True)
class Prescription:
    """One line of the programme. Rest and hold in seconds, effort `rpe` from and to out of 10.

    `other` is what the leg does that does not start, only where both sides work and not by the same dose.
    """

    exercise: str
    group: Group | None
    slot: Slot
    indirect: bool
    sets: int
    reps: int
    hold_s: int
    rest_s: int
    tempo: str
    days_per_week: int
    sessions_per_day: int
    rpe: tuple[int, int]
    sides: WorkedSides
    caution_keys: tuple[str, ...] = ()
    other: SideDose | None = None

    @property
    def side_dose(self) -> SideDose:
        """What the leg does that starts, or that does all sets."""
        return SideDose(self.sets, self.reps, self.hold_s)


@dataclass(frozen=True)
class Programme:
    """What is suggested. `excluded` maps each exercise that is not safe to its reason codes, `not_offered`
    each that is not on the sheet, whatever the reason.

    `deferred` are groups that wait for the next review; `uncovered` have no safe exercise. `blocks` are the
    handout's text blocks, `notices` what the therapist should know.
    """

    status: ProgrammeStatus
    message: str | None = None
    prescriptions: tuple[Prescription, ...] = ()
    uncovered: tuple[Group, ...] = ()
    deferred: tuple[Group, ...] = ()
    excluded: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    not_offered: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    pain_limit: int | None = None
    session_minutes: int | None = None
    blocks: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
