"""How long a sign-in lasts: what a page asks by itself does not keep it open, somebody who is there does."""

from datetime import timedelta

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from clinic_app.records.login import Login
from clinic_app.records.table import now

BACKGROUND = {"X-Background": "1"}


def _seen(session: Session, ago: timedelta) -> None:
    session.scalars(select(Login)).one().seen_at = now() - ago
    session.commit()


def test_a_page_that_asks_by_itself_keeps_nothing_open_and_somebody_who_is_there_does(
    as_bob: FlaskClient, session: Session
) -> None:
    token = as_bob.token()
    _seen(session, timedelta(minutes=29, seconds=30))

    for _ask in range(2):
        told = as_bob.get("/session", headers=BACKGROUND)
        assert told.json["name"] == "Bob Lindqvist"
        assert 25 < told.json["seconds_left"] <= 30
        assert "Set-Cookie" not in told.headers

    _seen(session, timedelta(seconds=40))
    touched = as_bob.post("/session/touch", json={}, headers={"X-CSRFToken": token})
    assert 1795 < touched.json["seconds_left"] <= 1800


def test_after_its_end_the_page_is_told_so_and_nothing_else(as_bob: FlaskClient, session: Session) -> None:
    _seen(session, timedelta(minutes=30, seconds=1))

    for _ask in range(2):
        told = as_bob.get("/session", headers=BACKGROUND)
        assert (told.status_code, told.json) == (401, {"error": "signed_out"})
    assert as_bob.post("/session/touch", json={}).status_code == 401


def test_an_answer_brings_no_cookie_back_that_another_has_changed_meanwhile(
    as_bob: FlaskClient, session: Session
) -> None:
    """It may come when a page is about to tell something, or when the therapist has just signed in again."""
    token = as_bob.token()
    sent = {"X-CSRFToken": token}
    asked = [
        as_bob.get("/today"),
        as_bob.post("/session/touch", json={}, headers=sent),
        as_bob.get("/static/js/idle.js"),
        as_bob.put("/screenings/1/findings/ober/left", json={}, headers=sent),
    ]
    assert [answer.status_code for answer in asked] == [200, 200, 200, 422]
    _seen(session, timedelta(minutes=30, seconds=1))
    left = as_bob.get("/today")
    ended = [left, as_bob.get(left.location), as_bob.post("/session/touch", json={}, headers=sent)]
    assert [answer.status_code for answer in ended] == [303, 200, 401]
    assert [answer.headers.get("Set-Cookie") for answer in (*asked, *ended)] == [None] * 7
