"""A finding: what was recorded for one test on one side. Facts only; what it means is derived elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from clinic_app.domain.protocol import Side

Value: TypeAlias = "str | int | bool | Decimal | tuple[Value, ...] | Mapping[str, Value] | None"


class Status(StrEnum):
    """Whether the test was done. Not done is never normal."""

    DONE = "done"
    NOT_DONE = "not_done"


class NotDoneReason(StrEnum):
    """Why a test was not done."""

    NOT_INDICATED = "not_indicated"
    PRECAUTION = "precaution"
    UNSAFE = "unsafe"
    DECLINED = "declined"
    UNABLE_PAIN = "unable_pain"
    UNABLE_OTHER = "unable_other"
    NO_TIME = "no_time"
    EQUIPMENT = "equipment"


class PainLimited(StrEnum):
    """Did pain stop full effort?"""

    NO = "no"
    YES = "yes"
    UNSURE = "unsure"


@dataclass(frozen=True)
class Finding:
    """One test on one side (`side` None where the test has none).

    `values` holds the keys of the item's fields; `pain` is 0-10, None when it was not recorded (never zero);
    `opened_because` is the therapist's typed reason for doing a test that a precaution closes. `timed` names
    the values that the stopwatch measured, the others were typed; `confirmed` the unlikely ones that the
    therapist said are right.
    """

    item: str
    side: Side | None = None
    status: Status = Status.DONE
    not_done_reason: NotDoneReason | None = None
    values: Mapping[str, Value] = field(default_factory=dict)
    pain: int | None = None
    pain_limited: PainLimited = PainLimited.NO
    compensations: tuple[str, ...] = ()
    note: str = ""
    opened_because: str = ""
    timed: tuple[str, ...] = ()
    confirmed: tuple[str, ...] = ()

    @property
    def done(self) -> bool:
        """The test was done, so its values may be read."""
        return self.status is Status.DONE
