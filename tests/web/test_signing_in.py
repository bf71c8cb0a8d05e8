"""Signing in and out."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from clinic_app.records.attempt import Attempt
from clinic_app.records.login import Login
from clinic_app.records.table import now
from clinic_app.records.user import Account, User, add_user
from tests import people


def test_signing_in_leads_to_the_page_that_was_asked_for(client: FlaskClient) -> None:
    asked = client.get("/patients?q=duarte")
    answer = client.post_form(
        asked.location,
        {"username": "Bob ", "password": people.BOB.password, "next": "/patients?q=duarte"},
        asked.location,
    )

    assert (answer.status_code, answer.location) == (303, "/patients?q=duarte")


@pytest.mark.parametrize("target", ["//evil.example", "https://evil.example", "/\\evil.example", "/a\nb"])
def test_signing_in_never_leads_to_another_site(client: FlaskClient, target: str) -> None:
    form = {"username": "bob", "password": people.BOB.password, "next": target}

    assert client.post_form("/sign-in", form, "/sign-in").location == "/today"


def test_an_unknown_name_and_a_wrong_password_get_the_same_words(client: FlaskClient) -> None:
    pages = [
        client.post_form("/sign-in", {"username": name, "password": "wrong wrong wrong"}, "/sign-in")
        for name in ("bob", "nobody")
    ]

    assert [page.status_code for page in pages] == [422, 422]
    assert all("No account has this user name and password" in page.text for page in pages)


def test_wrong_passwords_are_slowed_and_the_right_one_works_after_the_wait(
    client: FlaskClient, session: Session
) -> None:
    for _try in range(6):
        client.post_form("/sign-in", {"username": "bob", "password": "wrong wrong wrong"}, "/sign-in")
    refused = client.sign_in(people.BOB)
    for attempt in session.scalars(select(Attempt)):
        attempt.last_at = now() - timedelta(minutes=2)
    session.commit()

    assert "Too many wrong passwords" in refused.text
    assert client.sign_in(people.BOB).status_code == 303


def test_a_disabled_account_cannot_sign_in(client: FlaskClient, session: Session) -> None:
    session.scalars(select(User).filter_by(username="bob")).one().disabled_at = now()
    session.commit()

    assert "No account has this user name and password" in client.sign_in(people.BOB).text


def test_a_copied_cookie_opens_nothing_after_signing_out(app: Flask, as_bob: FlaskClient) -> None:
    with as_bob.session_transaction() as cookie:
        token = cookie["_user_id"]
    as_bob.post_form("/sign-out")
    thief = app.test_client()
    with thief.session_transaction() as cookie:
        cookie["_user_id"] = token

    assert thief.get("/today").status_code == 303


def test_a_sign_in_that_nobody_uses_ends(as_bob: FlaskClient, session: Session) -> None:
    session.scalars(select(Login)).one().seen_at = now() - timedelta(minutes=31)
    session.commit()

    assert as_bob.get("/today").location.startswith("/sign-in")


def test_the_first_administrator_may_also_come_from_the_command_line(app: Flask, session: Session) -> None:
    add_user(session, Account("chen", "Chen Wu", "maple ribbon compass 3", "administrator"), by_id=None)
    session.commit()
    visitor = app.test_client()

    answer = visitor.post_form(
        "/sign-in", {"username": "chen", "password": "maple ribbon compass 3"}, "/sign-in"
    )

    assert answer.status_code == 303
