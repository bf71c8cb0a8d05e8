"""Which tests the precautions close, on which side, and what of a test stays open."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from clinic_app.domain.finding import Finding, Value
from clinic_app.domain.library import Library
from clinic_app.domain.pain import ALT_POSITION
from clinic_app.domain.protocol import Item, Side
from clinic_app.domain.rules import Numbers
from clinic_app.domain.safety import Closure, Precaution, Pressure, lifts
from clinic_app.domain.screening import PrecautionRow, Screening


@dataclass(frozen=True)
class Closing:
    """An item that a precaution closes on a side (None: both); `because` is the precaution.

    `unless_alternative`: a finding in an alternative position stays open. `methods` and `fields`, where
    given, limit the closing to that way of measuring, or to that part of the item.
    """

    item: str
    side: Side | None
    because: str
    reason: str
    unless_alternative: bool = False
    methods: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """The item itself is closed, and not only a part or a way of doing it."""
        return not self.methods and not self.fields

    def on(self, side: Side | None) -> bool:
        """The closing holds on this side; an item without side is closed by either."""
        return self.side is None or side is None or self.side is side

    def covers(self, finding: Finding) -> bool:
        """The finding was recorded in the way that is closed."""
        if self.fields or not self.on(finding.side):
            return False
        if self.methods:
            return finding.values.get("method") in self.methods
        return not (self.unless_alternative and finding.values.get(ALT_POSITION) is True)


def closings(screening: Screening, library: Library) -> dict[str, tuple[Closing, ...]]:
    """Everything that the precautions close, by item; a row that is cleared closes nothing."""
    pressure = pressure_of(screening, library.rules.numbers)
    by_item: dict[str, list[Closing]] = {}
    for row, precaution in _held(screening, library):
        for closure in precaution.closes:
            if _holds(closure, row, pressure):
                for closing in _closed(closure, row, precaution.id, library):
                    by_item.setdefault(closing.item, []).append(closing)
    return {item: tuple(dict.fromkeys(closed)) for item, closed in by_item.items()}


def pressure_of(screening: Screening, numbers: Numbers) -> Pressure:
    """What the mean of the resting blood pressure readings came to."""
    readings = _readings(screening)
    if not readings:
        return Pressure.NOT_MEASURED
    sbp, dbp = (_mean(readings, key) for key in ("sbp", "dbp"))
    if sbp > numbers.bp_defer_sbp.value or dbp > numbers.bp_defer_dbp.value:
        return Pressure.TOO_HIGH
    raised = sbp >= numbers.bp_ask_sbp.value or dbp >= numbers.bp_ask_dbp.value
    return Pressure.RAISED if raised else Pressure.WITHIN


def _readings(screening: Screening) -> list[Mapping[str, Value]]:
    found = (f for f in screening.findings if f.item == "resting_bp" and f.done)
    given = (f.values.get("readings") for f in found)
    each = (reading for readings in given if isinstance(readings, tuple) for reading in readings)
    return [reading for reading in each if isinstance(reading, Mapping)]


def _mean(readings: list[Mapping[str, Value]], key: str) -> Decimal:
    return sum((Decimal(str(reading[key])) for reading in readings), Decimal()) / len(readings)


def _held(screening: Screening, library: Library) -> Iterator[tuple[PrecautionRow | None, Precaution]]:
    rows = screening.precautions.rows
    ticked = {row.id for row in rows}
    for row in rows:
        yield row, library.precautions[row.id]
    for precaution in library.precautions.values():
        if precaution.id not in ticked:
            yield None, precaution


def _holds(closure: Closure, row: PrecautionRow | None, pressure: Pressure) -> bool:
    if closure.pressure is not None and closure.pressure is not pressure:
        return False
    if row is None:
        return closure.without_row
    lifted = row.cleared and closure.pressure is not Pressure.TOO_HIGH
    return not lifted and not lifts(closure.unless, row.extra)


def _closed(closure: Closure, row: PrecautionRow | None, because: str, library: Library) -> Iterator[Closing]:
    side = None if row is None or closure.both_sides else row.side
    for item in _items(closure, library):
        yield Closing(
            item.id,
            side,
            because,
            closure.because,
            bool(closure.positions),
            closure.methods,
            closure.fields,
        )


def _items(closure: Closure, library: Library) -> list[Item]:
    """The items that a closure names, or all done in its positions; items not on offer are left out."""
    known = [library.items[item] for item in closure.items if item in library.items]
    candidates = known if closure.items else list(library.items.values())
    if not closure.positions:
        return candidates
    return [item for item in candidates if item.position in closure.positions]
