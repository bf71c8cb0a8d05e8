"""The numbers of the dose: what changes it, the pain limits, the length of a session, when to look again."""

from collections.abc import Mapping
from dataclasses import dataclass

from clinic_app.domain.circumstances import FallsRisk
from clinic_app.domain.exercise import Basis


@dataclass(frozen=True)
class FixedDose:
    """Sets and repetitions that replace those of the strength class, and the rest where it changes too."""

    sets: int
    reps: int
    rest_s: int | None = None


@dataclass(frozen=True)
class DosingRules:
    """What changes a dose class for this person and this sheet."""

    basis: Basis
    hard_level: int
    basic_level: int
    days_beside_hard: int
    activation_days: int
    activation_sessions: int
    strength_class: str
    older: FixedDose
    sport: FixedDose
    moderate_irritability_fewer_sets: int
    moderate_irritability_most_rpe: int
    high_irritability_rpe: tuple[int, int]
    most_hold_s: int
    least_reps_when_held_shorter: int
    other_side_sets: int
    falls_cautions: Mapping[FallsRisk, str]


@dataclass(frozen=True)
class PainBands:
    """The pain limit out of 10 and the three bands that print, each from and to."""

    basis: Basis
    limit: int
    go: tuple[int, int]
    slow: tuple[int, int]
    stop: tuple[int, int]


@dataclass(frozen=True)
class MinuteRules:
    """How long a session takes, in seconds a repetition, a step, a change of side and getting ready."""

    basis: Basis
    repetition_s: int
    step_s: int
    turn_rest_s: int
    ready_s: int
    most_minutes: int


@dataclass(frozen=True)
class ReviewRules:
    """When a plan starts, in weeks from the day it is made, from and to; when it is looked at again and when
    strength is tested again, in weeks from its start, from and to.
    """

    basis: Basis
    start_weeks: tuple[int, int]
    first_weeks: tuple[int, int]
    retest_weeks: tuple[int, int]
