from decimal import Decimal
from typing import Any

import pytest

from clinic_app.domain.assessment import Information
from clinic_app.domain.closing import closings, pressure_of
from clinic_app.domain.finding import Finding
from clinic_app.domain.protocol import Group, Side
from clinic_app.domain.safety import Pressure
from clinic_app.domain.screening import Class, PrecautionRow, Precautions
from tests.screens import LEFT, RIGHT, abduction, assessed, extension, library, screen, stance

STRENGTH = {"mmt_hip_abduction", "mmt_hip_extension"}
STANCE = {"trendelenburg_30s", "single_leg_squat"}
ABDUCTOR = {"mmt_hip_abduction", *STANCE}


def held(row: str, side: Side | None = None, *, cleared: bool = False, **extra: Any) -> Precautions:
    return Precautions(answered=True, rows=(PrecautionRow(row, side, cleared, extra),))


def pressure(*readings: tuple[int, int]) -> Finding:
    values = {"readings": tuple({"sbp": sbp, "dbp": dbp} for sbp, dbp in readings)}
    return Finding("resting_bp", values=values)


def closed(*findings: Finding, side: Side = RIGHT, precautions: Precautions | None = None) -> set[str]:
    given = screen(*findings, precautions=precautions or Precautions(answered=True))
    found = closings(given, library())
    return {item for item, each in found.items() if any(one.whole and one.on(side) for one in each)}


@pytest.mark.parametrize(
    ("row", "extra", "items"),
    [
        ("pc_tha_posterior", {}, set()),
        ("pc_tha_anterior", {}, {"mmt_hip_extension"}),
        ("pc_tha_lateral", {}, ABDUCTOR),
        ("pc_abductor_repair", {}, ABDUCTOR),
        ("pc_orif_weight_bearing", {}, {*STRENGTH, *STANCE, "gait_observation"}),
        ("pc_orif_weight_bearing", {"weight_bearing": "nwb"}, {*STRENGTH, *STANCE, "gait_observation"}),
        ("pc_orif_weight_bearing", {"weight_bearing": "ttwb"}, {*STRENGTH, *STANCE, "gait_observation"}),
        ("pc_orif_weight_bearing", {"weight_bearing": "pwb"}, {*STRENGTH, *STANCE, "gait_observation"}),
        ("pc_orif_weight_bearing", {"weight_bearing": "wbat"}, set()),
        ("pc_orif_weight_bearing", {"weight_bearing": "fwb"}, set()),
        ("pc_hip_arthroscopy_recent", {}, set()),
        ("pc_osteoporosis", {}, {"single_leg_squat"}),
        ("pc_osteoporosis", {"fragility_fracture": True}, {"single_leg_squat"}),
        ("pc_osteoporosis", {"fragility_fracture": False}, set()),
        ("pc_pregnancy", {"trimester": "first"}, {"mmt_hip_extension"}),
        ("pc_hypertension", {}, STRENGTH),
        ("pc_cardiac", {}, {*STRENGTH, "single_leg_squat"}),
        ("pc_valsalva", {}, STRENGTH),
        ("pc_fall_risk", {}, {"single_leg_squat"}),
        ("pc_injection_recent", {}, {"mmt_hip_abduction"}),
        ("pc_cognition", {}, set()),
        ("pc_other_limb", {}, {"single_leg_squat"}),
        ("pc_other_limb", {"limb": "knee"}, {"single_leg_squat"}),
        ("pc_other_limb", {"limb": "shoulder"}, set()),
    ],
)
def test_a_precaution_closes_these_tests_of_the_quick_screen(
    row: str, extra: dict[str, Any], items: set[str]
) -> None:
    side = RIGHT if library().precautions[row].sided else None
    assert closed(precautions=held(row, side, **extra)) == items
    assert closed(precautions=held(row, None, **extra)) == items
    assert closed(precautions=held(row, side, cleared=True, **extra)) == set()


def test_a_precaution_of_one_side_leaves_the_other_open() -> None:
    assert closed(precautions=held("pc_tha_lateral", LEFT)) == set()


def test_partial_weight_on_one_leg_closes_walking_for_both() -> None:
    found = closed(side=LEFT, precautions=held("pc_orif_weight_bearing", RIGHT, weight_bearing="pwb"))
    assert found == {"gait_observation"}


