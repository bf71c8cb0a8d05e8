"""Then and now: each change is judged in words beside its values."""

from datetime import date
from decimal import Decimal
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from clinic_app.domain.finding import Finding
from clinic_app.domain.protocol import Side
from clinic_app.domain.report import ReportStatus
from clinic_app.records.patient import Patient
from clinic_app.records.user import User
from tests import screened

MARCH, JULY = date(2026, 3, 10), date(2026, 7, 14)


class Clinic:
    """Signs screenings of one patient and reads the page that sets the last two beside each other."""

    def __init__(self, app: Flask, session: Session, patient: Patient, client: FlaskClient) -> None:
        self.app, self.session, self.patient, self.client = app, session, patient, client

    def sign(self, on: date, *findings: Finding, by: str = "bob") -> None:
        user = self.session.scalars(select(User).filter_by(username=by)).one()
        held = [*screened.safe_answers(self.app), Finding("demographics", values={"mass_kg": 60}), *findings]
        draft = screened.draft(self.session, self.patient, user, held, on)
        screened.end(self.app, self.session, draft, user, ReportStatus.SIGNED)
        self.session.commit()

    def page(self) -> str:
        return " ".join(self.client.get(f"/patients/{self.patient.id}/compare").text.split())


def force(newtons: str, **differing: Any) -> Finding:
    setup = {"position": "side_lying", "pad": "ankle", "lever_cm": Decimal(40), **differing}
    return Finding("hhd_abduction", Side.RIGHT, values={"trials_n": (Decimal(newtons),), **setup}, pain=0)


def test_a_force_beyond_the_limit_is_called_real_with_its_limit_and_basis(
    app: Flask, session: Session, patient: Patient, as_bob: FlaskClient
) -> None:
    clinic = Clinic(app, session, patient, as_bob)
    clinic.sign(MARCH, force("100"))
    clinic.sign(JULY, force("124"))

    page = clinic.page()

    assert 'Real: 24 % more torque (limit 20 %) <span class="chg-basis">Clinical convention</span>' in page
    assert "0.667, now 0.827 N·m/kg" in page
    assert "Better by more than measurement error: Hip abduction, dynamometer (right)." in page


def test_just_under_the_limit_never_reads_as_the_limit(
    app: Flask, session: Session, patient: Patient, as_bob: FlaskClient
) -> None:
    clinic = Clinic(app, session, patient, as_bob)
    clinic.sign(MARCH, force("500"))
    clinic.sign(JULY, force("599.9"))

    assert "Within measurement error: 19.9 % more torque (limit 20 %)" in clinic.page()


def test_another_therapist_needs_the_wider_limit_and_the_page_says_so(
    app: Flask, session: Session, patient: Patient, as_bob: FlaskClient
) -> None:
    clinic = Clinic(app, session, patient, as_bob)
    clinic.sign(MARCH, force("100"))
    clinic.sign(JULY, force("124"), by="alice")

    assert "Within measurement error: 24 % more torque (limit 30 %, another tester)" in clinic.page()


def test_another_position_is_not_compared_and_both_are_named(
    app: Flask, session: Session, patient: Patient, as_bob: FlaskClient
) -> None:
    clinic = Clinic(app, session, patient, as_bob)
    clinic.sign(MARCH, force("100"))
    clinic.sign(JULY, force("150", position="supine"))

    page = clinic.page()

    assert "Not compared: the position differs (side-lying, abducted about 30°, supine)" in page
    assert "No test changed by more than measurement error." in page


def test_one_grade_is_within_the_error_between_therapists_though_the_class_changed(
    app: Flask, session: Session, patient: Patient, as_bob: FlaskClient
) -> None:
    clinic = Clinic(app, session, patient, as_bob)
    clinic.sign(MARCH, Finding("mmt_hip_abduction", Side.RIGHT, values={"grade": "3+"}, pain=0))
    clinic.sign(JULY, Finding("mmt_hip_abduction", Side.RIGHT, values={"grade": "4-"}, pain=0))

    page = clinic.page()

    assert "<h1>Right hip abductors: likely weakness, before marked weakness</h1>" in page
    assert "Within the error between therapists: 1 step stronger (limit 2)" in page


def test_pain_is_told_number_by_number_and_less_is_better(
    app: Flask, session: Session, patient: Patient, as_bob: FlaskClient
) -> None:
    clinic = Clinic(app, session, patient, as_bob)
    sore = {"now": 5, "worst_24h": 6, "least_24h": 0}
    clinic.sign(MARCH, Finding("pain_nprs", Side.LEFT, values=sore))
    clinic.sign(JULY, Finding("pain_nprs", Side.LEFT, values={**sore, "now": 2, "worst_24h": 5}))

    page = clinic.page()

    assert "Right now. Real: 3 points less (limit 2)" in page
    assert "Worst in the last 24 hours. Within measurement error: 1 point less (limit 2)" in page
    assert "Better by more than measurement error: Pain, 0 to 10 (left)." in page


def test_what_has_no_published_limit_says_so_and_is_not_judged(
    app: Flask, session: Session, patient: Patient, as_bob: FlaskClient
) -> None:
    clinic = Clinic(app, session, patient, as_bob)
    stood = Finding("sls_time", Side.LEFT, values={"trials_s": (Decimal("6.5"),)}, pain=0)
    down = Finding("step_down", Side.LEFT, values={"score": 4}, pain=0)
    clinic.sign(MARCH, stood, down)
    stood = Finding("sls_time", Side.LEFT, values={"trials_s": (Decimal("12.4"),)}, pain=0)
    clinic.sign(JULY, stood, Finding("step_down", Side.LEFT, values={"score": 1}, pain=0))

    page = clinic.page()

    assert "5.9 s more. No published limit for real change" in page
    assert "Category changed: poor, now good. No published limit for real change" in page
    assert "Better by" not in page
