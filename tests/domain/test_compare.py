"""What changed between two screenings: the cases of tests/cases/changes.toml, and what always holds."""

import tomllib
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinic_app.domain.assess import assess
from clinic_app.domain.change import Band, Change, Difference, Direction, Occasion, Verdict
from clinic_app.domain.compare import compare
from clinic_app.exchange.screening_json import read_screening
from tests.screens import FOLDER, USUAL, library

CASES = tomllib.loads((FOLDER.parent / "changes.toml").read_text("utf-8"), parse_float=Decimal)["cases"]
SWAPPED = {
    Direction.BETTER: Direction.WORSE,
    Direction.WORSE: Direction.BETTER,
    Direction.SAME: Direction.SAME,
    None: None,
}


def occasion(
    *findings: dict[str, Any],
    examiner: str = "A",
    subject: dict[str, Any] | None = None,
    rows: tuple[Any, ...] = (),
) -> Occasion:
    person = {"age": 40, "sex": "female", "mass_kg": 60, **(subject or {})}
    document = {
        **USUAL,
        "protocol": "full",
        "subject": {key: value for key, value in person.items() if value},
        "precautions": {"answered": True, "rows": list(rows)},
        "findings": list(findings),
    }
    facts = read_screening(document, library())
    return Occasion(facts, assess(facts, library()), examiner, library().items)


def told(change: Change) -> str:
    parts = [change.item, change.side or "whole", change.measure, change.verdict, change.direction or ""]
    if change.limit:
        parts += ["limit", str(change.limit.value)]
    if change.rough:
        parts += ["because", *change.rough]
    if change.unlike:
        parts += ["unlike", *(one.difference for one in change.unlike)]
    return " ".join(part for part in parts if part)


def occasions(case: dict[str, Any]) -> tuple[Occasion, Occasion]:
    both, subject = case.get("both", []), case.get("subject")
    then = occasion(*both, *case["then"], subject=subject, rows=tuple(case.get("precautions_then", ())))
    return then, occasion(*both, *case["now"], examiner=case.get("examiner", "A"), subject=subject)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_change_of_each_case_is_told_as_the_case_says(case: dict[str, Any]) -> None:
    changes = compare(*occasions(case), library().rules)

    assert sorted(told(change) for change in changes) == sorted(case["expect"])


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_other_way_round_better_is_worse(case: dict[str, Any]) -> None:
    then, now = occasions(case)
    there, back = (
        {(c.item, c.side, c.key): c for c in compare(*pair, library().rules)}
        for pair in ((then, now), (now, then))
    )

    assert set(there) == set(back)
    for place, change in there.items():
        if Verdict.NOT_COMPARABLE not in (change.verdict, back[place].verdict):
            assert back[place].direction is SWAPPED[change.direction]


def changed(then: dict[str, Any], now: dict[str, Any]) -> Change:
    (change,) = compare(occasion(then), occasion(now), library().rules)
    return change


def test_a_grade_is_told_with_both_grades_and_the_steps_between_them() -> None:
    graded = {"item": "mmt_hip_abduction", "side": "right", "pain": 0}
    change = changed(graded | {"values": {"grade": "3+"}}, graded | {"values": {"grade": "4+"}})
    assert (change.key, change.then, change.now, change.amount) == ("grade", "3+", "4+", 3)


def test_a_number_is_told_with_both_values_and_the_difference() -> None:
    stands = {"item": "chair_stand_30s", "pain": 0}
    change = changed(stands | {"values": {"count": 9}}, stands | {"values": {"count": 13}})
    assert (change.key, change.then, change.now, change.amount) == ("count", 9, 13, 4)
    assert (change.then_band, change.now_band) == (None, None)


def test_a_step_down_is_told_with_its_categories() -> None:
    stepped = {"item": "step_down", "side": "left"}
    bands = [
        (0, Band.GOOD),
        (1, Band.GOOD),
        (2, Band.MEDIUM),
        (3, Band.MEDIUM),
        (4, Band.POOR),
        (6, Band.POOR),
    ]
    for score, band in bands:
        change = changed(stepped | {"values": {"score": score}}, stepped | {"values": {"score": 6}})
        assert (change.then_band, change.now_band) == (band, Band.POOR), score


