import tomllib
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from clinic_app.domain.assess import assess
from clinic_app.domain.finding import Finding, NotDoneReason, Status
from clinic_app.domain.progress import State, Step, first_gap, minutes_left, steps
from clinic_app.domain.protocol import Inclusion
from clinic_app.domain.screening import PrecautionRow, Precautions, Screening, Sex, Subject
from tests.screens import (
    LEFT,
    RIGHT,
    abduction,
    case_screening,
    extension,
    library,
    screen,
    stance,
    walking,
)

CASES = tomllib.loads(
    (Path(__file__).parents[1] / "cases" / "protocols.toml").read_text("utf-8"), parse_float=Decimal
)


def sites(side: object, *places: str) -> Finding:
    return Finding("symptom_location", side, values={"sites": places})  # type: ignore[arg-type]


def pain(side: object) -> Finding:
    return Finding("pain_nprs", side, values={"now": 0, "worst_24h": 0, "least_24h": 0})  # type: ignore[arg-type]


EVERYTHING = (
    *(sites(side, "none") for side in (LEFT, RIGHT)),
    *(pain(side) for side in (LEFT, RIGHT)),
    *(walking(side, "none") for side in (LEFT, RIGHT)),
    *(stance(side, "neg") for side in (LEFT, RIGHT)),
    *(abduction(side, "5") for side in (LEFT, RIGHT)),
    *(extension(side, "5") for side in (LEFT, RIGHT)),
)


def step(item: str, screening: Screening) -> Step:
    return next(one for one in steps(screening, library()) if one.item.id == item)


def opened(*findings: Finding, age: int = 40, **other: object) -> dict[str, str]:
    given = screen(*findings, age=age, **other)
    return {one.item: one.because for one in assess(given, library()).opened}


def test_the_steps_are_the_lines_of_the_protocol_in_order() -> None:
    lines = library().protocols["quick"].lines
    assert [one.item.id for one in steps(screen(), library())] == [line.item for line in lines]


def test_a_new_screening_starts_at_the_red_flags() -> None:
    fresh = Screening("quick", Subject(40, Sex.FEMALE))
    gap = first_gap(steps(fresh, library()))
    assert gap is not None
    assert gap.item.id == "red_flags"


def test_work_goes_on_at_the_first_gap() -> None:
    gap = first_gap(steps(screen(*EVERYTHING[:6], EVERYTHING[6]), library()))
    assert gap is not None
    assert (gap.item.id, gap.open_sides) == ("trendelenburg_30s", (RIGHT,))


def test_when_all_is_recorded_no_gap_is_left() -> None:
    assert first_gap(steps(screen(*EVERYTHING), library())) is None
    assert assess(screen(*EVERYTHING), library()).missing == ()


def test_a_test_that_was_not_done_is_an_answer_and_no_gap() -> None:
    refused = Finding("mmt_hip_abduction", RIGHT, Status.NOT_DONE, NotDoneReason.DECLINED)
    given = screen(*(f for f in EVERYTHING if (f.item, f.side) != ("mmt_hip_abduction", RIGHT)), refused)
    assert first_gap(steps(given, library())) is None
    assert step("mmt_hip_abduction", given).states == {LEFT: State.DONE, RIGHT: State.NOT_DONE}
    assert assess(given, library()).missing == ()


def test_an_optional_test_is_offered_and_never_missing() -> None:
    squat = step("single_leg_squat", screen())
    assert (squat.inclusion, squat.included) == (Inclusion.OPTIONAL, False)
    taken_up = screen(Finding("single_leg_squat", LEFT, values={"rating": "good"}))
    assert step("single_leg_squat", taken_up).included
    assert "single_leg_squat" not in {entry.item for entry in assess(taken_up, library()).missing}


