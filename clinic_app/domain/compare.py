"""What changed between two screenings, and whether it is more than measurement error (CHG-1)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from clinic_app.domain.change import Band, Change, Difference, Measure, Occasion, Unlike, Verdict, towards
from clinic_app.domain.criteria import following_from_criteria
from clinic_app.domain.finding import Finding
from clinic_app.domain.force_change import force_change
from clinic_app.domain.grade import Grade
from clinic_app.domain.protocol import Aggregate, Item, Side
from clinic_app.domain.readings import best, tired
from clinic_app.domain.rules import Rules
from clinic_app.domain.unread import FORCE, GRADE, why_unread

_STEP_DOWN, _BRIDGE = "step_down", "bridge_single_leg_hold"
# What must be recorded alike both times, and the answers after which there is no number to compare.
_ALIKE = {"alt_position": Difference.POSITION, "knee_angle_deg": Difference.KNEE_ANGLE}
_SPOILT = {"arms_used": Difference.ARMS, "unable": Difference.UNABLE}


@dataclass(frozen=True)
class _Number:
    """A number that is compared: its field, what it is, which way is better, and the name of its limit."""

    key: str
    measure: Measure
    more_is_better: bool = True
    limit: str = ""


_NUMBERS: Mapping[str, tuple[_Number, ...]] = {
    "pain_nprs": tuple(
        _Number(key, Measure.PAIN, more_is_better=False, limit="chg_pain")
        for key in ("now", "worst_24h", "worst_7d")
    ),
    "chair_stand_30s": (_Number("count", Measure.COUNT, limit="chg_chair_stands"),),
    "five_x_sts": (_Number("trials_s", Measure.SECONDS, more_is_better=False, limit="chg_five_stands_s"),),
    "sls_time": (_Number("trials_s", Measure.SECONDS),),
    "bridge_single_leg_hold": (_Number("seconds", Measure.SECONDS),),
    "side_bridge_hold": (_Number("seconds", Measure.SECONDS, limit="side_bridge_s"),),
    "step_down": (_Number("score", Measure.POINTS, more_is_better=False),),
}


@dataclass(frozen=True)
class _Both:
    """One test on one side, done both times and readable both times."""

    item: Item
    side: Side | None
    then: Finding
    now: Finding
    rules: Rules


def compare(earlier: Occasion, later: Occasion, rules: Rules) -> tuple[Change, ...]:
    """Every measure of every test recorded in either, in the order of the later screening's items.

    The findings and what was said of them are those of the two screenings; only the limits come from
    `rules`. What pain stopped, a precaution closed or nobody tested is never compared, and a measure without
    a published limit is never judged.
    """
    items = {**later.items, **{key: item for key, item in earlier.items.items() if key not in later.items}}
    recorded = {(f.item, f.side) for occasion in (earlier, later) for f in occasion.facts.findings}
    places = [
        (item, side) for item in items.values() for side in (*Side, None) if (item.id, side) in recorded
    ]
    return tuple(change for place in places for change in _changes(*place, earlier, later, rules))


def _changes(
    item: Item, side: Side | None, earlier: Occasion, later: Occasion, rules: Rules
) -> Iterator[Change]:
    measure = _measure(item)
    if measure is None:
        return
    unread = [why for one in (earlier, later) if (why := why_unread(one, item, side, rules))]
    if unread:
        yield _not_comparable(item, side, measure, Unlike(unread[0]))
        return
    before, after = earlier.force(item.id, side), later.force(item.id, side)
    if before and after:
        yield force_change(before, after, earlier, later, rules)
        return
    then, now = earlier.finding(item.id, side), later.finding(item.id, side)
    if then and now:
        yield from _of_values(_Both(item, side, _complete(then, item), _complete(now, item), rules))


def _complete(finding: Finding, item: Item) -> Finding:
    """The finding with what follows from its other values."""
    return replace(finding, values={**following_from_criteria(item, finding.values), **finding.values})


def _measure(item: Item) -> Measure | None:
    """What a test is compared by; None for what is asked and not tested."""
    if item.id in _NUMBERS:
        return _NUMBERS[item.id][0].measure
    kinds = {FORCE: Measure.FORCE, GRADE: Measure.GRADE}
    known = next((kinds[key] for key in kinds if key in item.field_keys), None)
    return known or (Measure.ANSWER if item.asks_pain else None)


def _of_values(both: _Both) -> Iterator[Change]:
    measure = _measure(both.item) or Measure.ANSWER
    unlike = tuple(_unlike(both))
    if unlike:
        yield _not_comparable(both.item, both.side, measure, *unlike)
    elif both.item.id in _NUMBERS:
        for number in _NUMBERS[both.item.id]:
            yield from _number_change(number, both)
    elif measure is Measure.GRADE:
        yield _grade_change(both)
    else:
        yield Change(both.item.id, both.side, measure, Verdict.NOT_JUDGED)


def _not_comparable(item: Item, side: Side | None, measure: Measure, *unlike: Unlike) -> Change:
    return Change(item.id, side, measure, Verdict.NOT_COMPARABLE, unlike=unlike)


def _unlike(both: _Both) -> Iterator[Unlike]:
    for key, difference in _ALIKE.items():
        before, after = (finding.values.get(key) or None for finding in (both.then, both.now))
        if before != after:
            numbers = ("" if value in (None, True) else str(value) for value in (before, after))
            yield Unlike(difference, *numbers)
    for key, difference in _SPOILT.items():
        if True in (both.then.values.get(key), both.now.values.get(key)):
            yield Unlike(difference)
    if both.item.id == _BRIDGE and not (tired(both.then) and tired(both.now)):
        yield Unlike(Difference.STOP_REASON)


def _grade_change(both: _Both) -> Change:
    then, now = (Grade(str(finding.values[GRADE])) for finding in (both.then, both.now))
    steps, limit = Decimal(now.rank - then.rank), both.rules.numbers.chg_grade_steps
    return Change(
        both.item.id,
        both.side,
        Measure.GRADE,
        Verdict.REAL if abs(steps) >= limit.value else Verdict.WITHIN_ERROR,
        key=GRADE,
        then=then.value,
        now=now.value,
        direction=towards(steps),
        amount=steps,
        limit=limit,
    )


def _number_change(number: _Number, both: _Both) -> Iterator[Change]:
    aggregate = both.item.field(number.key).aggregate or Aggregate.MOST
    then, now = (best(finding, number.key, aggregate) for finding in (both.then, both.now))
    if then is None or now is None:
        return
    limit = getattr(both.rules.numbers, number.limit) if number.limit else None
    bands = _bands(both, then, now)
    within = Verdict.WITHIN_ERROR if limit or (bands[0] and bands[0] is bands[1]) else Verdict.NOT_JUDGED
    yield Change(
        both.item.id,
        both.side,
        number.measure,
        Verdict.REAL if limit and abs(now - then) >= limit.value else within,
        key=number.key,
        then=then,
        now=now,
        direction=towards(now - then, more_is_better=number.more_is_better),
        amount=now - then,
        limit=limit,
        then_band=bands[0],
        now_band=bands[1],
    )


def _bands(both: _Both, *scores: Decimal) -> list[Band | None]:
    """The categories of the step-down: only a change of category may be more than error."""
    if both.item.id != _STEP_DOWN:
        return [None for _ in scores]
    numbers = both.rules.numbers
    poor, medium = numbers.stepdown_poor.value, numbers.stepdown_medium.value
    return [Band.POOR if s >= poor else Band.MEDIUM if s >= medium else Band.GOOD for s in scores]
