import tomllib
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from clinic_app.domain.assessment import Information
from clinic_app.domain.closing import closings, pressure_of
from clinic_app.domain.course import course_of
from clinic_app.domain.finding import Finding, NotDoneReason, Status
from clinic_app.domain.protocol import Group, Side
from clinic_app.domain.safety import Pressure
from clinic_app.domain.screening import Class, PrecautionRow, Precautions
from tests.screens import LEFT, RIGHT, abduction, assessed, extension, library, screen, stance

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "closing.toml").read_text("utf-8"))


def held(row: str, side: Side | None = None, *, cleared: bool = False, **extra: Any) -> Precautions:
    return Precautions(answered=True, rows=(PrecautionRow(row, side, cleared, extra),))


def pressure(*readings: tuple[int, int]) -> Finding:
    values = {"readings": tuple({"sbp": sbp, "dbp": dbp} for sbp, dbp in readings)}
    return Finding("resting_bp", values=values)


def irritability(level: str) -> Finding:
    return Finding("irritability", values={"level": level})


def force(item: str, side: Side = RIGHT, **values: Any) -> Finding:
    return Finding(item, side, values={"trials_n": (Decimal(100),), **values}, pain=0)


def closed(*findings: Finding, side: Side = RIGHT, precautions: Precautions | None = None) -> set[str]:
    given = screen(*findings, precautions=precautions or Precautions(answered=True))
    found = closings(given, library())
    return {item for item, each in found.items() if any(one.whole and one.on(side) for one in each)}


def parts(*findings: Finding, precautions: Precautions) -> dict[str, list[str]]:
    found = closings(screen(*findings, precautions=precautions), library())
    told = {
        item: [part for one in each if one.on(RIGHT) for part in one.parts] for item, each in found.items()
    }
    return {item: keys for item, keys in told.items() if keys}


def named(words: str) -> set[str]:
    """Items, with each kind of the case file replaced by its items."""
    kinds = CASES["kinds"]
    return {item for word in words.split() for item in (named(kinds[word]) if word in kinds else {word})}


def told(case: dict[str, Any]) -> str:
    keys = ("row", "extra", "pressure", "irritability", "why")
    return " ".join(str(case[key]) for key in keys if case.get(key))


def circumstances(case: dict[str, Any], side: Side | None) -> tuple[list[Finding], Precautions]:
    findings = [pressure(case["pressure"])] if "pressure" in case else []
    findings += [irritability(case["irritability"])] if "irritability" in case else []
    row = case["row"]
    return findings, held(row, side, **case.get("extra", {})) if row else Precautions(answered=True)


@pytest.mark.parametrize("case", CASES["closing"], ids=told)
def test_a_precaution_closes_these_tests_and_no_other(case: dict[str, Any]) -> None:
    sided = bool(case["row"]) and library().precautions[case["row"]].sided
    findings, on_the_right = circumstances(case, RIGHT if sided else None)
    assert closed(*findings, precautions=on_the_right) == named(case["closes"])
    assert parts(*findings, precautions=on_the_right) == case.get("parts", {})
    left = named(case.get("both", "") if sided else case["closes"])
    assert closed(*findings, side=LEFT, precautions=on_the_right) == left
    findings, on_no_side = circumstances(case, None)
    for side in Side:
        assert closed(*findings, side=side, precautions=on_no_side) == named(case["closes"])


@pytest.mark.parametrize("row", sorted({case["row"] for case in CASES["closing"]} - {"", "pc_hypertension"}))
def test_a_row_that_is_cleared_closes_nothing(row: str) -> None:
    assert closed(precautions=held(row, cleared=True)) == set()


def test_every_precaution_has_its_case() -> None:
    assert {case["row"] for case in CASES["closing"]} == {"", *library().precautions}


def test_high_irritability_keeps_the_forces_and_does_not_use_them() -> None:
    sore = assessed(irritability("high"), force("hhd_abduction"), force("hhd_abduction", LEFT))
    assert sore.forces == ()
    aside = [entry for entry in sore.closed if entry.item == "hhd_abduction"]
    assert [(entry.side, entry.because) for entry in aside] == [
        (LEFT, "irritability"),
        (RIGHT, "irritability"),
    ]
    opened = replace(force("hhd_abduction"), opened_because="calm today")
    assert len(assessed(irritability("high"), opened).forces) == 1


def test_irritability_that_was_not_asked_closes_nothing() -> None:
    unasked = Finding("irritability", None, Status.NOT_DONE, NotDoneReason.NO_TIME)
    assert closed(unasked) == set()


def test_with_osteoporosis_a_break_test_is_set_aside_and_a_make_test_read() -> None:
    brittle = held("pc_osteoporosis", fragility_fracture=False)
    assert assessed(force("hhd_er", method="break"), precautions=brittle).forces == ()
    assert len(assessed(force("hhd_er", method="make"), precautions=brittle).forces) == 1
    assert len(assessed(force("hhd_er"), precautions=brittle).forces) == 1


def test_the_method_of_the_set_up_counts_where_the_finding_leaves_it_out() -> None:
    brittle = held("pc_osteoporosis", fragility_fracture=False)
    setup = Finding("hhd_setup", values={"er": {"method": "break"}, "ir": {"method": "make"}})
    forces = assessed(setup, force("hhd_er"), force("hhd_ir"), precautions=brittle).forces
    assert [measured.item for measured in forces] == ["hhd_ir"]
    differing = assessed(setup, force("hhd_er", method="make"), precautions=brittle)
    assert [measured.item for measured in differing.forces] == ["hhd_er"]


def test_a_pregnant_patient_turns_her_hip_seated_and_not_prone() -> None:
    pregnant = held("pc_pregnancy", trimester="first")
    setup = Finding("hhd_setup", values={"ir": {"position": "prone"}, "extension": {"position": "supine"}})
    found = assessed(setup, force("hhd_er"), force("hhd_ir"), force("hhd_extension"), precautions=pregnant)
    assert [measured.item for measured in found.forces] == ["hhd_er", "hhd_extension"]
    assert assessed(force("hhd_extension"), precautions=pregnant).forces == ()
    assert len(assessed(force("hhd_extension", position="prone_standing"), precautions=pregnant).forces) == 1


def test_the_prone_version_of_a_tendon_test_is_not_read_in_pregnancy() -> None:
    def version(name: str) -> Finding:
        return Finding("resisted_ext_derotation", RIGHT, values={"result": "positive", "version": name})

    def read(finding: Finding) -> bool:
        given = screen(finding, precautions=held("pc_pregnancy", trimester="first"))
        course = course_of(given, library())
        return course.usable.get(finding.item, RIGHT) is not None

    assert read(version("supine"))
    assert not read(version("prone"))


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


def test_a_doctors_word_opens_after_a_raised_reading_but_not_after_a_too_high_one() -> None:
    cleared = held("pc_hypertension", cleared=True)
    agreed = held("pc_hypertension", doctor_agrees=True)
    for said in (cleared, agreed):
        assert closed(pressure((190, 90)), precautions=said) == set()
        assert closed(pressure((210, 90)), precautions=said) == named("maximal")


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
