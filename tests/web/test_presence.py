"""Who else is at a screening, told to each page that has it open; what a device keeps: its name and look."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update
from sqlalchemy.orm import Session

from clinic_app.records.login import Login
from tests import people
from tests.at_table import ABDUCTION, AtTable

IPAD = "Mozilla/5.0 (iPad; CPU OS 17_5) Version/17.5 Mobile/15E148 Safari/604.1"


def _say(client: FlaskClient, table: AtTable, **body: object) -> object:
    headers = {"X-CSRFToken": client.token(), "X-Background": "1"}
    return client.post(table.url("/presence"), json=body, headers=headers)


def test_another_device_is_told_by_its_name_or_its_kind_and_a_save_of_it_can_be_noticed(
    table: AtTable, as_alice: FlaskClient, session: Session
) -> None:
    session.execute(update(Login).values(device=IPAD))
    session.commit()
    table.safe()
    before = _say(table.client, table, tab="a", step="gait_observation").json["changed"]
    table.done(ABDUCTION, "right", {"grade": "4"})

    seen = _say(as_alice, table, tab="b", step="review").json
    assert [other["words"] for other in seen["others"]] == [
        "Also open on Safari on iPad (Bob Lindqvist), at Walking"
    ]
    assert seen["changed"] > before

    as_alice.post_form("/account/device", {"device_name": "iPad at the window"})
    seen = _say(table.client, table, tab="a", step="gait_observation").json
    assert seen["others"][0]["device"] == "iPad at the window"
    _say(as_alice, table, tab="b", step="review", leaving=True)
    assert _say(table.client, table, tab="a", step="review").json["others"] == []


@pytest.mark.parametrize(
    "body", [{}, {"tab": "a"}, {"tab": "", "step": "review"}, {"tab": "a" * 41, "step": "review"}]
)
def test_what_says_no_step_is_refused(table: AtTable, body: dict[str, str]) -> None:
    assert _say(table.client, table, **body).status_code == 400
    assert _say(table.client, table, tab="a", step="no_such_step").status_code == 400


def test_a_device_keeps_its_name_and_its_look_for_whoever_signs_in(app: Flask) -> None:
    tablet = app.test_client()
    tablet.sign_in(people.BOB)
    tablet.post_form("/account/device", {"device_name": "Prøverom 2"})
    back = tablet.post_form("/account/look", {"look": "contrast", "next": "/patients?q=x"})
    assert back.location == "/patients?q=x"
    tablet.post_form("/sign-out")
    tablet.sign_in(people.ALICE)

    page = tablet.get("/account").text
    assert page.count("Prøverom 2") == 2
    assert 'data-theme="contrast"' in page

    tablet.post_form("/account/look", {"look": "<b>", "next": "//evil.example"})
    assert "data-theme" not in tablet.get("/account").text
    assert tablet.post_form("/account/look", {"next": "//evil.example"}).location == "/account"
    tablet.post_form("/account/device", {"device_name": ""})
    assert "Prøverom 2" not in tablet.get("/account").text
    assert "40" in tablet.post_form("/account/device", {"device_name": "x" * 41}).text
