"""Which tests the precautions and the answers close, on which side, and what of a test stays open."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from clinic_app.domain.finding import Finding, Value
from clinic_app.domain.library import Library
from clinic_app.domain.pain import ALT_POSITION
from clinic_app.domain.protocol import Field, Item, Side
from clinic_app.domain.rules import Numbers
from clinic_app.domain.safety import Closure, Precaution, Pressure, lifts
from clinic_app.domain.screening import PrecautionRow, Screening

METHOD = "method"
_HOW_PLACED = ("position", "version")


@dataclass(frozen=True)
class Closing:
    """An item that is closed on a side (None: both); `because` names the precaution or the item answered.

    `fields`, where given, limit it to that part of the item. `ways` limit it to a finding done in one of
    these ways, which the field `told_in` tells; `usual`: also to one that does not tell it.
    """

    item: str
    side: Side | None
    because: str
    reason: str
    fields: tuple[str, ...] = ()
    ways: tuple[str, ...] = ()
    told_in: str = ""
    usual: bool = False

    @property
    def whole(self) -> bool:
        """The item itself is closed, and not only a part or an unusual way of doing it."""
        return not self.fields and (not self.ways or self.usual)

    @property
    def parts(self) -> tuple[str, ...]:
        """The fields to which the closing is limited, or that tell the way which is closed."""
        return () if self.whole else self.fields or (self.told_in,)

    def on(self, side: Side | None) -> bool:
        """The closing holds on this side; an item without side is closed by either."""
        return self.side is None or side is None or self.side is side

    def covers(self, finding: Finding) -> bool:
        """The finding, with the set-up in it, was recorded in the way that is closed."""
        if self.fields or not self.on(finding.side):
            return False
        if not self.ways:
            return True
        if finding.values.get(ALT_POSITION) is True:
            return False
        told = finding.values.get(self.told_in)
        return told in self.ways if told else self.usual


def closings(screening: Screening, library: Library) -> dict[str, tuple[Closing, ...]]:
    """Everything that precautions and answers close, by item; a row that is cleared closes nothing."""
    by_item: dict[str, list[Closing]] = {}
    for closing in (*_by_precautions(screening, library), *_by_answers(screening, library)):
        by_item.setdefault(closing.item, []).append(closing)
    return {item: tuple(dict.fromkeys(closed)) for item, closed in by_item.items()}


def _by_precautions(screening: Screening, library: Library) -> Iterator[Closing]:
    pressure = pressure_of(screening, library.rules.numbers)
    for row, precaution in _held(screening, library):
        for closure in precaution.closes:
            if _holds(closure, row, pressure):
                yield from _closed(closure, row, precaution.id, library)


def _by_answers(screening: Screening, library: Library) -> Iterator[Closing]:
    for finding in screening.findings:
        for closes in library.items[finding.item].closes:
            if finding.values.get(closes.field) in closes.answers:
                yield from (Closing(item, None, finding.item, closes.because) for item in closes.items)


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
        placed = _how_placed(item, closure)
        yield Closing(
            item.id,
            side,
            because,
            closure.because,
            fields=closure.fields,
            ways=closure.methods or closure.positions,
            told_in=METHOD if closure.methods else placed.key if placed else "",
            usual=item.position in closure.positions,
        )


def _items(closure: Closure, library: Library) -> list[Item]:
    """The items that a closure names, or all that can be done in its positions."""
    named = [library.items[item] for item in closure.items] or list(library.items.values())
    if not closure.positions:
        return named
    return [item for item in named if item.position in closure.positions or _how_placed(item, closure)]


def _how_placed(item: Item, closure: Closure) -> Field | None:
    """The field that tells in which of several positions the item was done, one of them closed."""
    placed = (field for field in item.fields if field.key in _HOW_PLACED)
    return next(
        (field for field in placed if any(choice.id in closure.positions for choice in field.choices)), None
    )
