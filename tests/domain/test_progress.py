from dataclasses import replace
from decimal import Decimal

import pytest

from clinic_app.domain.assess import assess
from clinic_app.domain.finding import Finding, NotDoneReason, Status
from clinic_app.domain.progress import State, Step, first_gap, minutes_left, steps
from clinic_app.domain.protocol import Inclusion
from clinic_app.domain.screening import PrecautionRow, Precautions, Screening, Sex, Subject
from tests.screens import LEFT, RIGHT, abduction, extension, library, screen, stance, walking


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
