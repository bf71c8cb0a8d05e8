"""What the choice of exercises depends on: the person, the gate, what is allowed, what the screen found."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from clinic_app.domain.protocol import Side


class FallsRisk(StrEnum):
    """How likely a fall is, the lowest first."""

    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"


class Goal(StrEnum):
    """What the person trains for."""

    DAILY = "daily"
    SPORT = "sport"


class Sport(StrEnum):
    """Which sport, where it matters to the choice."""

    RUNNING = "running"
    OTHER = "other"


class Irritability(StrEnum):
    """How easily the pain flares, the calmest first."""

    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"


class WeightBearing(StrEnum):
    """How much a leg may carry: non, toe-touch, partial, as tolerated, full."""

    NWB = "nwb"
    TTWB = "ttwb"
    PWB = "pwb"
    WBAT = "wbat"
    FWB = "fwb"


class Pathway(StrEnum):
    """A condition or an aim that prefers some exercises."""

    GLUTEAL_TENDINOPATHY = "gluteal_tendinopathy"
    PFP = "pfp"
    THA = "tha"
    FALLS = "falls"
    RUNNER = "runner"


class Stage(StrEnum):
    """How far along the rehabilitation is."""

    INITIAL = "initial"
    LATE = "late"


class Severity(StrEnum):
    """How weak a group is, the least first."""

    MILD = "mild"
    MODERATE = "moderate"
    SEVERE = "severe"


class NotTolerated(StrEnum):
    """A position that the person cannot be in, or a side that cannot be lain on."""

    SUPINE = "supine"
    PRONE = "prone"
    SIDE_LYING = "side_lying"
    SIDE_LYING_LEFT = "side_lying_left"
    SIDE_LYING_RIGHT = "side_lying_right"
    SITTING = "sitting"
    STANDING = "standing"
    QUADRUPED = "quadruped"
    SIDE_SUPPORT = "side_support"


class TagSide(StrEnum):
    """The side a precaution holds for."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"


@dataclass(frozen=True)
class Patient:
    """The person; age in whole years."""

    age: int | None = None
    falls_risk: str | None = None
    goal: str | None = None
    sport: str | None = None
    minor_confirmed: bool | None = None


@dataclass(frozen=True)
class Gate:
    """What must be clear before any exercise is offered; None is an answer not given, never a no."""

    red_flags_unresolved: bool | None = None
    screen_valid: bool | None = None
    post_op: bool | None = None
    surgeon_clearance: bool | None = None


@dataclass(frozen=True)
class TaggedPrecaution:
    """A precaution tag and its side; without a side it holds for both."""

    tag: str | None = None
    side: str | None = None


@dataclass(frozen=True)
class Weakness:
    """What the screen found for one group on one side; `antigravity` False: it cannot lift the limb."""

    group: str | None = None
    side: str | None = None
    severity: str | None = None
    interpretable: bool | None = None
    antigravity: bool | None = None


@dataclass(frozen=True)
class Circumstances:
    """Everything `prescribe` reads, as recorded: None is missing, a word may be unknown.

    Nothing is guessed here; `why_withheld` names what is missing or unknown before anything is chosen.
    """

    patient: Patient = Patient()
    gate: Gate = Gate()
    irritability: str | None = None
    weight_bearing: Mapping[Side, str | None] = field(default_factory=dict)
    precautions: tuple[TaggedPrecaution, ...] | None = None
    pathways: tuple[str, ...] = ()
    equipment: tuple[str, ...] | None = None
    positions_not_tolerated: tuple[str, ...] = ()
    floor_transfer_ok: bool | None = None
    cleared_for_impact: bool | None = None
    stage: str | None = None
    max_exercises: int | None = None
    findings: tuple[Weakness, ...] | None = None
