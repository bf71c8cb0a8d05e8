"""What a clinic may set otherwise, within which limits, and what it has set."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from clinic_app.domain.protocol import Inclusion


@dataclass(frozen=True)
class Limit:
    """The least and the most that a clinic may set a number to, inclusive, in whole `step`s."""

    id: str
    least: Decimal
    most: Decimal
    step: Decimal = Decimal(1)

    def holds(self, value: Decimal) -> bool:
        """The value is within the limits and a whole number of steps."""
        return self.least <= value <= self.most and value % self.step == 0


@dataclass(frozen=True)
class OwnLimits:
    """The numbers that a clinic may set, by name; the rest stay as published.

    Each row of `ordered` names numbers that rise strictly in this order; `stricter` are never set above the
    published value.
    """

    limits: Mapping[str, Limit]
    ordered: tuple[tuple[str, ...], ...] = ()
    stricter: frozenset[str] = frozenset()


@dataclass(frozen=True)
class OwnValue:
    """A number that the clinic set otherwise, as a report keeps it: what it means, its value, and ours."""

    name: str
    means: str
    value: Decimal
    published: Decimal


OwnLine = tuple[str, Inclusion]


@dataclass(frozen=True)
class OwnSettings:
    """What an administrator set: numbers by name, the lines of protocols in order, favourite exercises."""

    numbers: Mapping[str, Decimal] = field(default_factory=dict)
    protocols: Mapping[str, tuple[OwnLine, ...]] = field(default_factory=dict)
    favourites: tuple[str, ...] = ()


class FaultKind(StrEnum):
    """Why a number may not be so."""

    NOT_SET = "not_set"
    OUTSIDE = "outside"
    LOOSER = "looser"
    TOO_LOW = "too_low"
    TOO_HIGH = "too_high"


@dataclass(frozen=True)
class NumberFault:
    """A number that may not be so: what is wrong, and the limit or the other number that it meets."""

    name: str
    kind: FaultKind
    value: Decimal
    bound: Decimal | None = None
    other: str = ""


def number_faults(
    own: Mapping[str, Decimal], published: Mapping[str, Decimal], limits: OwnLimits
) -> Iterator[NumberFault]:
    """Each of the clinic's numbers that may not be so."""
    values = {**published, **own}
    for name, value in own.items():
        limit = limits.limits.get(name)
        if limit is None:
            yield NumberFault(name, FaultKind.NOT_SET, value)
        elif not limit.holds(value):
            yield NumberFault(name, FaultKind.OUTSIDE, value)
        elif name in limits.stricter and value > published[name]:
            yield NumberFault(name, FaultKind.LOOSER, value, published[name])
        else:
            yield from _out_of_order(name, values, limits)


def _out_of_order(name: str, values: Mapping[str, Decimal], limits: OwnLimits) -> Iterator[NumberFault]:
    value = values[name]
    for row in limits.ordered:
        place = row.index(name) if name in row else 0
        lower, higher = (row[:place], row[place + 1 :]) if name in row else ((), ())
        for other in lower:
            if values[other] >= value:
                yield NumberFault(name, FaultKind.TOO_LOW, value, values[other], other)
        for other in higher:
            if values[other] <= value:
                yield NumberFault(name, FaultKind.TOO_HIGH, value, values[other], other)