@pytest.mark.parametrize(
    ("site", "opens"),
    [
        ("low_back", True),
        ("sacroiliac", True),
        ("deep_buttock", True),
        ("ischial", True),
        ("below_knee", True),
        ("foot_ankle", True),
        ("lateral_hip", False),
        ("groin", False),
        ("anterior_knee", False),
        ("none", False),
    ],
)
def test_pain_in_back_buttock_or_lower_leg_opens_the_nerve_root_tests(site: str, opens: bool) -> None:
    because = opened(sites(RIGHT, site))
    assert because == ({"lumbar_l5_motor": f"symptom_location right {site}"} if opens else {})


@pytest.mark.parametrize(("value", "opens"), [("4", True), ("4+", False), ("0", True)])
def test_abduction_of_4_or_less_opens_the_nerve_root_tests(value: str, opens: bool) -> None:
    assert ("lumbar_l5_motor" in opened(abduction(LEFT, value))) is opens


def test_a_painful_weak_grade_opens_them_too() -> None:
    assert "lumbar_l5_motor" in opened(abduction(LEFT, "3", pain=8))


@pytest.mark.parametrize(("age", "opens"), [(59, False), (60, True)])
def test_from_60_on_the_blood_pressure_is_measured(age: int, opens: bool) -> None:
    assert opened(age=age) == ({"resting_bp": f"age {age}"} if opens else {})


@pytest.mark.parametrize("row", ["pc_hypertension", "pc_cardiac"])
def test_known_high_pressure_or_heart_disease_opens_it_too(row: str) -> None:
    held = Precautions(answered=True, rows=(PrecautionRow(row),))
    assert opened(precautions=held) == {"resting_bp": row}


def test_an_opened_step_says_in_words_why() -> None:
    motor = step("lumbar_l5_motor", screen(abduction(RIGHT, "4")))
    assert (motor.included, motor.opened_because) == (True, "Hip abduction graded 4 or less")
    shut = step("lumbar_l5_motor", screen(abduction(RIGHT, "5")))
    assert (shut.included, shut.opened_because) == (False, "")


def test_a_closed_step_says_on_which_side_and_by_what() -> None:
    held = Precautions(answered=True, rows=(PrecautionRow("pc_tha_lateral", RIGHT),))
    one = step("mmt_hip_abduction", screen(precautions=held))
    assert one.states == {LEFT: State.MISSING, RIGHT: State.CLOSED}
    assert one.closed[RIGHT].because == "pc_tha_lateral"
    assert one.closed[RIGHT].reason
    careful = screen(precautions=Precautions(answered=True, rows=(PrecautionRow("pc_fall_risk"),)))
    assert step("lumbar_l5_motor", careful).closed_parts == {"heel_walk": "Fall risk: seated parts only"}


def test_the_minutes_left_are_those_of_what_is_open() -> None:
    fresh = minutes_left(steps(Screening("quick", Subject(40, Sex.FEMALE)), library()))
    lines = library().protocols["quick"].lines
    core = (line for line in lines if line.inclusion is Inclusion.CORE)
    whole = sum(library().items[line.item].minutes if line.minutes is None else line.minutes for line in core)
    assert fresh == whole
    with_measures = replace(screen(*EVERYTHING), subject=Subject(40, Sex.FEMALE, mass_kg=Decimal(61)))
    assert minutes_left(steps(with_measures, library())) == library().items["review"].minutes


def test_one_side_done_leaves_half_of_the_minutes() -> None:
    before = minutes_left(steps(screen(), library()))
    after = minutes_left(steps(screen(abduction(LEFT, "5")), library()))
    assert before - after == library().items["mmt_hip_abduction"].minutes / 2


def test_safety_steps_are_done_when_every_row_is_answered() -> None:
    assert step("red_flags", screen()).finished
    assert step("precautions", screen()).finished
    assert not step("red_flags", screen(red_flags={})).finished
    assert not step("precautions", screen(precautions=Precautions())).finished


