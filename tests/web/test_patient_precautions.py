"""The precautions that hold for a patient."""

from datetime import date

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from clinic_app.records.patient import Patient, PatientPrecaution
from tests import people


def test_a_precaution_is_noted_with_its_side_and_stands_on_every_page(
    as_bob: FlaskClient, patient: Patient, session: Session
) -> None:
    address = f"/patients/{patient.id}/precautions/new/pc_tha_lateral"
    without_side = as_bob.post_form(address, {})
    answer = as_bob.post_form(address, {"side": "left", "note": "Surgeon: 12 weeks"})

    assert "Choose left, right or both sides" in without_side.text
    assert answer.status_code == 303
    row = session.scalars(select(PatientPrecaution)).one()
    assert (row.precaution, row.side, row.cleared) == ("pc_tha_lateral", "left", False)
    page = as_bob.get(f"/patients/{patient.id}").text
    assert "lateral approach, not cleared, left" in page
    assert "Surgeon: 12 weeks" in page


def test_a_precautions_own_questions_are_kept(
    as_bob: FlaskClient, patient: Patient, session: Session
) -> None:
    as_bob.post_form(f"/patients/{patient.id}/precautions/new/pc_osteoporosis", {"fragility_fracture": "yes"})

    assert session.scalars(select(PatientPrecaution)).one().extra == {"fragility_fracture": True}


def test_a_number_outside_its_limits_is_refused_and_one_inside_is_shown_again(
    as_bob: FlaskClient, patient: Patient, session: Session
) -> None:
    address = f"/patients/{patient.id}/precautions/new/pc_back_extension"

    refused = [as_bob.post_form(address, {"back_pain": typed}) for typed in ("11", "-1", "much")]
    as_bob.post_form(address, {"back_pain": "6"})

    assert all("a whole number from 0 to 10" in page.text for page in refused)
    row = session.scalars(select(PatientPrecaution)).one()
    assert row.extra == {"back_pain": 6}
    assert 'value="6"' in as_bob.get(f"/patients/{patient.id}/precautions/{row.id}").text


def test_clearing_a_precaution_says_who_did_and_when(
    as_bob: FlaskClient, patient: Patient, session: Session
) -> None:
    as_bob.post_form(f"/patients/{patient.id}/precautions/new/pc_tha_lateral", {"side": "both"})
    row = session.scalars(select(PatientPrecaution)).one()
    session.commit()
    address = f"/patients/{patient.id}/precautions/{row.id}"

    refused = as_bob.post_form(address, {"side": "both", "cleared": "y"})
    as_bob.post_form(
        address,
        {
            "side": "both",
            "cleared": "y",
            "cleared_by": "Dr A. Osei, surgeon",
            "cleared_on-day": "2",
            "cleared_on-month": "3",
            "cleared_on-year": "2026",
        },
    )

    assert "Enter who cleared it" in refused.text
    assert "Enter the day on which it was cleared" in refused.text
    session.refresh(row)
    assert (row.cleared, row.side, row.cleared_on) == (True, "", date(2026, 3, 2))
    session.commit()
    assert (
        "Cleared by Dr A. Osei, surgeon, 2 Mar 2026" in as_bob.get(f"/patients/{patient.id}/precautions").text
    )


def test_a_precaution_of_another_patient_cannot_be_reached(
    as_bob: FlaskClient, patient: Patient, session: Session
) -> None:
    other = people.add_patient(session, people.TEWODROS)
    session.commit()
    as_bob.post_form(f"/patients/{other.id}/precautions/new/pc_tha_lateral", {"side": "left"})
    row = session.scalars(select(PatientPrecaution)).one()
    session.commit()

    answer = as_bob.post_form(f"/patients/{patient.id}/precautions/{row.id}/end")

    assert answer.status_code == 404
    assert session.scalars(select(PatientPrecaution)).one()


def test_every_precaution_of_the_content_can_be_noted(
    as_bob: FlaskClient, app: Flask, patient: Patient
) -> None:
    for precaution in app.extensions["clinic"]["library"].precautions.values():
        page = as_bob.get(f"/patients/{patient.id}/precautions/new/{precaution.id}")
        assert page.status_code == 200, precaution.id
        for field in precaution.fields:
            assert f'name="{field.key}"' in page.text, precaution.id
