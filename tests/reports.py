"""Reports of invented people, made the way the app makes them: findings, assessment, programme, words."""

from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from clinic_app.domain.adapter import circumstances_of
from clinic_app.domain.assess import assess
from clinic_app.domain.circumstances import Circumstances
from clinic_app.domain.finding import Finding, NotDoneReason, PainLimited, Status
from clinic_app.domain.library import Library
from clinic_app.domain.prescribe import prescribe
from clinic_app.domain.programme import Programme
from clinic_app.domain.protocol import Side
from clinic_app.domain.report import ChosenLine, Report, ReportClinic, ReportPatient, ReportStatus
from clinic_app.domain.screening import Answer, PrecautionRow, Precautions, Screening, Sex, Subject
from clinic_app.exchange.programme_json import read_circumstances
from clinic_app.library import load_library
from clinic_app.web.reporting import Approval, final_report, programme_report
from clinic_app.web.terms import terms_of

SIGNED_AT = datetime(2026, 9, 22, 9, 4, tzinfo=UTC)
TAKEN_ON = date(2026, 9, 22)
SIGNATURE = "Bob Lindqvist, PT, DPT (PT 2071)"

CLINIC = ReportClinic(
    name="Riverside Physiotherapy",
    address="12 Mill Lane\nRiverside",
    phone="555 0100",
    emergency_number="112",
    paper="A4",
    mass_unit="kg",
    time_zone="Europe/Stockholm",
    language="en",
)
MARISOL = ReportPatient(
    family_name="Duarte",
    given_names="Marisol",
    preferred_name="",
    born_on=date(1969, 2, 4),
    age=57,
    sex=Sex.FEMALE,
    record_number="004 127 893",
    language="en",
    print_size="normal",
)
GIVEN: dict[str, Any] = {
    "patient": {"falls_risk": "low", "goal": "daily"},
    "gate": {"screen_valid": True},
    "irritability": "low",
    "weight_bearing": {"left": "fwb", "right": "fwb"},
    "equipment": ["chair"],
    "floor_transfer_ok": True,
}


@cache
def library() -> Library:
    """The content that is shipped, read once."""
    return load_library()


def graded(item: str, side: Side, grade: str, pain: int | None = 0, **more: Any) -> Finding:
    """A manual test with its grade and pain."""
    return Finding(item, side, values={"grade": grade}, pain=pain, **more)


def screened(*findings: Finding, **changes: Any) -> Screening:
    """A quick screen of Marisol with all safety questions answered no."""
    facts = Screening(
        protocol="quick",
        subject=Subject(57, Sex.FEMALE),
        red_flags=dict.fromkeys(library().red_flags, Answer.NO),
        precautions=Precautions(answered=True),
        findings=findings,
    )
    return replace(facts, **changes)


RIGHT_WEAK = (
    Finding("symptom_location", Side.LEFT, values={"sites": ("none",)}),
    Finding("symptom_location", Side.RIGHT, values={"sites": ("lateral_hip", "anterior_knee")}),
    Finding("pain_nprs", Side.LEFT, values={"now": 0, "worst_24h": 0, "least_24h": 0}),
    Finding("pain_nprs", Side.RIGHT, values={"now": 2, "worst_24h": 4, "least_24h": 1}),
    Finding("gait_observation", Side.LEFT, values={"patterns": ("none",), "aid": "none"}, pain=0),
    Finding(
        "gait_observation",
        Side.RIGHT,
        values={"patterns": ("drop",), "degree": "mild", "aid": "none"},
        pain=1,
    ),
    Finding("trendelenburg_30s", Side.LEFT, values={"result": "neg"}, pain=0),
    Finding("trendelenburg_30s", Side.RIGHT, values={"result": "drop", "seconds": 12}, pain=1),
    graded("mmt_hip_abduction", Side.LEFT, "5"),
    graded("mmt_hip_abduction", Side.RIGHT, "4-", 2, compensations=("hip_flexion",), note="tired easily"),
    graded("mmt_hip_extension", Side.LEFT, "5"),
    Finding(
        "mmt_hip_extension",
        Side.RIGHT,
        status=Status.NOT_DONE,
        not_done_reason=NotDoneReason.UNABLE_PAIN,
    ),
)

STOPPED_BY_PAIN = (
    graded("mmt_hip_abduction", Side.RIGHT, "3", 6, pain_limited=PainLimited.YES),
    graded("mmt_hip_abduction", Side.LEFT, "5"),
)


def draft(facts: Screening | None = None, **changes: Any) -> Report:
    """The report of a screen that is not signed."""
    facts = facts or screened(*RIGHT_WEAK)
    assessment = assess(facts, library())
    report = Report(
        status=ReportStatus.DRAFT,
        clinic=CLINIC,
        patient=MARISOL,
        taken_on=TAKEN_ON,
        reason="Pain at the side of the right hip since January",
        impression="Right hip abductors weak, with knee pain. Home programme, screen again in six weeks.",
        action_taken="",
        examiner=SIGNATURE,
        facts=facts,
        assessment=assessment,
        terms=terms_of(library(), facts, assessment),
        content_version=library().version,
        rule_versions=library().rules.versions,
        app_version="0.1.0",
    )
    return replace(report, **changes)


def signed(facts: Screening | None = None, **changes: Any) -> Report:
    """The report of a signed screen."""
    return final_report(draft(facts, **changes), ReportStatus.SIGNED, SIGNATURE, SIGNED_AT)


def stopped(row: str = "rf_cauda_equina", answer: Answer = Answer.YES) -> Report:
    """The report of a screen that a red flag stopped."""
    flags = {**dict.fromkeys(library().red_flags, Answer.NO), row: answer}
    report = draft(screened(red_flags=flags), action_taken="Sent to the emergency department by ambulance.")
    return final_report(report, ReportStatus.STOPPED, SIGNATURE, SIGNED_AT)


def circumstances(report: Report, **changes: Any) -> Circumstances:
    """What the exercises depend on, from the screen and from what the therapist was asked."""
    given = {
        key: {**GIVEN.get(key, {}), **value} if isinstance(value, dict) else value
        for key, value in changes.items()
    }
    return circumstances_of(
        report.facts, report.assessment, read_circumstances({**GIVEN, **given}), library()
    )


def prescribed(case: Circumstances) -> Programme:
    """The programme that is suggested in these circumstances."""
    return prescribe(case, library().exercises)


def with_exercises(report: Report | None = None, **changes: Any) -> Report:
    """The report with the suggested programme, approved."""
    report = report or signed()
    case = circumstances(report, **changes)
    suggested = prescribed(case)
    approval = Approval(SIGNATURE, SIGNED_AT, start_on=date(2026, 9, 28), review_on=date(2026, 10, 13))
    chosen = [ChosenLine(prescription) for prescription in suggested.prescriptions]
    return replace(report, programme=programme_report(chosen, suggested, case, approval, library().exercises))


def with_precautions(*ids: str, side: Side | None = None) -> Screening:
    """Marisol's screen with these precautions."""
    rows = tuple(PrecautionRow(one, side) for one in ids)
    return screened(*RIGHT_WEAK, precautions=Precautions(answered=True, rows=rows))
