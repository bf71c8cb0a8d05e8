"""Nothing that was typed is lost when a sign-in ends."""

import re
from html import unescape

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from clinic_app.records.patient import Patient
from tests import people

HIDDEN = re.compile(r'type="hidden" name="([^"]*)" value="([^"]*)"')
HERE = {"Origin": "http://localhost"}


def _hidden_fields(page: str) -> dict[str, str]:
    return {name: unescape(value) for name, value in HIDDEN.findall(page)}


def test_what_was_typed_when_the_sign_in_had_ended_is_sent_again_after_signing_in(
    client: FlaskClient, session: Session
) -> None:
    typed = {
        "family_name": "Sato",
        "given_names": "Kenji",
        "born_on-day": "9",
        "born_on-month": "12",
        "born_on-year": "1988",
        "sex": "male",
        "language": "en",
        "print_size": "normal",
        "note": "knee & <hip>",
        "password": "secret",
    }
    refused = client.post("/patients/new", data=typed, headers=HERE)
    who = {"username": "bob", "password": people.BOB.password}
    again = client.post("/sign-in", data={**_hidden_fields(refused.text), **who})
    sent = client.post("/patients/new", data=_hidden_fields(again.text))

    assert refused.status_code == 401
    assert "secret" not in refused.text + again.text
    assert 'action="/patients/new"' in again.text
    assert sent.status_code == 303
    assert session.scalars(select(Patient.note)).one() == "knee & <hip>"


def test_a_form_of_another_site_is_not_kept(client: FlaskClient) -> None:
    refused = client.post(
        "/admin/users", data={"username": "eve"}, headers={"Origin": "https://evil.example"}
    )

    assert refused.status_code == 401
    assert "eve" not in refused.text


def test_a_form_with_an_old_token_is_kept_and_can_be_sent_again(as_bob: FlaskClient) -> None:
    answer = as_bob.post("/patients/new", data={"family_name": "Sato", "csrf_token": "old"}, headers=HERE)

    assert answer.status_code == 400
    assert "Your entries are kept" in answer.text
    assert 'name="family_name" value="Sato"' in answer.text