def test_another_angle_of_the_knee_is_named_with_both_angles() -> None:
    held = {"item": "bridge_single_leg_hold", "side": "left", "pain": 0}
    values = {"seconds": 20, "stop_reason": "fatigue"}
    change = changed(
        held | {"values": values | {"knee_angle_deg": 90}},
        held | {"values": values | {"knee_angle_deg": 135}},
    )
    (unlike,) = change.unlike
    assert (unlike.difference, unlike.then, unlike.now) == (Difference.KNEE_ANGLE, "90", "135")


def test_another_position_is_named_without_inventing_a_value() -> None:
    graded = {"item": "mmt_hip_abduction", "side": "right", "pain": 0}
    change = changed(
        graded | {"values": {"grade": "4"}}, graded | {"values": {"grade": "4", "alt_position": True}}
    )
    (unlike,) = change.unlike
    assert (unlike.difference, unlike.then, unlike.now) == (Difference.POSITION, "", "")


def test_a_test_that_the_product_no_longer_has_is_compared_by_its_own_words() -> None:
    graded = {"item": "mmt_hip_abduction", "side": "right", "pain": 0, "values": {"grade": "4"}}
    then, now = occasion(graded), occasion(graded)
    without = replace(now, items={k: v for k, v in now.items.items() if k != "mmt_hip_abduction"})
    assert [c.item for c in compare(then, without, library().rules)] == ["mmt_hip_abduction"]
    renamed = replace(then.items["mmt_hip_abduction"], name="An older name")
    older = replace(then, items={**then.items, "mmt_hip_abduction": renamed})
    assert len(compare(older, now, library().rules)) == 1


GRADES = st.sampled_from(("0", "2-", "3+", "4", "5"))
PAIN = st.one_of(st.none(), st.integers(0, 10))
NEWTONS = st.decimals(0, 1500, places=1)


@st.composite
def screenings(draw: st.DrawFn) -> Occasion:
    """An abduction grade, a force, stands, pain and a step-down of one person."""
    method, lever = draw(st.sampled_from(("make", "break"))), draw(st.sampled_from((30, 40)))
    force = {"trials_n": [draw(NEWTONS)], "method": method, "lever_cm": lever, "position": "side_lying"}
    findings = [
        {"item": "mmt_hip_abduction", "side": "right", "values": {"grade": draw(GRADES)}, "pain": draw(PAIN)},
        {"item": "hhd_abduction", "side": "right", "values": force, "pain": draw(PAIN)},
        {"item": "chair_stand_30s", "values": {"count": draw(st.integers(0, 50))}, "pain": draw(PAIN)},
        {"item": "step_down", "side": "left", "values": {"score": draw(st.integers(0, 6))}},
    ]
    findings = [
        {key: value for key, value in finding.items() if value is not None}
        for finding in findings
        if draw(st.booleans())
    ]
    return occasion(*findings, examiner=draw(st.sampled_from(("A", "B"))))


@settings(max_examples=60, deadline=None)
@given(one=screenings())
def test_a_screening_beside_itself_never_shows_a_real_change(one: Occasion) -> None:
    assert all(change.verdict is not Verdict.REAL for change in compare(one, one, library().rules))


@settings(max_examples=60, deadline=None)
@given(one=screenings(), other=screenings())
def test_what_pain_stopped_or_was_not_done_twice_is_never_real(one: Occasion, other: Occasion) -> None:
    for change in compare(one, other, library().rules):
        findings = [o.finding(change.item, change.side) for o in (one, other)]
        if None in findings:
            assert change.verdict is Verdict.NOT_COMPARABLE
        if change.verdict is Verdict.REAL and change.item == "hhd_abduction":
            assert all(finding and (finding.pain or 0) < 4 for finding in findings)


def test_the_limits_are_those_of_the_clinic_and_not_of_the_code() -> None:
    then = occasion({"item": "chair_stand_30s", "values": {"count": 9}, "pain": 0})
    now = occasion({"item": "chair_stand_30s", "values": {"count": 12}, "pain": 0})
    rules = library().rules
    stricter = replace(rules.numbers.chg_chair_stands, value=Decimal(4))
    rules = replace(rules, numbers=replace(rules.numbers, chg_chair_stands=stricter))

    (change,) = compare(then, now, rules)

    assert change.verdict is Verdict.WITHIN_ERROR
