"""Share links are off until an administrator gives an address that patients reach, and says why."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from clinic_app.records.setting import Setting
from clinic_app.records.share_link import Terms, terms_now

PAGE = "/admin/settings/share"
ON = {
    "works": "on",
    "address": "https://exercises.example.org/",
    "days": "10",
    "reason": "patients ask",
    "seen": "0",
}


def keep(client: FlaskClient, **changes: str) -> Any:
    return client.post_form(PAGE, ON | changes, PAGE)


def test_they_are_off_by_default(as_alice: FlaskClient, session: Session) -> None:
    page = as_alice.get(PAGE).text
    assert '<option selected value="off">' in page
    assert 'value="14"' in page
    assert terms_now(session) is None


def test_an_administrator_switches_them_on_and_off_with_the_reason(
    as_alice: FlaskClient, session: Session
) -> None:
    assert keep(as_alice).status_code == 303
    assert terms_now(session) == Terms("https://exercises.example.org", 10)
    row = session.scalars(select(Setting)).one()
    page = as_alice.get(PAGE).text
    assert "On: https://exercises.example.org, 10 days" in page
    assert keep(as_alice, works="off", seen=str(row.id)).status_code == 303
    session.rollback()
    assert terms_now(session) is None
    assert "https://exercises.example.org" in as_alice.get(PAGE).text


@pytest.mark.parametrize(
    ("field", "typed", "why"),
    [
        ("address", "", "Links stay off without an address that patients can reach"),
        ("address", "http://clinic.example.org", "http://clinic.example.org has to begin with https://"),
        ("address", "https://192.168.1.20", "https://192.168.1.20 is of the clinic&#39;s own network"),
        ("days", "0", "Enter a whole number from 1 to 60"),
        ("days", "61", "Enter a whole number from 1 to 60"),
        ("days", "ten", "Enter a whole number from 1 to 60"),
        ("reason", " ", "Say why"),
    ],
)
def test_what_does_not_fit_is_told_with_its_limit_and_stays_as_typed(
    as_alice: FlaskClient, session: Session, field: str, typed: str, why: str
) -> None:
    answer = keep(as_alice, **{field: typed})
    assert answer.status_code == 422
    assert why in answer.text
    assert typed.strip() in answer.text
    assert terms_now(session) is None


def test_who_did_not_see_the_last_change_is_told(as_alice: FlaskClient) -> None:
    keep(as_alice)
    answer = keep(as_alice, days="20")
    assert answer.status_code == 422
    assert "Somebody else changed it meanwhile" in answer.text


def test_a_therapist_does_not_switch_them(as_bob: FlaskClient) -> None:
    assert as_bob.get(PAGE).status_code == 403
