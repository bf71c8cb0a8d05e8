"""What an exercise is: what it works, what it asks of the body, whom it may harm, and its words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from clinic_app.domain.evidence import Mark
from clinic_app.domain.protocol import Group


class Posture(StrEnum):
    """The position an exercise is done in."""

    SUPINE = "supine"
    PRONE = "prone"
    SIDE_LYING = "side_lying"
    SITTING = "sitting"
    STANDING = "standing"
    QUADRUPED = "quadruped"
    SIDE_SUPPORT = "side_support"


class LiesOn(StrEnum):
    """On which side one lies: the side opposite the treated leg, or the same."""

    OPPOSITE = "opposite"
    SAME = "same"


class SideMode(StrEnum):
    """How the two legs share the work."""

    BILATERAL = "bilateral"
    ALTERNATING = "alternating"
    UNILATERAL = "unilateral"


class Load(StrEnum):
    """How much body weight a limb carries, the least first."""

    NONE = "none"
    PARTIAL = "partial"
    FULL = "full"
    SINGLE_LEG = "single_leg"


class Equipment(StrEnum):
    """What must be at hand; a bed, a pillow, a belt, a wall and a counter are taken for granted."""

    CHAIR = "chair"
    STEP = "step"
    LOOP_BAND = "loop_band"
    WEIGHT = "weight"


class Unit(StrEnum):
    """What the repetitions of a dose count."""

    REPS = "reps"
    HOLDS = "holds"
    STEPS_EACH_WAY = "steps_each_way"


@dataclass(frozen=True)
class Basis:
    """Why a number is what it is: its mark, the reason in words, and the sources by id."""

    mark: Mark
    text: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Source:
    """One entry of the bibliography; `status` says what of it was read and what recalled."""

    citation: str
    status: str
    doi: str = ""
    url: str = ""


@dataclass(frozen=True)
class Place:
    """Where and with what an exercise is done; `balance` 0 (lying or sitting) to 3 (one leg, no support)."""

    posture: Posture
    balance: int
    lies_on: LiesOn | None = None
    floor: bool = False
    equipment: tuple[Equipment, ...] = ()
    optional: tuple[str, ...] = ()


@dataclass(frozen=True)
class Limbs:
    """Which limb works, and the load on the treated limb and on the other."""

    side_mode: SideMode
    works: str
    load_worked: Load
    load_other: Load


@dataclass(frozen=True)
class Words:
    """What the patient reads, and the therapist's cue. Tokens: {hold} {leg} {other_leg}."""

    steps: tuple[str, ...]
    feel: str
    mistakes: tuple[str, ...]
    stop_if: str
    easier: str
    harder: str
    why: str
    therapist_cue: str


@dataclass(frozen=True)
class Emg:
    """A published muscle activity in % of a maximal contraction, as the source prints it."""

    muscle: str
    value_pct_mvic: str
    source: str
    mark: Mark
    note: str = ""


@dataclass(frozen=True)
class LimbAngles:
    """Joint angles in degrees: flexion and abduction positive, extension and past the midline negative."""

    hip_flexion: int
    hip_abduction: int
    hip_rotation_er: int
    knee_flexion: int


@dataclass(frozen=True)
class Pose:
    """One drawing: the body, the lean of the trunk in degrees from vertical, both limbs and the arms."""

    body: str
    trunk_lean_deg: int
    working_limb: LimbAngles
    other_limb: LimbAngles
    arms: str


@dataclass(frozen=True)
class Figure:
    """The two drawings of an exercise, what is around the body, what moves and the arrow."""

    view: str
    props: tuple[str, ...]
    moves: str
    arrow: str
    start: Pose
    end: Pose


@dataclass(frozen=True)
class Exercise:
    """One exercise of the library. `order` is the place in the library, the last tie-break.

    `exclude` lists the tags that forbid it; `caution` maps a tag to the sentence that must then print.
    """

    id: str
    order: int
    name: str
    plain_name: str
    level: int
    family: str
    primary: tuple[Group, ...]
    priority: int
    dose: str
    place: Place
    limbs: Limbs
    words: Words
    figure: Figure
    secondary: tuple[Group, ...] = ()
    functional: bool = False
    impact: bool = False
    gravity_minimised: bool = False
    exclude: tuple[str, ...] = ()
    caution: Mapping[str, str] = field(default_factory=dict)
    progression_to: tuple[str, ...] = ()
    emg: tuple[Emg, ...] = ()
