"""`clinic demo`: fill an empty folder with the demonstration clinic."""

import sys
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import click
from flask import Flask
from sqlalchemy.orm import Session

from clinic_app.app import create_app
from clinic_app.config import Settings
from clinic_app.demonstration.story import Story, Visit, findings_of, read_clinic
from clinic_app.domain.prescribe import prescribe
from clinic_app.domain.report import ChosenLine, Report, ReportStatus
from clinic_app.exchange.chosen_lines import lines_to_json
from clinic_app.exchange.programme_json import read_circumstances
from clinic_app.exchange.report_json import programme_to_json, report_from_json, report_to_json, sha256_of
from clinic_app.records.clinic import THE_ID, Clinic, the_clinic
from clinic_app.records.finding import Entry, save_finding
from clinic_app.records.migrate import upgrade
from clinic_app.records.patient import Patient
from clinic_app.records.programme import Approval as Stored
from clinic_app.records.programme import Lines, Programme, approve, draft_programme, save_lines
from clinic_app.records.returned_log import Author, Written, logs_of, save_log
from clinic_app.records.screening import (
    Screening,
    Signing,
    screenings_of,
    sign_screening,
    start_screening,
    stop_screening,
)
from clinic_app.records.user import Account, User, add_user
from clinic_app.web.programmes.plan import completed, plan_of
from clinic_app.web.reporting import Approval, derived_report, final_report, programme_report
from clinic_app.web.since_last import since_last

PASSWORD = "only a demonstration"  # noqa: S105
DAYS_BETWEEN_PEOPLE = 30
DAYS_BETWEEN_VISITS = 84
REVIEW_AFTER = timedelta(weeks=4)
GIVEN: dict[str, Any] = {
    "patient": {"falls_risk": "low", "goal": "daily", "sport": None, "minor_confirmed": None},
    "gate": {"post_op": "no", "surgeon_clearance": None},
    "irritability": "low",
    "weight_bearing": {"left": "fwb", "right": "fwb"},
    "equipment": ["chair", "loop_band"],
    "positions_not_tolerated": [],
    "pathways": [],
    "floor_transfer_ok": "yes",
    "cleared_for_impact": "no",
    "stage": "initial",
    "max_exercises": None,
}


@click.command("demo")
def command() -> None:
    """Make the demonstration clinic in an empty folder: 30 invented patients, 90 screenings."""
    settings = Settings.from_environment()
    app = create_app(settings)
    upgrade(app.extensions["clinic"]["engine"])
    with app.app_context(), app.extensions["clinic"]["write"]() as session:
        clinic = the_clinic(session)
        if clinic and not clinic.is_demo:
            sys.exit(f"{settings.folder} holds a real clinic. Name another folder: CLINIC_FOLDER=...")
        if not clinic:
            _fill(app, session)
    click.echo(f"Sign in as demo (administrator) or therapist, both with the password: {PASSWORD}")


def _fill(app: Flask, session: Session) -> None:
    details, accounts, stories = read_clinic()
    session.add(Clinic(id=THE_ID, is_demo=True, **details))
    users = [add_user(session, Account(password=PASSWORD, **account), by_id=None) for account in accounts]
    with click.progressbar(list(enumerate(stories)), label="Inventing patients") as people:
        for number, story in people:
            _Person(app, session, users[number % 2]).live(number, story)
    session.commit()


class _Person:
    """One invented patient, from the first visit to the last."""

    def __init__(self, app: Flask, session: Session, therapist: User) -> None:
        self.library = app.extensions["clinic"]["library"]
        self.session, self.therapist = session, therapist

    def live(self, number: int, story: Story) -> None:
        """Be recorded, screened and given a programme at each visit; of one person its log comes back."""
        patient = Patient(record_number=f"DEMO-{number + 1:03}", note="Invented person", **story.person)
        self.session.add(patient)
        self.session.flush()
        last = datetime.now(UTC).date() - timedelta(days=1 + number * DAYS_BETWEEN_PEOPLE)
        for back, visit in zip(reversed(range(len(story.visits))), story.visits, strict=True):
            self._visit(patient, story, visit, last - timedelta(days=back * DAYS_BETWEEN_VISITS))
        if story.log:
            self._bring_back_logs(patient, story)

    def _visit(self, patient: Patient, story: Story, visit: Visit, day: date) -> None:
        row = start_screening(self.session, patient.id, "quick", day, self.therapist.id)
        at = datetime.combine(day, time(10, 40), UTC)
        row.reason, row.action_taken = story.reason, visit.action
        row.started_at = row.touched_at = at - timedelta(minutes=12)
        self.session.flush()
        for finding in findings_of(story, visit, self.library):
            save_finding(self.session, Entry(row.id, finding, self.therapist.id))
        self.session.refresh(row, ["rows", "decisions", "patient", "started_by"])
        report = self._sign(row, ReportStatus.STOPPED if visit.red_flag else ReportStatus.SIGNED, at)
        if not visit.red_flag:
            self._approve(self._begin(row, report, story), report, at)

    def _bring_back_logs(self, patient: Patient, story: Story) -> None:
        """Enter the log of each programme, then begin the next one, which shows what it proposes."""
        for returned in logs_of(self.session, patient.id):
            save_log(self.session, returned.programme, Written(story.log, 0), Author(self.therapist))
        row = screenings_of(self.session, patient.id)[0]
        self._begin(row, report_from_json(row.report or {}), story)

    def _sign(self, row: Screening, status: ReportStatus, at: datetime) -> Report:
        clinic = the_clinic(self.session)
        assert clinic  # noqa: S101
        derived = derived_report(row, clinic, self.library)
        compared = since_last(derived, self.session, row, self.library.rules)
        report = final_report(compared, status, self.therapist.signature, at)
        document = report_to_json(report)
        signing = Signing(
            report=document,
            sha256=sha256_of(document),
            content_version=report.content_version,
            signature=self.therapist.signature,
            user_id=self.therapist.id,
            at=at,
        )
        (stop_screening if status is ReportStatus.STOPPED else sign_screening)(self.session, row, signing)
        return report

    def _begin(self, row: Screening, report: Report, story: Story) -> Programme:
        gate = {"post_op": "yes", "surgeon_clearance": "yes"} if story.surgeon_cleared else GIVEN["gate"]
        entered = {"given": {**GIVEN, "gate": gate}, "answers": {}}
        programme = draft_programme(self.session, row, self.therapist.id)
        whole, _waiting = completed(report, read_circumstances(entered["given"]), {})
        suggested = prescribe(whole, self.library.exercises).prescriptions
        lines = lines_to_json(ChosenLine(prescription) for prescription in suggested)
        save_lines(self.session, programme, Lines(entered, lines, programme.revision), self.therapist.id)
        return programme

    def _approve(self, programme: Programme, report: Report, at: datetime) -> None:
        plan = plan_of(programme, report)
        if not plan.open or not plan.lines:
            return
        approval = Approval(self.therapist.signature, at, at.date(), at.date() + REVIEW_AFTER)
        frozen = programme_report(
            plan.lines, plan.suggested, plan.circumstances, approval, self.library.exercises
        )
        approve(
            self.session,
            programme,
            Stored(programme_to_json(frozen), self.therapist, at, programme.revision),
        )
