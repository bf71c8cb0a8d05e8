"""What changed between two screenings: each measure with its verdict, and the limit it was held against."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from clinic_app.domain.assessment import Assessment, Force
from clinic_app.domain.finding import Finding
from clinic_app.domain.protocol import Item, Side
from clinic_app.domain.rules import Number
from clinic_app.domain.screening import Screening


class Verdict(StrEnum):
    """Whether a change is more than measurement error; not judged where no limit is known."""

    REAL = "real"
    WITHIN_ERROR = "within_error"
    NOT_COMPARABLE = "not_comparable"
    NOT_JUDGED = "not_judged"


class Direction(StrEnum):
    """Which way a measure moved, for the patient."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"


class Measure(StrEnum):
    """What is compared: torque in N·m/kg, force in N, seconds, a count, points, pain 0-10, or an answer."""

    TORQUE = "torque"
    FORCE = "force"
    GRADE = "grade"
    SECONDS = "seconds"
    COUNT = "count"
    POINTS = "points"
    PAIN = "pain"
    ANSWER = "answer"


class Difference(StrEnum):
    """Why two values may not be set beside each other."""

    NOT_TESTED = "not_tested"
    PAIN_LIMITED = "pain_limited"
    CLOSED = "closed"
    DEVICE = "device"
    METHOD = "method"
    POSITION = "position"
    PAD = "pad"
    STABILISATION = "stabilisation"
    LEVER = "lever"
    NO_FORCE = "no_force"
    KNEE_ANGLE = "knee_angle"
    STOP_REASON = "stop_reason"
    ARMS = "arms"
    UNABLE = "unable"


class Rough(StrEnum):
    """Why the wider limit was used."""

    TESTER = "tester"
    HIP_OA = "hip_oa"


class Band(StrEnum):
    """The categories of the step-down score."""

    GOOD = "good"
    MEDIUM = "medium"
    POOR = "poor"


def towards(difference: Decimal, *, more_is_better: bool = True) -> Direction:
    """Which way a difference points for the patient."""
    if not difference:
        return Direction.SAME
    return Direction.BETTER if (difference > 0) is more_is_better else Direction.WORSE


@dataclass(frozen=True)
class Unlike:
    """One difference; `then` and `now` are what was recorded, empty where it was not or does not matter."""

    difference: Difference
    then: str = ""
    now: str = ""


@dataclass(frozen=True)
class Change:
    """One measure of one test and side, then and now.

    `key` is the field that was read. `amount` is now less then, in the unit of the measure (steps for
    grades); `percent` that as % of the earlier value, cut to one decimal. `limit` is what a real change must
    reach, in % for torque and force. `unlike` says why the two are not comparable, and `then_band` and
    `now_band` the categories where a measure has them.
    """

    item: str
    side: Side | None
    measure: Measure
    verdict: Verdict
    key: str = ""
    then: Decimal | str = ""
    now: Decimal | str = ""
    direction: Direction | None = None
    amount: Decimal | None = None
    percent: Decimal | None = None
    limit: Number | None = None
    rough: tuple[Rough, ...] = ()
    unlike: tuple[Unlike, ...] = ()
    then_band: Band | None = None
    now_band: Band | None = None


@dataclass(frozen=True)
class Since:
    """What changed in the tests of a screening since the last signed one of that patient, of the day `on`."""

    on: date
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Occasion:
    """One screening as `compare` reads it: facts, what was said of them then, who examined, and its items."""

    facts: Screening
    assessment: Assessment
    examiner: str
    items: Mapping[str, Item]

    def finding(self, item: str, side: Side | None) -> Finding | None:
        """What was recorded of this item and side, if anything."""
        return next((f for f in self.facts.findings if (f.item, f.side) == (item, side)), None)

    def force(self, item: str, side: Side | None) -> Force | None:
        """The force that was read of this item and side, if there is one."""
        return next((f for f in self.assessment.forces if (f.item, f.side) == (item, side)), None)
