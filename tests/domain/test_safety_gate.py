"""What each red-flag row leads to, row by row, and who may overrule it."""

import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from clinic_app.domain.adapter import circumstances_of, unresolved
from clinic_app.domain.assess import assess
from clinic_app.domain.assessment import CannotSay
from clinic_app.domain.circumstances import Circumstances, Gate, Patient
from clinic_app.domain.finding import Finding
from clinic_app.domain.library import Library
from clinic_app.domain.prescribe import prescribe
from clinic_app.domain.protocol import Side
from clinic_app.domain.safety import Advice
from clinic_app.domain.safety_gate import OverrideRefusedError, check_safety, outcome_of
from clinic_app.domain.screening import Answer, Precautions, Screening, Sex, Subject
from clinic_app.library import load_library

CASES: dict[str, Any] = tomllib.loads((Path(__file__).parents[1] / "cases" / "red_flags.toml").read_text())
ROWS: dict[str, str] = CASES["rows"]
ASKED = [row for row in ROWS if row != "rf_minor"]
WEAK = (
    Finding("mmt_hip_abduction", Side.LEFT, values={"grade": "5"}, pain=0),
    Finding("mmt_hip_abduction", Side.RIGHT, values={"grade": "4"}, pain=0),
)


@cache
def library() -> Library:
    return load_library()


def screened(age: int = 46, findings: tuple[Finding, ...] = WEAK, **answers: Answer) -> Screening:
    flags = {row: Answer.NO for row in ASKED} | answers
    return Screening(
        "quick", Subject(age, Sex.FEMALE), flags, precautions=Precautions(answered=True), findings=findings
    )


def test_every_row_has_its_case() -> None:
    assert {row.id: row.consequence.value for row in library().red_flags.values()} == ROWS


@pytest.mark.parametrize("answer", [Answer.YES, Answer.UNSURE])
@pytest.mark.parametrize("row", ASKED)
def test_a_yes_or_an_unsure_leads_where_the_row_says(row: str, answer: Answer) -> None:
    expected = CASES["consequences"][ROWS[row]]
    safety = check_safety(screened(**{row: answer}), library())
    assert [flag.row for flag in safety.open] == [row]
    assert (outcome_of(safety), safety.advice) == (expected["outcome"], expected["advice"])


def test_a_no_to_every_row_leads_nowhere() -> None:
    safety = check_safety(screened(), library())
    assert (safety.open, safety.unanswered, safety.advice) == ((), (), Advice.NONE)


@pytest.mark.parametrize("row", ASKED)
def test_a_row_left_blank_is_never_a_no(row: str) -> None:
    blank = screened()
    answers = {asked: answer for asked, answer in blank.red_flags.items() if asked != row}
    safety = check_safety(replace(blank, red_flags=answers), library())
    assert safety.unanswered == (row,)
    assert outcome_of(safety) == "incomplete_safety"


@pytest.mark.parametrize("row", ASKED)
def test_only_a_row_that_is_no_urgent_stop_is_overruled_and_with_a_reason(row: str) -> None:
    answered = screened(**{row: Answer.YES})
    with pytest.raises(OverrideRefusedError):
        check_safety(replace(answered, red_flag_overrides={row: " "}), library())
    overruled = replace(answered, red_flag_overrides={row: "Seen by the physician today"})
    if not CASES["consequences"][ROWS[row]]["override"]:
        with pytest.raises(OverrideRefusedError):
            check_safety(overruled, library())
        return
    safety = check_safety(overruled, library())
    assert (safety.open, [flag.row for flag in safety.overridden]) == ((), [row])
    assert safety.advice is Advice.REFER


@pytest.mark.parametrize("row", ROWS)
def test_no_programme_is_made_while_a_red_flag_is_open(row: str) -> None:
    screening = screened(age=16) if row == "rf_minor" else screened(**{row: Answer.UNSURE})
    assessment = assess(screening, library())
    given = Circumstances(
        Patient(falls_risk="low", goal="daily", minor_confirmed=True),
        Gate(screen_valid=True),
        "low",
        {Side.LEFT: "fwb", Side.RIGHT: "fwb"},
        equipment=(),
    )
    assert row in unresolved(screening, assessment, library())
    made = prescribe(circumstances_of(screening, assessment, given, library()), library().exercises)
    assert made.status == "withheld_red_flag"
    assert made.prescriptions == ()


def test_a_red_flag_found_in_the_middle_stops_the_screen_and_keeps_what_was_found() -> None:
    screening = screened(rf_empty_end_feel=Answer.YES)
    assessment = assess(screening, library())
    assert assessment.outcome == "screen_stopped"
    assert {result.cannot_say for result in assessment.groups} == {CannotSay.RED_FLAG}
    assert screening.findings == WEAK


@pytest.mark.parametrize(("age", "reason"), [(17, CannotSay.MINOR), (18, None)])
def test_no_rule_is_applied_under_eighteen(age: int, reason: CannotSay | None) -> None:
    assessment = assess(screened(age=age), library())
    weak = next(r for r in assessment.groups if (r.group, r.side) == ("abductors", "right"))
    assert weak.cannot_say is reason
    assert bool(weak.flags) is (reason is None)


def test_the_gravest_open_row_gives_the_advice() -> None:
    safety = check_safety(
        screened(rf_claudication=Answer.YES, rf_cancer=Answer.YES, rf_dvt=Answer.UNSURE), library()
    )
    assert safety.advice is Advice.URGENT