@pytest.mark.parametrize(
    ("readings", "is_"),
    [
        ([(179, 99)], Pressure.WITHIN),
        ([(180, 80)], Pressure.RAISED),
        ([(120, 100)], Pressure.RAISED),
        ([(200, 110)], Pressure.RAISED),
        ([(201, 80)], Pressure.TOO_HIGH),
        ([(120, 111)], Pressure.TOO_HIGH),
        ([(204, 80), (196, 80)], Pressure.RAISED),
        ([(182, 80), (177, 80)], Pressure.WITHIN),
        ([], Pressure.NOT_MEASURED),
    ],
)
def test_the_mean_of_the_readings_is_held_against_the_limits(
    readings: list[tuple[int, int]], is_: Pressure
) -> None:
    findings = (pressure(*readings),) if readings else ()
    assert pressure_of(screen(*findings), library().rules.numbers) is is_


def test_known_high_pressure_waits_for_a_reading_and_opens_with_a_good_one() -> None:
    assert closed(precautions=held("pc_hypertension")) == STRENGTH
    assert closed(pressure((150, 90)), precautions=held("pc_hypertension")) == set()


def test_a_high_reading_closes_maximal_tests_whether_or_not_anybody_knew() -> None:
    assert closed(pressure((201, 90))) == STRENGTH
    assert closed(pressure((185, 90))) == STRENGTH
    assert closed(pressure((179, 99))) == set()


def test_a_doctors_word_opens_after_a_raised_reading_but_not_after_a_too_high_one() -> None:
    cleared = held("pc_hypertension", cleared=True)
    agreed = held("pc_hypertension", doctor_agrees=True)
    for said in (cleared, agreed):
        assert closed(pressure((190, 90)), precautions=said) == set()
        assert closed(pressure((210, 90)), precautions=said) == STRENGTH


@pytest.mark.parametrize("row", ["pc_tha_anterior", "pc_pregnancy"])
def test_extension_in_an_alternative_position_stays_open_when_prone_is_closed(row: str) -> None:
    side = RIGHT if library().precautions[row].sided else None
    precautions = held(row, side, trimester="first") if row == "pc_pregnancy" else held(row, side)
    prone = assessed(extension(RIGHT, "4"), precautions=precautions)
    assert prone.result(Group.EXTENSORS, RIGHT).cls is Class.CANNOT_SAY
    bent_over = assessed(extension(RIGHT, "4", alt_position=True), precautions=precautions)
    assert bent_over.result(Group.EXTENSORS, RIGHT).cls is Class.POSSIBLE


def test_with_fall_risk_the_heel_walk_is_not_read_and_the_seated_parts_are() -> None:
    motor = {"heel_walk": "unable", "toe_grade": "5", "ankle_grade": "5"}
    findings = (abduction(RIGHT, "4"), Finding("lumbar_l5_motor", RIGHT, values=motor))
    assert [pattern.id for pattern in assessed(*findings).patterns] == ["P-L5"]
    careful = assessed(*findings, precautions=held("pc_fall_risk"))
    assert careful.patterns == ()
    assert careful.information == (Information("pc_fall_risk", RIGHT, None, "lumbar_l5_motor.heel_walk"),)
    seated = Finding("lumbar_l5_motor", RIGHT, values={**motor, "toe_grade": "4"})
    assert assessed(abduction(RIGHT, "4"), seated, precautions=held("pc_fall_risk")).patterns


def test_a_closed_test_is_not_missing() -> None:
    assessment = assessed(precautions=held("pc_tha_lateral", RIGHT))
    missing = {(entry.item, entry.side) for entry in assessment.missing}
    assert ("mmt_hip_abduction", RIGHT) not in missing
    assert ("mmt_hip_abduction", LEFT) in missing
    assert ("mmt_hip_abduction", RIGHT, "pc_tha_lateral") in {
        (entry.item, entry.side, entry.because) for entry in assessment.closed
    }


def test_a_closed_stance_test_cannot_support_a_weak_grade() -> None:
    findings = (stance(RIGHT, "drop"), abduction(RIGHT, "4+", opened_because="surgeon agreed"))
    result = assessed(*findings, precautions=held("pc_tha_lateral", RIGHT)).result(Group.ABDUCTORS, RIGHT)
    assert [flag.rule for flag in result.flags] == ["MMT-A3"]
    assert result.cls is Class.POSSIBLE


def test_a_mean_of_readings_is_exact() -> None:
    numbers = library().rules.numbers
    just_over = screen(pressure((200, 80), (201, 80)))
    assert Decimal(401) / 2 > numbers.bp_defer_sbp.value
    assert pressure_of(just_over, numbers) is Pressure.TOO_HIGH
