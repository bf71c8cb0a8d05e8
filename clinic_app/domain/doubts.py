"""What was taken but is unlikely: asked about once, until the therapist says that it is right."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
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
    EXCHANGED = "exchanged"


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


@dataclass(frozen=True)
class Beside:
    """What a pattern of sides is held against: the sides that hurt, and this test at the last screening."""

    painful: frozenset[Side] = frozenset()
    before: Mapping[Side | None, Finding] = field(default_factory=dict)


def doubts(item: Item, finding: Finding, other: Finding | None = None) -> tuple[Doubt, ...]:
    """The unlikely in a finding, confirmed or not, one doubt a field at most; `other` is the other side."""
    if not finding.done:
        return ()
    found: dict[str, Doubt] = {}
    for asked in item.fields:
        value = finding.values.get(asked.key)
        if value is not None and (doubt := next(_doubts(asked, finding, value, other), None)):
            found[asked.key] = doubt
    return tuple(found.values())


def unconfirmed(item: Item, finding: Finding, other: Finding | None = None) -> tuple[Doubt, ...]:
    """The doubts that the therapist has not settled on this side; one of both sides is settled on either."""
    return tuple(doubt for doubt in doubts(item, finding, other) if not _settled(doubt, finding, other))


def doubts_of(
    item: Item, findings: Mapping[Side | None, Finding], beside: Beside
) -> dict[Side | None, tuple[Doubt, ...]]:
    """The doubts of each recorded side; one of both sides is asked on one: the confirmed, or the right."""
    told = {side: doubts(item, found, _other(findings, side)) for side, found in findings.items()}
    left, right = findings.get(Side.LEFT), findings.get(Side.RIGHT)
    if left and right:
        both = exchanged(item, findings, beside)
        left_told, right_told = (*told[Side.LEFT], *both), (*told[Side.RIGHT], *both)
        told[Side.LEFT] = tuple(d for d in left_told if not _of_both(d) or d.key in left.confirmed)
        told[Side.RIGHT] = tuple(d for d in right_told if not _of_both(d) or d.key not in left.confirmed)
    return told


def exchanged(item: Item, findings: Mapping[Side | None, Finding], beside: Beside) -> tuple[Doubt, ...]:
    """Grades that look as if left and right were exchanged: the side that does not hurt is the weaker one,
    and last time the side that hurts was.
    """
    if len(beside.painful) != 1:
        return ()
    (painful,) = beside.painful
    return tuple(
        Doubt(graded.key, DoubtKind.EXCHANGED, findings[painful.other].values[graded.key])
        for graded in _graded(item)
        if _weaker(graded, findings) is painful.other and _weaker(graded, beside.before) is painful
    )


def is_uneven(item: Item, findings: Mapping[Side | None, Finding]) -> bool:
    """One side has a lower grade, so that the two could have been exchanged."""
    return any(_weaker(graded, findings) for graded in _graded(item))


def _graded(item: Item) -> Iterator[Field]:
    return (asked for asked in item.fields if asked.kind is FieldKind.GRADE)


def _weaker(graded: Field, findings: Mapping[Side | None, Finding]) -> Side | None:
    """The side with the lower grade; None when they are equal, or one has none."""
    done = {side: found for side in Side if (found := findings.get(side)) and found.done}
    told = {side: found.values.get(graded.key) for side, found in done.items()}
    grades = {side: Grade(str(grade)).rank for side, grade in told.items() if grade is not None}
    if len(grades) < len(Side) or len(set(grades.values())) == 1:
        return None
    return min(grades, key=lambda side: grades[side])


def can_be_twice(item: Item) -> bool:
    """The other side has to be known to say what is unlikely on one."""
    return any(field.unlikely_twice or field.kind in _MEASURED for field in item.fields_on(Side.LEFT))


def _other(findings: Mapping[Side | None, Finding], side: Side | None) -> Finding | None:
    return findings.get(side.other) if side else None


def _settled(doubt: Doubt, finding: Finding, other: Finding | None) -> bool:
    return doubt.key in finding.confirmed or (
        _of_both(doubt) and other is not None and doubt.key in other.confirmed
    )


def _of_both(doubt: Doubt) -> bool:
    return doubt.kind in (DoubtKind.SAME_BOTH, DoubtKind.EXCHANGED)


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
