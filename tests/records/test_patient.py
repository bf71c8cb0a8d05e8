"""A patient's details, each change noted, and a record number that nobody else has."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from clinic_app.records.audit import AuditEvent
from clinic_app.records.patient import Patient, add_patient, change_patient, next_record_number
from clinic_app.records.refusal import Outdated
from clinic_app.records.user import User
from tests import people


def _patient(**changes: object) -> Patient:
    return Patient(**{**people.TEWODROS, **changes})


def test_a_new_patient_is_noted_in_the_audit(session: Session, bob: User) -> None:
    patient = add_patient(session, _patient(), bob.id)
    event = session.scalars(select(AuditEvent)).one()
    assert (event.action, event.noun, event.noun_id, event.patient_id) == (
        "add",
        "patient",
        patient.id,
        patient.id,
    )


def test_the_audit_names_the_changed_fields_and_never_their_values(
    session: Session, marisol: Patient, bob: User
) -> None:
    changes = {"family_name": "Costa", "phone": "555 0199", "sex": "female"}
    change_patient(session, marisol, changes, 1, bob.id)
    event = session.scalars(select(AuditEvent)).one()
    assert event.detail == {"fields": ["family_name", "phone"], "revision": 2}


def test_a_change_on_an_old_page_does_not_overwrite_a_newer_one(
    session: Session, marisol: Patient, bob: User
) -> None:
    change_patient(session, marisol, {"phone": "555 0199"}, 1, bob.id)
    with pytest.raises(Outdated) as refused:
        change_patient(session, marisol, {"phone": "555 0100"}, 1, bob.id)
    assert refused.value.revision == 2
    assert marisol.phone == "555 0199"


def test_saving_without_a_change_leaves_no_trace(session: Session, marisol: Patient, bob: User) -> None:
    change_patient(session, marisol, {"sex": "female"}, 1, bob.id)
    session.commit()
    assert marisol.revision == 1
    assert session.scalars(select(AuditEvent)).all() == []


def test_what_is_rolled_back_leaves_no_audit_event(session: Session, marisol: Patient, bob: User) -> None:
    change_patient(session, marisol, {"phone": "555 0199"}, 1, bob.id)
    session.flush()
    session.rollback()
    assert session.scalars(select(AuditEvent)).all() == []


def test_a_made_record_number_is_one_that_nobody_has(session: Session) -> None:
    assert next_record_number(session) == "P000001"
    session.add(_patient(record_number="P000001"))
    session.add(_patient(record_number="P000003"))
    session.flush()
    number = next_record_number(session)
    assert number not in {"P000001", "P000003"}
    session.add(_patient(record_number=number))
    session.commit()


def test_a_record_number_is_given_once(session: Session, marisol: Patient) -> None:
    session.add(_patient(record_number=marisol.record_number))
    with pytest.raises(IntegrityError):
        session.flush()


def test_age_is_counted_in_whole_years_on_the_day() -> None:
    patient = _patient(born_on=date(1992, 6, 11))
    assert patient.age_on(date(2026, 6, 10)) == 33
    assert patient.age_on(date(2026, 6, 11)) == 34


def test_somebody_born_on_leap_day_has_a_birthday_each_year() -> None:
    patient = _patient(born_on=date(2000, 2, 29))
    assert patient.age_on(date(2026, 2, 28)) == 25
    assert patient.age_on(date(2026, 3, 1)) == 26
