"""Administration: the clinic's details and the accounts."""

import re

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from clinic_app.records.audit import AuditEvent
from clinic_app.records.clinic import Clinic
from clinic_app.records.user import User
from tests import people

NEW = {"name": "Chen Wu", "title": "PT", "licence": "", "username": "chen", "role": "therapist"}


def _user(session: Session, username: str) -> User:
    session.commit()
    session.expire_all()
    user = session.scalars(select(User).filter_by(username=username)).one()
    session.commit()
    return user


def test_a_therapist_is_told_that_these_pages_are_for_administrators(as_bob: FlaskClient) -> None:
    answer = as_bob.get("/admin/users")

    assert answer.status_code == 403
    assert "It is for administrators" in answer.text


def test_the_clinic_is_changed_and_the_change_is_on_record(as_alice: FlaskClient, session: Session) -> None:
    answer = as_alice.post_form("/admin/clinic", {**people.CLINIC, "paper": "Letter"})

    assert answer.status_code == 303
    assert session.get_one(Clinic, 1).paper == "Letter"
    assert session.scalars(select(AuditEvent).filter_by(noun="clinic", action="change")).one()


def test_a_time_zone_that_does_not_exist_is_refused(as_alice: FlaskClient, session: Session) -> None:
    answer = as_alice.post_form("/admin/clinic", {**people.CLINIC, "time_zone": "Mars/Olympus"})

    assert answer.status_code == 422
    assert session.get_one(Clinic, 1).time_zone == "Europe/Stockholm"


def test_a_new_account_gets_a_first_password_that_works_once(
    app: Flask, as_alice: FlaskClient, session: Session
) -> None:
    page = as_alice.post_form("/admin/users", NEW)
    password = re.search(r'id="first-password">([^<]+)<', page.text)
    assert password
    chen = app.test_client()

    chen.post_form("/sign-in", {"username": "chen", "password": password[1]}, "/sign-in")

    assert chen.get("/today").location == "/account"
    assert _user(session, "chen").must_change_password
    assert password[1] not in as_alice.get("/admin/users").text


def test_a_user_name_that_is_taken_is_named(as_alice: FlaskClient) -> None:
    answer = as_alice.post_form("/admin/users", {**NEW, "username": "bob"})

    assert answer.status_code == 422
    assert "Another account has this user name" in answer.text
    assert 'value="Chen Wu"' in answer.text


def test_resetting_a_password_signs_its_owner_out(
    as_alice: FlaskClient, as_bob: FlaskClient, session: Session
) -> None:
    as_alice.post_form(f"/admin/users/{_user(session, 'bob').id}/reset")

    assert as_bob.get("/today").status_code == 303


def test_a_closed_account_is_signed_out_and_stays_listed(
    as_alice: FlaskClient, as_bob: FlaskClient, session: Session
) -> None:
    as_alice.post_form(f"/admin/users/{_user(session, 'bob').id}/disable")

    assert as_bob.get("/today").status_code == 303
    assert "Closed" in as_alice.get("/admin/users").text


def test_the_last_administrator_stays(as_alice: FlaskClient, session: Session) -> None:
    as_alice.post_form(f"/admin/users/{_user(session, 'alice').id}/disable")

    assert "is the last administrator, and stays" in as_alice.get("/admin/users").text
    assert _user(session, "alice").disabled_at is None
