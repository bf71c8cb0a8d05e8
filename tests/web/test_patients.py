"""Finding a patient: the list, its search and the suggestions."""

from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from clinic_app.records.audit import AuditEvent
from clinic_app.records.clinic import Clinic
from clinic_app.records.patient import Patient
from tests import people
from tests.counting import queries_of


def test_an_empty_clinic_offers_to_add_the_first_patient(as_bob: FlaskClient) -> None:
    assert "No patient on record yet" in as_bob.get("/patients").text


@pytest.mark.parametrize("typed", ["duarte", "MARISOL dua", "4 2 1969", "1969-02-04", "004127893", "127 893"])
def test_a_patient_is_found_by_name_birth_date_or_record_number(
    as_bob: FlaskClient, patient: Patient, typed: str
) -> None:
    page = as_bob.get("/patients", query_string={"q": typed}).text

    assert patient.full_name in page
    assert "4 Feb 1969" in page


def test_a_clinic_in_the_united_states_writes_the_month_first(
    as_bob: FlaskClient, patient: Patient, session: Session
) -> None:
    session.get_one(Clinic, 1).time_zone = "America/New_York"
    session.commit()

    assert patient.full_name in as_bob.get("/patients?q=2/4/1969").text
    assert patient.full_name not in as_bob.get("/patients?q=4/2/1969").text
    page = as_bob.get("/patients/new").text
    assert page.index('id="born_on-month"') < page.index('id="born_on-day"') < page.index('id="born_on-year"')


def test_no_match_says_what_to_try_and_takes_the_name_along(as_bob: FlaskClient, patient: Patient) -> None:
    page = as_bob.get("/patients?q=Duarte 1968").text

    assert "No patient matches “Duarte 1968”" in page
    assert "Check the year, or search by record number." in page
    assert patient.full_name not in page
    assert 'value="Duarte"' in as_bob.get("/patients/new?name=Duarte Rosa").text


def test_what_is_typed_never_becomes_markup(as_bob: FlaskClient) -> None:
    page = as_bob.get("/patients", query_string={"q": "<script>alert(1)</script>"}).text

    assert "<script>alert" not in page


def test_a_long_list_goes_on_where_the_page_before_ended(as_bob: FlaskClient, session: Session) -> None:
    for number in range(60):
        people.add_patient(session, family_name=f"Family{number:03}", record_number=f"N{number}")
    session.commit()

    first = as_bob.get("/patients").text
    following = first.split("after=")[1].split('"')[0]
    second = as_bob.get(f"/patients?after={following}").text

    assert "60 patients" in first
    assert "Family049" in first
    assert "Family050" not in first
    assert "Family050" in second
    assert "Family059" in second


def test_suggestions_show_birth_date_and_number_and_mark_similar_names(
    as_bob: FlaskClient, patient: Patient, session: Session
) -> None:
    people.add_patient(session, given_names="Inês", born_on=date(2001, 11, 19), record_number="004 302 115")
    session.commit()

    fragment = as_bob.get("/patients/suggest?q=dua").text

    assert fragment.count("Similar name") == 2
    assert "19 Nov 2001" in fragment
    assert "<html" not in fragment
    assert f'data-href="/patients/{patient.id}"' in fragment


def test_the_list_asks_the_database_as_often_for_many_as_for_one(
    as_bob: FlaskClient, app: Flask, session: Session
) -> None:
    counts = []
    for number in range(12):
        people.add_patient(session, record_number=f"N{number}")
        session.commit()
        counts.append(len(queries_of(app, lambda: as_bob.get("/patients?q=duarte"))))

    assert len(set(counts)) == 1


def test_reading_a_patient_leaves_an_event(as_bob: FlaskClient, patient: Patient, session: Session) -> None:
    as_bob.get(f"/patients/{patient.id}")

    event = session.scalars(select(AuditEvent).filter_by(action="read", noun="patient")).one()
    assert event.patient_id == patient.id
    assert event.user_id is not None
