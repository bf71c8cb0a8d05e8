"""What was taken but is unlikely: asked about once, until the therapist says that it is right."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from clinic_app.domain.finding import Finding, Value
from clinic_app.domain.grade import Grade
from clinic_app.domain.protocol import Field, FieldKind, Item, Part, Side

_MEASURED = frozenset({FieldKind.SECONDS, FieldKind.TRIALS})


class DoubtKind(StrEnum):
    """Why a value is asked about."""

    UNLIKELY = "unlikely"
    SAME_BOTH = "same_both"
    CONTRADICTS = "lag"


@dataclass(frozen=True)
class Doubt:
    """One value that is asked about, by its field, and the limit that it is `above` or below, if it has one.

    `part` is the number of a reading; `answer` is the answer that the value contradicts, by field and id.
    """

    key: str
    kind: DoubtKind
    value: Value
    limit: Decimal | None = None
    above: bool = True
    part: str = ""
    answer: tuple[str, str] | None = None


def doubts(item: Item, finding: Finding, other: Finding | None = None) -> tuple[Doubt, ...]:
    """The unlikely in a finding, confirmed or not, one doubt a field at most; `other` is the other side."""
    if not finding.done:
        return ()
    found: dict[str, Doubt] = {}
    for field in item.fields:
        value = finding.values.get(field.key)
        if value is not None and (doubt := next(_doubts(field, finding, value, other), None)):
            found[field.key] = doubt
    return tuple(found.values())


def unconfirmed(item: Item, finding: Finding, other: Finding | None = None) -> tuple[Doubt, ...]:
    """The doubts that the therapist has not settled on this side; one of both sides is settled on either."""
    return tuple(doubt for doubt in doubts(item, finding, other) if not _settled(doubt, finding, other))


def doubts_of(item: Item, findings: Mapping[Side | None, Finding]) -> dict[Side | None, tuple[Doubt, ...]]:
    """The doubts of each recorded side; of two equal sides only one is asked: the confirmed, or the right."""
    told = {side: doubts(item, found, _other(findings, side)) for side, found in findings.items()}
    left, right = findings.get(Side.LEFT), findings.get(Side.RIGHT)
    if left and right:
        told[Side.LEFT] = tuple(d for d in told[Side.LEFT] if not _same(d) or d.key in left.confirmed)
        told[Side.RIGHT] = tuple(d for d in told[Side.RIGHT] if not _same(d) or d.key not in left.confirmed)
    return told


def can_be_twice(item: Item) -> bool:
    """The other side has to be known to say what is unlikely on one."""
    return any(field.unlikely_twice or field.kind in _MEASURED for field in item.fields_on(Side.LEFT))


def _other(findings: Mapping[Side | None, Finding], side: Side | None) -> Finding | None:
    return findings.get(side.other) if side else None


def _settled(doubt: Doubt, finding: Finding, other: Finding | None) -> bool:
    return doubt.key in finding.confirmed or (
        _same(doubt) and other is not None and doubt.key in other.confirmed
    )


def _same(doubt: Doubt) -> bool:
    return doubt.kind is DoubtKind.SAME_BOTH


def _doubts(field: Field, finding: Finding, value: Value, other: Finding | None) -> Iterator[Doubt]:
    for limited, number in _numbers(field, value):
        part = limited.key if isinstance(limited, Part) else ""
        if limited.unlikely_below is not None and number < limited.unlikely_below:
            yield Doubt(field.key, DoubtKind.UNLIKELY, number, limited.unlikely_below, above=False, part=part)
        if limited.unlikely_above is not None and number > limited.unlikely_above:
            yield Doubt(field.key, DoubtKind.UNLIKELY, number, limited.unlikely_above, part=part)
    yield from _contradictions(field, finding, value)
    if other and other.done and other.values.get(field.key) == value and _unlikely_twice(field, value):
        yield Doubt(field.key, DoubtKind.SAME_BOTH, value)


def _contradictions(field: Field, finding: Finding, value: Value) -> Iterator[Doubt]:
    if not isinstance(value, int | Decimal):
        return
    for each in field.contradicts:
        if finding.values.get(each.field) != each.answer:
            continue
        for limit, above in ((each.above, True), (each.below, False)):
            if limit is not None and (value > limit if above else value < limit):
                answer = (each.field, each.answer)
                yield Doubt(field.key, DoubtKind.CONTRADICTS, value, limit, above, answer=answer)


def _numbers(field: Field, value: Value) -> Iterator[tuple[Field | Part, int | Decimal]]:
    """Every number of a value, beside what limits it."""
    for one in value if isinstance(value, tuple) else (value,):
        if isinstance(one, Mapping):
            parts = ((part, one.get(part.key)) for part in field.parts)
            yield from ((part, number) for part, number in parts if isinstance(number, int | Decimal))
        elif isinstance(one, int | Decimal):
            yield field, one


def _unlikely_twice(field: Field, value: Value) -> bool:
    """Two sides seldom share a weak grade, or a measured number to its decimal."""
    if field.unlikely_twice:
        return Grade(str(value)).at_most(Grade(field.unlikely_twice))
    return field.kind in _MEASURED and any(number % 1 for _, number in _numbers(field, value))
