"""What was chosen before is taken over for this person only as far as it is safe for them today."""

from dataclasses import replace
from typing import Any

from clinic_app.domain.programme import Prescription, SideDose, WorkMode
from clinic_app.domain.protocol import Side
from clinic_app.domain.side_doses import with_other_dose
from clinic_app.domain.taking_over import TakenOver, differences, take_over
from clinic_app.exchange.programme_json import read_circumstances
from tests.programmes import document, library, programme, weak

RIGHT = weak("abductors", "right")


def before(**changes: Any) -> tuple[Prescription, ...]:
    """The lines of a programme for a weak right side."""
    return tuple(replace(line, **changes) for line in programme(RIGHT).prescriptions)


def taken(lines: tuple[Prescription, ...], *findings: dict[str, Any], **changes: Any) -> TakenOver:
    return take_over(lines, read_circumstances(document(*(findings or (RIGHT,)), **changes)), library())


def test_the_same_person_gets_the_same_lines_with_the_doses_of_before() -> None:
    lines = before(sets=2, reps=7, days_per_week=4)
    assert taken(lines).lines == lines
    assert taken(lines).refused == {}


def test_what_is_not_safe_today_is_not_taken_and_says_why() -> None:
    lines = before()
    without = taken(lines, equipment=[], floor_transfer_ok=False, positions_not_tolerated=["side_lying"])
    assert without.refused
    assert {line.exercise for line in without.lines} == {
        line.exercise for line in lines
    } - without.refused.keys()
    assert all(codes for codes in without.refused.values())


def test_legs_and_cautions_follow_from_today() -> None:
    lines = taken(before(), weak("abductors", "left"), patient={"falls_risk": "moderate"}).lines
    sided = [line for line in lines if line.sides.side]
    assert {line.sides.side for line in sided} == {Side.LEFT}
    assert any(line.caution_keys for line in lines)


def test_a_hold_is_cut_to_what_this_person_may_hold() -> None:
    lines = taken(before(hold_s=12), precautions=[{"tag": "hypertension_isometric"}]).lines
    counted = [line for line in lines if library().by_id[line.exercise].dose != "balance"]
    assert {line.hold_s for line in counted} == {5}


def test_a_dose_beyond_the_limits_of_today_is_brought_within_them() -> None:
    line = taken(before(sets=9, reps=40, days_per_week=1)).lines[0]
    assert (line.sets, line.reps, line.days_per_week) == (3, 15, 2)


def test_a_dose_of_its_own_goes_with_the_same_leg_only() -> None:
    own = tuple(with_other_dose(line, SideDose(2, 6, 0), library()) for line in before(sets=3))
    assert any(line.other for line in taken(own).lines)
    assert not any(line.other for line in taken(own, weak("abductors", "left")).lines)


def test_an_exercise_that_is_gone_from_the_library_and_a_seventh_are_named() -> None:
    gone = replace(before()[0], exercise="star_jump")
    six = [e.id for e in library().exercises if not e.place.equipment and e.level <= 2][:7]
    lines = tuple(replace(before()[0], exercise=exercise) for exercise in six)
    found = taken((gone, *lines))
    assert found.refused["star_jump"] == ("unknown",)
    assert len(found.lines) == 6
    assert ("full",) in found.refused.values()


def test_only_what_differs_is_named() -> None:
    line = before()[0]
    assert differences(line, line) == ()
    assert differences(replace(line, reps=3), line) == ("dose",)
    assert differences(replace(line, days_per_week=2), line) == ("dose",)
    other = replace(line.sides, mode=WorkMode.ONE_SIDE_ONLY)
    assert differences(replace(line, sides=other, caution_keys=("kneel_pad",)), line) == ("sides", "cautions")