@pytest.mark.parametrize("case", CASES["opens"], ids=lambda case: case["when"])
def test_this_and_nothing_else_is_opened_in_the_full_screen(case: dict[str, Any]) -> None:
    rows = [{"id": row} for row in case.get("precautions", ())]
    given = case_screening(
        {
            "screening": {
                "protocol": "full",
                "subject": {"age": case.get("age", 40), "sex": "female"},
                "precautions": {"answered": True, "rows": rows},
                "findings": case["findings"],
            }
        }
    )
    assert {one.item for one in assess(given, library()).opened} == set(case["items"].split())


def test_the_lag_sign_says_that_a_dropping_pelvis_and_lateral_pain_opened_it() -> None:
    lateral = step("hip_lag_sign", screen(sites(RIGHT, "lateral_hip"), protocol="full"))
    assert lateral.opened_because == "Pain at the side of the hip"
    both = screen(sites(RIGHT, "lateral_hip"), stance(RIGHT, "drop"), protocol="full")
    assert step("hip_lag_sign", both).opened_because.startswith("Trendelenburg test positive")


@pytest.mark.parametrize("protocol", ["quick", "full", "older_adult"])
def test_a_new_screening_takes_the_minutes_of_its_core_items(protocol: str) -> None:
    fresh = Screening(protocol, Subject(40, Sex.FEMALE))
    assert minutes_left(steps(fresh, library())) == CASES["core_minutes"][protocol]


def test_an_item_opened_by_hand_becomes_a_step_before_the_review_and_takes_its_minutes() -> None:
    before = screen()
    after = screen(opened=("hip_rom",))
    order = [one.item.id for one in steps(after, library())]
    assert order[-2:] == ["hip_rom", "review"]
    beside = step("hip_rom", after)
    assert (beside.inclusion, beside.included) == (Inclusion.OPTIONAL, True)
    minutes = library().items["hip_rom"].minutes
    assert minutes_left(steps(after, library())) - minutes_left(steps(before, library())) == minutes
    missing = [(entry.item, entry.side) for entry in assess(after, library()).missing]
    assert ("hip_rom", LEFT) in missing
    assert ("hip_rom", RIGHT) in missing
    assert "hip_rom" not in {entry.item for entry in assess(before, library()).missing}


def test_an_optional_item_of_the_protocol_opened_by_hand_keeps_its_place() -> None:
    given = screen(opened=("single_leg_squat",))
    lines = [line.item for line in library().protocols["quick"].lines]
    assert [one.item.id for one in steps(given, library())] == lines
    squat = step("single_leg_squat", given)
    assert squat.included
    assert ("single_leg_squat", LEFT) in {
        (entry.item, entry.side) for entry in assess(given, library()).missing
    }


def test_what_was_recorded_beside_the_protocol_stays_a_step() -> None:
    given = screen(Finding("leg_length", values={"short_side": "none"}))
    assert step("leg_length", given).finished
    assert [one.item.id for one in steps(given, library())][-1] == "review"


def test_the_falls_are_asked_once_beside_the_two_sides() -> None:
    falls = Finding("symptom_behaviour", values={"falls_12m": 1})
    asked = step("symptom_behaviour", screen(falls, protocol="full"))
    assert asked.states == {LEFT: State.MISSING, RIGHT: State.MISSING, None: State.DONE}


def test_high_irritability_closes_the_dynamometer_and_says_so() -> None:
    sore = Finding("irritability", values={"level": "high"})
    force = step("hhd_abduction", screen(sore, protocol="full"))
    assert set(force.states.values()) == {State.CLOSED}
    assert force.closed[LEFT].reason == "High irritability: no dynamometer and no break test"


def test_a_way_of_measuring_that_is_closed_is_told_beside_its_field() -> None:
    row = PrecautionRow("pc_osteoporosis", extra={"fragility_fracture": False})
    brittle = screen(precautions=Precautions(answered=True, rows=(row,)), protocol="full")
    assert step("hhd_er", brittle).closed_parts == {"method": "Osteoporosis: no break tests"}
    assert step("hhd_er", brittle).closed == {}
