"""Putting a patient on record, and changing what is there."""

from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from clinic_app.records.audit import AuditEvent
from clinic_app.records.patient import Patient
from tests import people

KENJI = {
    "family_name": "Sato",
    "given_names": "Kenji",
    "born_on-day": "9",
    "born_on-month": "12",
    "born_on-year": "1988",
    "sex": "male",
    "language": "en",
    "print_size": "large",
    "email": "kenji@example.org",
}
DUARTE_AGAIN = {
    **KENJI,
    "family_name": "duarte",
    "given_names": "Marisól",
    "born_on-day": "4",
    "born_on-month": "2",
    "born_on-year": "1969",
    "sex": "female",
}


def _count(session: Session) -> int:
    session.commit()
    return session.scalar(select(func.count()).select_from(Patient)) or 0


def _edit_form(patient: Patient, **changes: Any) -> dict[str, Any]:
    return {
        **KENJI,
        "family_name": patient.family_name,
        "given_names": patient.given_names,
        "record_number": patient.record_number,
        "revision": str(patient.revision),
        **changes,
    }


def test_a_new_patient_gets_a_record_number_where_none_was_given(
    as_bob: FlaskClient, session: Session
) -> None:
    answer = as_bob.post_form("/patients/new", KENJI)

    row = session.scalars(select(Patient)).one()
    assert (answer.status_code, answer.location) == (303, f"/patients/{row.id}")
    assert row.record_number
    assert (row.born_on, row.print_size, row.sex) == (date(1988, 12, 9), "large", "male")
    assert session.scalars(select(AuditEvent).filter_by(action="add", noun="patient")).one()


@pytest.mark.parametrize(
    ("field", "typed", "why"),
    [
        ("family_name", " ", "Enter the family name"),
        ("born_on-month", "13", "Enter the date of birth: day, month and year"),
        ("born_on-day", "", "Enter the date of birth: day, month and year"),
        ("born_on-year", "2199", "Enter a date of birth between"),
        ("born_on-year", "1850", "Enter a date of birth between"),
        ("sex", "", "Choose female, male or not stated"),
        ("email", "kenji", "Enter an e-mail address like"),
    ],
)
def test_a_mistake_is_named_and_nothing_typed_is_lost(
    as_bob: FlaskClient, session: Session, field: str, typed: str, why: str
) -> None:
    answer = as_bob.post_form("/patients/new", {**KENJI, field: typed})

    assert answer.status_code == 422
    assert why in answer.text
    assert 'value="Kenji"' in answer.text
    assert _count(session) == 0


def test_a_record_number_that_somebody_has_is_refused_however_it_is_spaced(
    as_bob: FlaskClient, patient: Patient, session: Session
) -> None:
    answer = as_bob.post_form("/patients/new", {**KENJI, "record_number": "004127 893"})

    assert f"{patient.full_name} has this record number" in answer.text
    assert _count(session) == 1


def test_somebody_who_resembles_a_patient_is_shown_beside_them_first(
    as_bob: FlaskClient, patient: Patient, session: Session
) -> None:
    answer = as_bob.post_form("/patients/new", DUARTE_AGAIN)

    assert answer.status_code == 409
    assert "This may be a patient you have" in answer.text
    assert "Being added" in answer.text
    assert "004 127 893" in answer.text
    assert _count(session) == 1

    again = as_bob.post_form("/patients/new", {**DUARTE_AGAIN, "different_from": str(patient.id)})

    assert again.status_code == 303
    assert _count(session) == 2


def test_saying_that_it_is_not_one_patient_does_not_hide_another(
    as_bob: FlaskClient, patient: Patient, session: Session
) -> None:
    other = people.add_patient(session, record_number="2")
    session.commit()

    answer = as_bob.post_form("/patients/new", {**DUARTE_AGAIN, "different_from": str(patient.id)})

    assert answer.status_code == 409
    assert f"/patients/{other.id}" in answer.text


def test_details_are_changed_and_the_change_names_its_fields(
    as_bob: FlaskClient, patient: Patient, session: Session
) -> None:
    answer = as_bob.post_form(f"/patients/{patient.id}/edit", _edit_form(patient, preferred_name="Mari"))

    session.commit()
    event = session.scalars(select(AuditEvent).filter_by(action="change", noun="patient")).one()
    assert answer.status_code == 303
    assert "preferred_name" in event.detail["fields"]
    assert "Mari" not in str(event.detail)


def test_a_change_made_elsewhere_is_shown_and_never_overwritten_unseen(
    as_bob: FlaskClient, as_alice: FlaskClient, patient: Patient, session: Session
) -> None:
    here = _edit_form(patient, phone="555 0111")
    as_alice.post_form(f"/patients/{patient.id}/edit", _edit_form(patient, phone="555 0222"))

    answer = as_bob.post_form(f"/patients/{patient.id}/edit", here)

    assert answer.status_code == 409
    assert "also changed elsewhere" in answer.text
    assert "555 0111" in answer.text
    assert "555 0222" in answer.text
    session.refresh(patient)
    assert patient.phone == "555 0222"
    revision = patient.revision
    session.commit()

    as_bob.post_form(f"/patients/{patient.id}/edit", {**here, "revision": str(revision)})

    session.refresh(patient)
    assert patient.phone == "555 0111"
