"""What is printed of a force: every input of it, and who says what it is set beside."""

from decimal import Decimal
from typing import Any

from clinic_app.domain.assessment import Assessment, Information
from clinic_app.domain.finding import Finding
from clinic_app.domain.protocol import Group, Side
from clinic_app.domain.screening import PrecautionRow, Precautions, Sex, Subject
from tests.screens import LEFT, RIGHT, abduction, assessed, grade, library

TRIALS = (Decimal("200.1"), Decimal("210.2"), Decimal("190.1"), Decimal(230))
WEAK_WOMAN = Subject(40, Sex.FEMALE, mass_kg=Decimal(80))


def force(side: Side, **values: Any) -> Finding:
    usual = {"trials_n": TRIALS, "method": "break", "position": "side_lying", "lever_cm": Decimal("35.5")}
    return Finding("hhd_abduction", side, values={**usual, **values}, pain=0)


def measured(*findings: Finding, **other: Any) -> Assessment:
    return assessed(*findings, subject=WEAK_WOMAN, protocol="full", **other)


def test_a_force_is_printed_with_all_that_it_was_worked_out_from() -> None:
    (one,) = measured(force(LEFT, stabilisation="hand")).forces
    assert (one.force_n, one.mean_n, one.trials) == (Decimal(230), Decimal("200.1"), 4)
    assert (one.method, one.position, one.stabilisation, one.pad) == ("break", "side_lying", "hand", "")
    assert (one.lever_cm, one.mass_kg) == (Decimal("35.5"), Decimal(80))
    assert (one.torque_nm_kg, one.percent_body_weight) == (Decimal("1.021"), Decimal("29.3"))


def test_a_flag_from_a_norm_names_who_measured_it() -> None:
    (flag,) = measured(force(LEFT)).result(Group.ABDUCTORS, LEFT).flags
    assert (flag.rule, flag.value) == ("HHD-N1", Decimal("-1.07"))
    assert library().norms["N-ABD-BREAK"].source in flag.sources


def test_the_weakest_grade_that_can_be_read_stands_for_its_group() -> None:
    findings = (abduction(RIGHT, "4"), grade("mmt_gmed_posterior", RIGHT, "4-"))
    assert assessed(*findings, protocol="full").result(Group.ABDUCTORS, RIGHT).grade == "4-"
    strong = (abduction(RIGHT, "5"), grade("mmt_gmed_posterior", RIGHT, "3", pain=6))
    assert assessed(*strong, protocol="full").result(Group.ABDUCTORS, RIGHT).grade == "5"


def test_a_test_of_no_group_that_a_precaution_closes_is_named() -> None:
    held = Precautions(answered=True, rows=(PrecautionRow("pc_injection_recent", RIGHT),))
    sore = Finding("palpation_gt", RIGHT, values={"result": "positive"})
    assessment = assessed(sore, precautions=held, protocol="full")
    assert assessment.information == (Information("pc_injection_recent", RIGHT, item="palpation_gt"),)


def test_a_zero_has_no_sign_in_print() -> None:
    man = Subject(24, Sex.MALE, mass_kg=Decimal(80))
    lever = {"lever_cm": Decimal(40), "trials_n": (Decimal("338.9"),)}
    (one,) = assessed(force(LEFT, **lever), subject=man, protocol="full").forces
    assert str(one.score.z) == "0.00"


def test_a_percentage_is_printed_with_what_was_expected() -> None:
    woman = Subject(25, Sex.FEMALE, mass_kg=Decimal(60))
    (one,) = assessed(force(LEFT, method="make"), subject=woman, protocol="full").forces
    assert (one.score.norm, one.score.predicted) == ("N-ABD-YF", Decimal("16.85"))
    assert one.score.percent_predicted == Decimal("232.0")
