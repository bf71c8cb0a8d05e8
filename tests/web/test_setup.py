"""Setting the clinic up, once."""

import pytest
from flask import Flask
from sqlalchemy import select

from clinic_app.records.clinic import Clinic, new_setup_link
from clinic_app.records.user import User
from tests import people

SET_UP = {
    **{f"clinic-{name}": value for name, value in people.CLINIC.items()},
    "account-name": "Alice Nakamura",
    "account-title": "PT",
    "account-username": "alice",
    "account-new_password": people.ALICE.password,
    "account-again": people.ALICE.password,
}


@pytest.fixture
def link(empty_app: Flask) -> str:
    with empty_app.extensions["clinic"]["write"]() as session:
        token = new_setup_link(session)
        session.commit()
    return f"/setup/{token}"


def test_the_set_up_page_makes_the_clinic_and_signs_the_first_administrator_in(
    empty_app: Flask, link: str
) -> None:
    first = empty_app.test_client()

    answer = first.post_form(link, SET_UP, link)

    assert (answer.status_code, answer.location) == (303, "/today")
    with empty_app.extensions["clinic"]["read"]() as session:
        assert session.get_one(Clinic, 1).emergency_number == "112"
        assert session.scalars(select(User.role)).all() == ["administrator"]
    assert first.get("/today").status_code == 200


def test_the_set_up_page_is_closed_to_who_does_not_hold_the_link(empty_app: Flask, link: str) -> None:
    assert empty_app.test_client().get(f"{link}x").status_code == 404


def test_the_set_up_page_is_closed_once_there_is_an_account(empty_app: Flask, link: str) -> None:
    empty_app.test_client().post_form(link, SET_UP, link)

    assert empty_app.test_client().get(link).status_code == 404


def test_a_mistake_at_set_up_loses_nothing_that_was_typed(empty_app: Flask, link: str) -> None:
    answer = empty_app.test_client().post_form(link, {**SET_UP, "clinic-phone": ""}, link)

    assert answer.status_code == 422
    assert "Enter the phone number" in answer.text
    assert 'value="Riverside Physiotherapy"' in answer.text
    assert 'value="alice"' in answer.text
    assert people.ALICE.password not in answer.text


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("short", "Use at least 12 characters"),
        ("password1234", "on the list of common passwords"),
        ("alice nakamura", "too easy to guess"),
    ],
)
def test_an_easy_password_is_refused_with_the_reason(
    empty_app: Flask, link: str, typed: str, why: str
) -> None:
    form = {**SET_UP, "account-new_password": typed, "account-again": typed}

    answer = empty_app.test_client().post_form(link, form, link)

    assert answer.status_code == 422
    assert why in answer.text
