"""What an assessment says: per group and side a class with its reasons, and what could not be said."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from clinic_app.domain.protocol import Group, Side
from clinic_app.domain.safety import Advice, Consequence
from clinic_app.domain.screening import Answer, Class


class Outcome(StrEnum):
    """What the assessment came to."""

    ASSESSED = "assessed"
    SCREEN_STOPPED = "screen_stopped"
    INCOMPLETE_SAFETY = "incomplete_safety"


class CannotSay(StrEnum):
    """Why no class can be given, in the order of which the first that fits is told."""

    RED_FLAG = "red_flag"
    MINOR = "minor"
    SAFETY_INCOMPLETE = "safety_incomplete"
    PAIN_LIMITED = "pain_limited"
    NO_ABSOLUTE_REFERENCE = "no_absolute_reference"
    PRECAUTION = "precaution"
    DECLINED = "declined"
    NOT_TESTED = "not_tested"


class Confidence(StrEnum):
    """How sure "no weakness found" is."""

    LOW = "low"
    MODERATE = "moderate"
    HIGHER = "higher"


class LowerLimb(StrEnum):
    """The general lower-limb result, which has no side."""

    REDUCED = "reduced"
    NOT_REDUCED = "not_reduced"
    NOT_ASSESSED = "not_assessed"


@dataclass(frozen=True)
class Flag:
    """A reason: a finding that met a rule. `counts` marks the one that counts for its family."""

    rule: str
    version: str
    family: str
    level: int
    label: str
    direct: bool
    item: str
    value: Decimal | str
    threshold: str
    basis: str
    sources: tuple[str, ...]
    counts: bool = False
    lowered_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class NotInterpretable:
    """A finding that is kept and printed but not used, and the rule or precaution because of which."""

    item: str
    because: str


@dataclass(frozen=True)
class GroupResult:
    """One muscle group on one side: class, reasons, and what could not be read."""

    group: Group
    side: Side
    cls: Class
    cannot_say: CannotSay | None = None
    confidence: Confidence | None = None
    therapist_class: Class | None = None
    therapist_reason: str = ""
    flags: tuple[Flag, ...] = ()
    not_interpretable: tuple[NotInterpretable, ...] = ()
    has_absolute_measure: bool = False
    grade: str | None = None

    @property
    def final(self) -> Class:
        """The class to act on: the therapist's where one was given, else the computed one."""
        return self.therapist_class or self.cls


@dataclass(frozen=True)
class Note:
    """A remark added after the classes; it never changes one."""

    id: str
    group: Group | None = None
    side: Side | None = None
    item: str = ""
    suggest: str = ""


@dataclass(frozen=True)
class Information:
    """A rule that informs and does not count."""

    rule: str
    side: Side | None = None
    value: Decimal | str | None = None
    item: str = ""


@dataclass(frozen=True)
class Pattern:
    """What several findings suggest together; never a diagnosis."""

    id: str
    side: Side | None
    because: tuple[str, ...]
    missing: tuple[str, ...] = ()


class Lacking(StrEnum):
    """Why there is no norm for a force."""

    NO_TABLE = "no_table"
    UNCHECKED = "unchecked"
    METHOD = "method"
    POSITION = "position"
    PAD = "pad"
    STABILISATION = "stabilisation"
    UNIT = "unit"
    AGE = "age"
    SEX = "sex"
    MASS = "mass"
    LEVER = "lever"


@dataclass(frozen=True)
class Score:
    """A force beside its norm: `z` (two decimals), or the % of the predicted value where no spread is known.

    Without a norm `lacking` says why and `norm` names the nearest one, empty when there is none at all.
    """

    norm: str = ""
    z: Decimal | None = None
    percent_predicted: Decimal | None = None
    predicted: Decimal | None = None
    lacking: Lacking | None = None


@dataclass(frozen=True)
class Force:
    """What one dynamometer test on one side came to, with its inputs.

    `force_n` is the largest trial and `mean_n` the mean of the first three, in newtons; the lever in cm, the
    mass in kg; torque in N·m/kg and % body weight to three and one decimals, None where an input is missing.
    `another_trial`: the best two trials lie further apart than the limit, and no fourth was made.
    """

    item: str
    side: Side
    force_n: Decimal
    mean_n: Decimal
    trials: int
    method: str
    position: str
    stabilisation: str
    pad: str
    lever_cm: Decimal | None = None
    mass_kg: Decimal | None = None
    torque_nm_kg: Decimal | None = None
    percent_body_weight: Decimal | None = None
    score: Score = Score()
    another_trial: bool = False
    interpretable: bool = True


@dataclass(frozen=True)
class Symmetry:
    """The weaker side as % of the stronger, one decimal; or the differences because of which there is none.

    `unlike` names what differs (method, position, pad, stabilisation, lever), `not_read` the side that pain
    or a precaution leaves out.
    """

    item: str
    lsi: Decimal | None = None
    weaker: Side | None = None
    unlike: tuple[str, ...] = ()
    not_read: tuple[Side, ...] = ()


@dataclass(frozen=True)
class OpenItem:
    """An item that something opened: the finding or fact that did, or `therapist`; the reason in words."""

    item: str
    because: str
    reason: str = ""


@dataclass(frozen=True)
class ClosedItem:
    """An item that a precaution closes on a side (None: without side)."""

    item: str
    side: Side | None
    because: str


@dataclass(frozen=True)
class Missing:
    """A core or opened item that holds no finding yet on that side."""

    item: str
    side: Side | None


@dataclass(frozen=True)
class OpenFlag:
    """A red-flag row answered yes or unsure and not overridden."""

    row: str
    answer: Answer
    consequence: Consequence


@dataclass(frozen=True)
class OverriddenFlag:
    """A red-flag row that the therapist overrode, with the typed reason."""

    row: str
    consequence: Consequence
    reason: str


@dataclass(frozen=True)
class SafetyResult:
    """What the safety questions came to. `unanswered` names rows, and the list itself as `precautions`."""

    open: tuple[OpenFlag, ...] = ()
    overridden: tuple[OverriddenFlag, ...] = ()
    unanswered: tuple[str, ...] = ()
    advice: Advice = Advice.NONE


@dataclass(frozen=True)
class Assessment:
    """The whole result of a screening; `groups` always lists all eight pairs, left before right."""

    outcome: Outcome
    safety: SafetyResult
    groups: tuple[GroupResult, ...]
    lower_limb: LowerLimb = LowerLimb.NOT_ASSESSED
    notes: tuple[Note, ...] = ()
    information: tuple[Information, ...] = ()
    patterns: tuple[Pattern, ...] = ()
    opened: tuple[OpenItem, ...] = ()
    closed: tuple[ClosedItem, ...] = ()
    missing: tuple[Missing, ...] = ()
    forces: tuple[Force, ...] = ()
    symmetry: tuple[Symmetry, ...] = ()

    def result(self, group: Group, side: Side) -> GroupResult:
        """The result of one group and side."""
        return next(r for r in self.groups if r.group is group and r.side is side)
