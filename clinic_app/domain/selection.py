"""The numbers of the selection: how many, how hard, what is preferred, and how a screen is read."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from clinic_app.domain.circumstances import FallsRisk, Irritability, Pathway, Severity, WeightBearing
from clinic_app.domain.dosing import DosingRules, MinuteRules, PainBands, ReviewRules
from clinic_app.domain.exercise import Basis, Load, Posture
from clinic_app.domain.programme import Slot


class ScreenClass(StrEnum):
    """A class of the screen that becomes a finding; a possible one is measured, or only seen indirectly."""

    MARKED = "marked"
    PROBABLE = "probable"
    POSSIBLE_MEASURED = "possible_measured"
    POSSIBLE_UNMEASURED = "possible_unmeasured"


@dataclass(frozen=True)
class Tag:
    """A precaution as the selector knows it, and what it does beyond excluding exercises.

    `balance` caps the balance demand; `sore_side` keeps the person off that side; `most_load` caps the limb;
    `falls_risk` is the least risk it stands for; `surgical` asks for the surgeon's clearance.
    """

    meaning: str
    surgical: bool = False
    sore_side: bool = False
    limits_holds: bool = False
    balance: int | None = None
    most_load: Load | None = None
    falls_risk: FallsRisk | None = None
    pathway: Pathway | None = None


@dataclass(frozen=True)
class LevelRules:
    """From severity to load level: the target of round 1, of later rounds, and the ceiling."""

    basis: Basis
    words: tuple[str, ...]
    base: Mapping[Severity, int]
    gentlest: int
    highest: int
    moderate_irritability_easing: int
    moderate_irritability_ceiling: int
    mild_sport_ceiling: int
    severe_later: int
    late_step: int
    high_falls_ceiling: int
    late_stage_only_from: int
    most_above_target: int


@dataclass(frozen=True)
class SizeRules:
    """How many exercises: by number of flagged groups, with what adds to it and what caps it."""

    basis: Basis
    high_irritability: int
    by_groups: tuple[int, ...]
    sport_more: int
    older_from_age: int
    older_or_falls_most: int
    least: int
    most: int
    rounds: int
    short_below: int
    nudge_above: int


@dataclass(frozen=True)
class TextRules:
    """How many characters a therapist may write for the patient: to an exercise, and of the goal."""

    basis: Basis
    most_note: int
    most_goal: int


@dataclass(frozen=True)
class ScoreRules:
    """The points of a candidate; the highest sum wins."""

    basis: Basis
    primary: int
    secondary: int
    level_away: int
    preferred: int
    also_primary: int
    also_secondary: int
    caution: int
    first_functional: int
    second_block: int
    further_block: int
    gravity_minimised: int
    one_side_but_bilateral: int
    both_sides_at_once: int
    favourite: int
    basic_level: int


@dataclass(frozen=True)
class BalanceRules:
    """The highest balance demand for each falls risk, and when one limb bears no weight."""

    basis: Basis
    by_falls_risk: Mapping[FallsRisk, int]
    non_weight_bearing: int


@dataclass(frozen=True)
class LoadRules:
    """The most that a limb may carry for each weight-bearing status."""

    basis: Basis
    most: Mapping[WeightBearing, Load]


@dataclass(frozen=True)
class PathwayRules:
    """A condition's preferred exercises, and the notice to the therapist that goes with it."""

    name: str
    basis: Basis
    preferred: tuple[str, ...]
    notice: str = ""


@dataclass(frozen=True)
class SlotRules:
    """A place kept for one exercise of a list when a pathway is active."""

    basis: Basis
    pathway: Pathway
    exercises: tuple[str, ...]
    most_level: int | None = None
    not_after_surgery: bool = False


@dataclass(frozen=True)
class GradeRule:
    """Manual grades that set a least severity, and whether the limb moves against gravity."""

    grades: tuple[str, ...]
    severity: Severity
    antigravity: bool


@dataclass(frozen=True)
class FallsRules:
    """What makes the falls risk moderate or high: falls in 12 months, walking aids, rules of the screen."""

    basis: Basis
    moderate_falls: int
    high_falls: int
    moderate_aids: tuple[str, ...]
    moderate_rules: tuple[str, ...]
    high_aids: tuple[str, ...]


@dataclass(frozen=True)
class FromScreen:
    """How the result of a screen becomes findings of the selector."""

    basis: Basis
    severity: Mapping[ScreenClass, Severity]
    grades: tuple[GradeRule, ...]
    falls_risk: FallsRules


@dataclass(frozen=True)
class Selection:
    """Everything numeric that chooses and doses exercises."""

    version: str
    adult_from_age: int
    levels: LevelRules
    size: SizeRules
    score: ScoreRules
    balance: BalanceRules
    load: LoadRules
    blocks: Mapping[Posture, int]
    near_duplicates: tuple[tuple[str, ...], ...]
    pathways: Mapping[Pathway, PathwayRules]
    slots: Mapping[Slot, SlotRules]
    dosing: DosingRules
    pain: Mapping[Irritability, PainBands]
    minutes: MinuteRules
    review: ReviewRules
    texts: TextRules
    from_screen: FromScreen
    messages: Mapping[str, str]
    notices: Mapping[str, str]
