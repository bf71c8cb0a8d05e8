"""What is asked about once: nothing at a limit, a question one step beyond it, never the ordinary."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from clinic_app.domain.doubts import Beside, Doubt, DoubtKind, doubts, doubts_of, unconfirmed
from clinic_app.domain.finding import Finding, Status
from clinic_app.domain.protocol import Field, FieldKind, Item, Part, Side
from tests.screens import library

ABDUCTION = "mmt_hip_abduction"


def _limited() -> Iterator[tuple[Item, Field, Field | Part]]:
    for item in library().items.values():
        for field in item.fields:
            for limited in (field, *field.parts):
                if (limited.unlikely_below, limited.unlikely_above) != (None, None):
                    yield item, field, limited


def _value(field: Field, limited: Field | Part, number: Decimal) -> Any:
    if isinstance(limited, Part):
        return ({limited.key: number},)
    return (number,) if field.kind is FieldKind.TRIALS else number


def test_a_number_at_its_limit_is_not_asked_about_and_one_step_beyond_is() -> None:
    seen = 0
    for item, field, limited in _limited():
        for limit, step in ((limited.unlikely_below, -1), (limited.unlikely_above, 1)):
            if limit is None or limited.step is None:
                continue
            seen += 1
            side = item.keys()[0]
            found = Finding(item.id, side, values={field.key: _value(field, limited, limit)})
            assert doubts(item, found) == ()
            beyond = limit + step * limited.step
            found = replace(found, values={field.key: _value(field, limited, beyond)})
            part = limited.key if isinstance(limited, Part) else ""
            asked = Doubt(field.key, DoubtKind.UNLIKELY, beyond, limit, above=step > 0, part=part)
            assert doubts(item, found) == (asked,)
            assert unconfirmed(item, replace(found, confirmed=(field.key,))) == ()
            assert doubts(item, replace(found, status=Status.NOT_DONE)) == ()
    assert seen > 15


@pytest.mark.parametrize(
    ("item", "values", "asked"),
    [
        (ABDUCTION, {"grade": "5"}, False),
        (ABDUCTION, {"grade": "4-"}, False),
        (ABDUCTION, {"grade": "3+"}, True),
        (ABDUCTION, {"grade": "0"}, True),
        ("trendelenburg_30s", {"seconds": Decimal("30")}, False),
        ("trendelenburg_30s", {"seconds": Decimal("12.0")}, False),
        ("trendelenburg_30s", {"seconds": Decimal("12.3")}, True),
        ("hip_rom", {"flexion_deg": (Decimal(120), Decimal(122))}, False),
        ("hhd_abduction", {"trials_n": (Decimal("212.4"), Decimal("215"))}, True),
        ("hhd_abduction", {"trials_n": (Decimal(200),), "lever_cm": Decimal("32.5")}, False),
    ],
)
def test_only_what_two_sides_seldom_share_is_asked_about_and_only_once(
    item: str, values: dict[str, Any], asked: bool
) -> None:
    tested = library().items[item]
    left, right = (Finding(item, side, values=values) for side in Side)
    assert [doubt.kind for doubt in doubts(tested, right, left)] == [DoubtKind.SAME_BOTH] * asked
    both = doubts_of(tested, {Side.LEFT: left, Side.RIGHT: right}, Beside())
    assert [len(told) for told in both.values()] == [0, int(asked)]
    key = next(iter(values))
    assert unconfirmed(tested, right, replace(left, confirmed=(key,))) == ()
    assert unconfirmed(tested, replace(right, confirmed=(key,)), left) == ()
    assert doubts(tested, right, None) == doubts(tested, right, replace(left, values={})) == ()


@pytest.mark.parametrize(
    ("result", "drop", "asked"),
    [("negative", 10, False), ("negative", 11, True), ("positive", 11, False), ("positive", 0, False)],
)
def test_a_lag_sign_whose_drop_contradicts_its_result_is_asked_about(
    result: str, drop: int, asked: bool
) -> None:
    item = library().items["hip_lag_sign"]
    found = Finding(item.id, Side.LEFT, values={"result": result, "drop_cm": drop})
    assert [doubt.kind for doubt in doubts(item, found)] == [DoubtKind.CONTRADICTS] * asked


def test_an_ordinary_symmetrical_patient_is_never_asked() -> None:
    for item in library().items.values():
        if item.usual is None:
            continue
        values = {key: answers[0] for key, answers in item.usual.answers.items() if key != "pain"}
        left, right = (Finding(item.id, side, values=values) for side in Side)
        assert not any(doubts_of(item, {Side.LEFT: left, Side.RIGHT: right}, Beside()).values())


def _graded(left: str, right: str) -> dict[Side | None, Finding]:
    grades = {Side.LEFT: left, Side.RIGHT: right}
    return {side: Finding(ABDUCTION, side, values={"grade": grade}) for side, grade in grades.items()}


@pytest.mark.parametrize(
    ("now", "painful", "before", "asked"),
    [
        (("4", "5"), {Side.RIGHT}, ("5", "4"), True),
        (("5", "4"), {Side.RIGHT}, ("5", "4"), False),
        (("4", "5"), {Side.RIGHT}, ("4", "5"), False),
        (("4", "5"), {Side.RIGHT}, ("5", "5"), False),
        (("4", "5"), {Side.LEFT, Side.RIGHT}, ("5", "4"), False),
        (("4", "5"), set(), ("5", "4"), False),
        (("5", "5"), {Side.RIGHT}, ("5", "4"), False),
    ],
)
def test_sides_look_exchanged_only_against_the_painful_side_and_against_last_time(
    now: tuple[str, str], painful: set[Side], before: tuple[str, str], asked: bool
) -> None:
    beside = Beside(frozenset(painful), _graded(*before))
    told = doubts_of(library().items[ABDUCTION], _graded(*now), beside)
    kinds = [doubt.kind for side in Side for doubt in told[side]]
    assert kinds == ([DoubtKind.EXCHANGED] if asked else [])
