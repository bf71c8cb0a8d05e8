"""Screenings on record for the tests: findings saved and signed through the same code as the app's."""

from datetime import date
from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

from clinic_app.domain.finding import Finding
from clinic_app.domain.protocol import Side
from clinic_app.domain.report import ReportStatus
from clinic_app.exchange.report_json import report_to_json, sha256_of
from clinic_app.records.clinic import Clinic
from clinic_app.records.finding import Entry, save_finding
from clinic_app.records.patient import Patient
from clinic_app.records.programme import Approval, Programme, approve, draft_programme
from clinic_app.records.screening import (
    Screening,
    Signing,
    load_screening,
    sign_screening,
    start_screening,
    stop_screening,
)
from clinic_app.records.table import now
from clinic_app.records.user import User
from clinic_app.web.reporting import final_report, report_of
from clinic_app.web.since_last import since_last

Grades = dict[tuple[str, Side], str]

# Left strong, right abductors weak: the right hip abductors are likely weak.
RIGHT_WEAK: Grades = {
    ("mmt_hip_abduction", Side.LEFT): "5",
    ("mmt_hip_abduction", Side.RIGHT): "4",
    ("mmt_hip_extension", Side.LEFT): "5",
    ("mmt_hip_extension", Side.RIGHT): "5",
}
BOTH_STRONG: Grades = {key: "5" for key in RIGHT_WEAK}


def safe_answers(app: Flask) -> tuple[Finding, Finding]:
    """Every red flag answered no, and no precaution."""
    library = app.extensions["clinic"]["library"]
    no = {row: "no" for row in library.red_flags}
    return Finding("red_flags", values=no), Finding("precautions", values={"answered": True, "rows": ()})


def graded(grades: Grades, pain: int = 0) -> list[Finding]:
    """Manual tests with these grades."""
    return [Finding(item, side, values={"grade": grade}, pain=pain) for (item, side), grade in grades.items()]


def draft(
    session: Session, patient: Patient, user: User, findings: Any = (), on: date | None = None
) -> Screening:
    """A draft that holds these findings; the caller commits."""
    screening = start_screening(session, patient.id, "quick", on or date(2026, 7, 14), user.id)
    for finding in findings:
        save_finding(session, Entry(screening.id, finding, user.id))
    loaded = load_screening(session, screening.id)
    assert loaded
    return loaded


def signed(
    app: Flask, session: Session, patient: Patient, grades: Grades, on: date | None = None
) -> Screening:
    """A screening with these grades, signed by Bob; the caller commits."""
    user = session.query(User).filter_by(username="bob").one()
    screening = draft(session, patient, user, [*safe_answers(app), *graded(grades)], on)
    return end(app, session, screening, user, ReportStatus.SIGNED)


def stopped(app: Flask, session: Session, patient: Patient, on: date | None = None) -> Screening:
    """A screening that an open red flag ended; the caller commits."""
    user = session.query(User).filter_by(username="bob").one()
    flags, precautions = safe_answers(app)
    flags = Finding("red_flags", values={**flags.values, "rf_fracture": "yes"})
    return end(
        app, session, draft(session, patient, user, [flags, precautions], on), user, ReportStatus.STOPPED
    )


def end(app: Flask, session: Session, screening: Screening, user: User, status: ReportStatus) -> Screening:
    """Sign or stop the screening."""
    library = app.extensions["clinic"]["library"]
    at = now()
    with app.test_request_context():
        derived = report_of(screening, session.get_one(Clinic, 1), library)
        compared = since_last(derived, session, screening, library.rules)
        report = final_report(compared, status, user.signature, at)
    document = report_to_json(report)
    signing = Signing(document, sha256_of(document), report.content_version, user.signature, user.id, at)
    ends = {ReportStatus.SIGNED: sign_screening, ReportStatus.STOPPED: stop_screening}
    ends[status](session, screening, signing)
    return screening


def approved_anew(session: Session, programme: Programme) -> Programme:
    """The same sheet, approved once more as the patient's newer programme; the caller commits."""
    row = programme.screening
    anew = draft_programme(session, row, row.started_by_id)
    approve(session, anew, Approval(programme.frozen or {}, row.started_by, now(), anew.revision))
    return anew
