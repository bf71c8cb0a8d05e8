"""The first page of the day."""

from datetime import date

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from clinic_app.records.clinic import Clinic
from clinic_app.records.patient import Patient
from clinic_app.records.user import User
from tests import people, screened
from tests.counting import queries_of


def test_the_address_alone_leads_to_today(as_bob: FlaskClient) -> None:
    answer = as_bob.get("/")

    assert (answer.status_code, answer.location) == (303, "/today")


def test_an_empty_clinic_says_what_will_wait_here(as_bob: FlaskClient) -> None:
    page = as_bob.get("/today").text

    assert "Nothing unfinished" in page
    assert "Screenings you pause will wait here." in page
    assert "Nothing signed yet" in page


def test_a_paused_screening_waits_with_its_progress(
    as_bob: FlaskClient, app: Flask, session: Session, patient: Patient
) -> None:
    bob = session.query(User).filter_by(username="bob").one()
    screened.draft(session, patient, bob, screened.safe_answers(app))
    session.commit()

    page = as_bob.get("/today").text

    assert "Duarte, Marisol" in page
    assert "Resume" in page
    assert "steps done" in page


def test_a_signed_screening_shows_its_gravest_pair_in_words(
    as_bob: FlaskClient, app: Flask, session: Session, patient: Patient
) -> None:
    screened.signed(app, session, patient, screened.RIGHT_WEAK)
    session.commit()

    page = as_bob.get("/today").text

    assert "Hip abductors" in page
    assert "Right: Likely weakness" in " ".join(page.split())
    assert "Left: No weakness found" in " ".join(page.split())


def test_a_stopped_screening_is_not_shown_as_a_finding(
    as_bob: FlaskClient, app: Flask, session: Session, patient: Patient
) -> None:
    screened.stopped(app, session, patient)
    session.commit()

    page = as_bob.get("/today").text

    assert "Screen stopped" in page
    assert "No weakness found" not in page


def test_the_day_is_that_of_the_clinic(as_bob: FlaskClient, session: Session) -> None:
    session.get_one(Clinic, 1).time_zone = "Pacific/Kiritimati"
    session.commit()
    east = as_bob.get("/today").text
    session.get_one(Clinic, 1).time_zone = "Pacific/Pago_Pago"
    session.commit()
    west = as_bob.get("/today").text

    heading = "<h1>"
    assert east.split(heading)[1].split("</h1>")[0] != west.split(heading)[1].split("</h1>")[0]


def test_the_page_asks_the_database_as_often_with_many_screenings_as_with_one(
    as_bob: FlaskClient, app: Flask, session: Session
) -> None:
    counts = []
    for wanted in (1, 5):
        for number in range(wanted):
            patient = people.add_patient(session, record_number=f"{wanted}-{number}")
            bob = session.query(User).filter_by(username="bob").one()
            screened.draft(session, patient, bob, screened.safe_answers(app), date(2026, 7, number + 1))
            screened.signed(app, session, patient, screened.RIGHT_WEAK, date(2026, 6, number + 1))
        session.commit()
        counts.append(len(queries_of(app, lambda: as_bob.get("/today"))))

    assert counts[0] == counts[1]
