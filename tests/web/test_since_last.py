"""What changed since the last signed screening is judged at the signature, and kept with it."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from clinic_app.domain.change import Verdict
from clinic_app.domain.finding import Finding
from clinic_app.domain.protocol import Side
from clinic_app.exchange.report_json import report_from_json
from clinic_app.records.patient import Patient
from clinic_app.records.screening import Screening
from clinic_app.records.user import User
from tests import papers, people, screened
from tests.at_table import ABDUCTION, AtTable

MARCH = date(2026, 3, 10)


@pytest.fixture
def weaker_then(app: Flask, session: Session, patient: Patient) -> Screening:
    """In March the right abductors were graded 2."""
    row = screened.signed(app, session, patient, {(ABDUCTION, Side.RIGHT): "2"}, MARCH)
    session.commit()
    return row


@pytest.mark.usefixtures("weaker_then")
def test_a_signature_keeps_the_change_that_the_draft_printed(table: AtTable, session: Session) -> None:
    table.safe().enter()
    draft = papers.text(table.get("/summary.pdf").data)
    assert "its change since 10 Mar 2026 against measurement error" in draft
    assert "4, pain 0/10 Real: 6 steps stronger (limit 2), clinical convention" in draft
    table.sign()
    session.rollback()
    since = report_from_json(session.get_one(Screening, table.id).report or {}).since
    assert since
    assert since.on == MARCH
    [change] = [change for change in since.changes if (change.item, change.side) == (ABDUCTION, Side.RIGHT)]
    assert (change.verdict, change.then, change.now) == (Verdict.REAL, "2", "4")
    assert change.limit


def test_the_first_screening_of_a_patient_has_no_change(table: AtTable, session: Session) -> None:
    table.safe().enter().sign()
    report = session.get_one(Screening, table.id).report or {}
    assert "since" not in report


def test_an_unlikely_body_mass_that_was_confirmed_is_kept_as_confirmed(
    app: Flask, session: Session, patient: Patient
) -> None:
    bob = session.query(User).filter_by(username=people.BOB.username).one()
    heavy = Finding("demographics", values={"mass_kg": 151}, confirmed=("mass_kg",))
    row = screened.draft(session, patient, bob, [*screened.safe_answers(app), heavy])
    ended = screened.end(app, session, row, bob, screened.ReportStatus.SIGNED)
    assert report_from_json(ended.report or {}).facts.subject.confirmed == ("mass_kg",)
