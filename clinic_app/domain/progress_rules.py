"""What the weeks of a log lead to: the rules with what they propose, and how each dose class moves on."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from clinic_app.domain.exercise import Basis


class Advice(StrEnum):
    """What is proposed for an exercise, the mildest first."""

    PROGRESS = "progress"
    GO_ON = "go_on"
    HOLD = "hold"
    EASE = "ease"
    STOP = "stop"


class LogRule(StrEnum):
    """What the weeks of a log may show."""

    MORNING_OVER_LIMIT = "morning_over_limit"
    RISING = "rising"
    OVER_LIMIT = "over_limit"
    NOT_SETTLED = "not_settled"
    MISSED_WEEK = "missed_week"
    SLOW = "slow"
    WORSE_NEXT_DAY = "worse_next_day"
    ROSE = "rose"
    PAIN_NOT_WRITTEN = "pain_not_written"
    NOT_WRITTEN_BEFORE = "not_written_before"
    OVER_LIMIT_BEFORE = "over_limit_before"
    FEW_DAYS = "few_days"
    SETTLED = "settled"


class Step(StrEnum):
    """What accepting a proposal does to the line on the sheet."""

    SET = "set"
    LOAD = "load"
    EXERCISE = "exercise"
    FEWER_SETS = "fewer_sets"
    HALF_SETS = "half_sets"
    EASIER = "easier"
    REMOVE = "remove"
    KEEP = "keep"


@dataclass(frozen=True)
class LogRules:
    """The length of the log in weeks."""

    basis: Basis
    weeks: int


@dataclass(frozen=True)
class RuleOfLog:
    """What one rule proposes; `weeks_in_a_row` where it looks at several."""

    proposes: Advice
    basis: Basis
    weeks_in_a_row: int = 1


@dataclass(frozen=True)
class ClassProgress:
    """The days or sessions that the criterion of a dose class asks for, and its steps in order."""

    days: int
    by: tuple[Step, ...]


@dataclass(frozen=True)
class ProgressRules:
    """All of it; `classes` by dose class."""

    version: str
    log: LogRules
    rules: Mapping[LogRule, RuleOfLog]
    classes: Mapping[str, ClassProgress]
