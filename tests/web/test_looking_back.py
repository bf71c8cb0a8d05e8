"""A patient's page and then beside now."""

from datetime import date

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from clinic_app.domain.finding import Finding, NotDoneReason, PainLimited, Status
from clinic_app.domain.protocol import Side
from clinic_app.domain.report import ReportStatus
from clinic_app.records.patient import Patient
from clinic_app.records.user import User
from tests import people, screened
from tests.counting import queries_of

MARCH, JULY = date(2026, 3, 10), date(2026, 7, 14)


def _plain(page: str) -> str:
    return " ".join(page.split())


def test_a_patient_who_was_never_screened_is_not_called_well(as_bob: FlaskClient, patient: Patient) -> None:
    page = as_bob.get(f"/patients/{patient.id}").text

    assert "Not screened yet" in page
    assert "No weakness found" not in page


def test_the_heading_is_the_finding_of_the_last_signed_screening(
    as_bob: FlaskClient, app: Flask, session: Session, patient: Patient
) -> None:
    screened.signed(app, session, patient, screened.BOTH_STRONG, MARCH)
    screened.signed(app, session, patient, screened.RIGHT_WEAK, JULY)
    session.commit()

    page = _plain(as_bob.get(f"/patients/{patient.id}").text)

    assert "<h1>Right hip abductors: likely weak</h1>" in page
    assert page.index("14 Jul 2026") < page.index("10 Mar 2026")
    assert "Right: Likely weakness" in page


def test_groups_that_were_not_tested_read_cannot_say(
    as_bob: FlaskClient, app: Flask, session: Session, patient: Patient
) -> None:
    screened.signed(app, session, patient, screened.BOTH_STRONG, MARCH)
    session.commit()

    page = _plain(as_bob.get(f"/patients/{patient.id}").text)

    rotators = page.split("<span>Hip external rotators</span>")[1][:600]
    assert "Left: Cannot say" in rotators
    assert "No weakness found" not in rotators


def test_a_stopped_screening_is_listed_as_stopped(
    as_bob: FlaskClient, app: Flask, session: Session, patient: Patient
) -> None:
    screened.stopped(app, session, patient, MARCH)
    session.commit()

    page = as_bob.get(f"/patients/{patient.id}").text

    assert "Screen stopped" in page
    assert "No signed screening yet" in page


def test_a_draft_can_be_resumed_from_the_patient(
    as_bob: FlaskClient, app: Flask, session: Session, patient: Patient
) -> None:
    bob = session.scalars(select(User).filter_by(username="bob")).one()
    screened.draft(session, patient, bob, screened.safe_answers(app))
    session.commit()

    page = as_bob.get(f"/patients/{patient.id}").text

    assert "Not signed yet" in page
    assert "Resume" in page


def test_one_screening_alone_is_not_compared(
    as_bob: FlaskClient, app: Flask, session: Session, patient: Patient
) -> None:
    screened.signed(app, session, patient, screened.BOTH_STRONG, MARCH)
    session.commit()

    assert "One signed screening so far" in as_bob.get(f"/patients/{patient.id}").text
    assert "Then and now needs two" in as_bob.get(f"/patients/{patient.id}/compare").text


def test_then_and_now_names_the_side_and_both_values(
    as_bob: FlaskClient, app: Flask, session: Session, patient: Patient
) -> None:
    screened.signed(app, session, patient, screened.RIGHT_WEAK, MARCH)
    screened.signed(app, session, patient, screened.BOTH_STRONG, JULY)
    session.commit()

    page = _plain(as_bob.get(f"/patients/{patient.id}/compare").text)

    row = page.split("<b>Hip abduction, manual grade</b>")[1].split("</div> </div>")[0]
    assert "Right:</span>" in row
    assert row.index("4, pain 0/10") < row.index("5, pain 0/10")
    assert " gain" not in page


def test_the_earlier_screening_stands_first_whichever_is_picked_first(
    as_bob: FlaskClient, app: Flask, session: Session, patient: Patient
) -> None:
    old = screened.signed(app, session, patient, screened.RIGHT_WEAK, MARCH)
    new = screened.signed(app, session, patient, screened.BOTH_STRONG, JULY)
    session.commit()

    page = as_bob.get(f"/patients/{patient.id}/compare?from={new.id}&to={old.id}").text

    heading = page.split('class="spread phead"')[1].split("</h1>")[0]
    assert heading.index("10 Mar 2026") < heading.index("14 Jul 2026")


def test_a_screening_of_somebody_else_is_never_compared(
    as_bob: FlaskClient, app: Flask, session: Session, patient: Patient
) -> None:
    for day in (MARCH, JULY):
        screened.signed(app, session, patient, screened.BOTH_STRONG, day)
    other = people.add_patient(session, people.TEWODROS)
    foreign = screened.signed(app, session, other, screened.BOTH_STRONG, MARCH)
    session.commit()

    assert as_bob.get(f"/patients/{patient.id}/compare?from={foreign.id}").status_code == 404


def test_what_was_not_tested_or_stopped_by_pain_is_not_compared_and_says_why(
    as_bob: FlaskClient, app: Flask, session: Session, patient: Patient
) -> None:
    bob = session.scalars(select(User).filter_by(username="bob")).one()
    screened.signed(app, session, patient, screened.BOTH_STRONG, MARCH)
    sore = Finding(
        "mmt_hip_abduction",
        Side.RIGHT,
        values={"grade": "4"},
        pain=6,
        pain_limited=PainLimited.YES,
    )
    skipped = Finding(
        "mmt_hip_extension", Side.LEFT, status=Status.NOT_DONE, not_done_reason=NotDoneReason.NO_TIME
    )
    findings = [*screened.safe_answers(app), sore, skipped]
    draft = screened.draft(session, patient, bob, findings, JULY)
    screened.end(app, session, draft, bob, ReportStatus.SIGNED)
    session.commit()

    page = _plain(as_bob.get(f"/patients/{patient.id}/compare").text)

    assert "Pain 6/10 stopped the test" in page
    assert "Not compared: pain limited it" in page
    assert "Not tested: ran out of time" in page or "Not tested: Ran out of time" in page
    assert "Not compared: it was not tested both times" in page


def test_the_page_asks_the_database_as_often_for_many_screenings_as_for_two(
    as_bob: FlaskClient, app: Flask, session: Session, patient: Patient
) -> None:
    counts = []
    for wanted in (2, 6):
        for month in range(wanted):
            screened.signed(app, session, patient, screened.RIGHT_WEAK, date(2025, 1 + month, wanted))
        session.commit()
        counts.append(len(queries_of(app, lambda: as_bob.get(f"/patients/{patient.id}"))))

    assert counts[0] == counts[1]
