"""The patient fills in their own log: in their language, without signing in, and nothing of it is lost."""

import re
from html import unescape
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from clinic_app.domain.log_week import LogEntry, LogWeek
from clinic_app.records.audit import AuditEvent
from clinic_app.records.programme import Programme
from clinic_app.records.returned_log import Author, ReturnedLog, Written, save_log
from clinic_app.records.user import User
from clinic_app.web import current
from clinic_app.web.logs.patient import patient_log
from tests.at_table import AtTable
from tests.on_sheet import begin


class Visit:
    """A patient who came by an address of their own to the log of their programme."""

    def __init__(self, app: Flask, programme: int, language: str = "en") -> None:
        self.app, self.programme, self.language = app, programme, language

    def get(self, **query: str) -> str:
        return self._answer("GET", query_string=query)[0]

    def post(self, revision: int = 0, **typed: str) -> tuple[str, int]:
        named = {name.replace("_", "-"): value for name, value in typed.items()}
        return self._answer("POST", data={**named, "revision": str(revision)})

    def _answer(self, method: str, **sent: Any) -> tuple[str, int]:
        with self.app.test_request_context("/s/x/log", method=method, **sent):
            answer = patient_log(current.session().get_one(Programme, self.programme), self.language)
            if isinstance(answer, Response):
                return answer.location or "", answer.status_code
            page, code = answer if isinstance(answer, tuple) else (answer, 200)
            return unescape(str(page)), code


@pytest.fixture
def programme(table: AtTable, session: Session) -> int:
    """The approved programme of E02."""
    sheet = begin(table.safe().enter(), session)
    sheet.answer()
    sheet.post("/approve")
    return sheet.id


def rows(session: Session) -> list[ReturnedLog]:
    session.rollback()
    return list(session.scalars(select(ReturnedLog).order_by(ReturnedLog.id)))


def test_the_patient_writes_in_their_own_name(app: Flask, programme: int, session: Session) -> None:
    answer = Visit(app, programme).post(w1_days="5", w1_pain="2", w1_morning="", w1_comment="Went well")
    assert answer == ("/s/x/log?saved=1", 303)
    (row,) = rows(session)
    assert (row.author, row.entered_by_id, row.days_done, row.pain) == ("patient", None, 5, 2)
    assert (row.pain_next_morning, row.comment) == (None, "Went well")
    event = session.scalars(select(AuditEvent).filter_by(noun="returned_log")).one()
    assert event.user_id is None
    page = Visit(app, programme).get(saved="1")
    assert "Your log is saved." in page
    assert 'value="Went well"' in page


def test_the_whole_page_is_in_the_patients_language(app: Flask, programme: int) -> None:
    page = Visit(app, programme, "es").get()
    assert '<html lang="es" dir="ltr">' in page
    text = " ".join(re.sub(r"<[^>]+>", " ", page.partition('log-page">')[2]).split())
    for words in ("Su registro de ejercicios", "Semana 1", "Dolor más alto (0-10)", "Guardar mi registro"):
        assert words in text
    assert "Llame al 112 o busque ayuda ya si" in text
    english = re.findall(r"\b(?:Week|pain|days|Save|log|exercise|your|the)\b", text, re.IGNORECASE)
    assert english == []


def test_what_does_not_fit_is_said_in_plain_words_and_nothing_is_lost(
    app: Flask, programme: int, session: Session
) -> None:
    page, code = Visit(app, programme).post(w2_pain="12", w2_days="4", w2_comment="Mine")
    assert code == 422
    assert "Week 2, Highest pain (0-10): 12 does not fit. Pick a number from 0 to 10." in page
    assert 'value="Mine"' in page
    assert 'name="w2-days" value="4" checked' in page
    assert rows(session) == []


def test_a_log_changed_on_another_device_comes_back_as_it_was_typed(
    app: Flask, programme: int, session: Session
) -> None:
    visit = Visit(app, programme)
    visit.post(w1_days="5")
    page, code = visit.post(w1_days="3")
    assert code == 409
    assert "Your log was changed on another device." in page
    assert 'name="w1-days" value="3" checked' in page
    assert 'name="revision" value="1"' in page
    assert [row.days_done for row in rows(session)] == [5]


def test_the_patient_sees_what_they_wrote_and_not_what_the_clinic_entered(app: Flask, programme: int) -> None:
    Visit(app, programme).post(w1_days="5")
    with app.extensions["clinic"]["write"]() as own:
        bob = own.scalars(select(User).filter_by(username="bob")).one()
        entry = LogEntry(LogWeek(1, 2, 9, 9), comment="Doubtful")
        save_log(own, own.get_one(Programme, programme), Written((entry,), 1), Author(bob))
        own.commit()
    page = Visit(app, programme).get()
    assert 'name="w1-days" value="5" checked' in page
    assert "Doubtful" not in page
    assert "Bob" not in page.partition("<body")[2]


def test_the_page_says_at_once_that_nobody_watches_it_and_whom_to_call(app: Flask, programme: int) -> None:
    page = Visit(app, programme).get()
    assert "No one reads this page right away." in page
    assert "Stop and call your therapist if:" in page
    assert "Call 112 or get help now if:" in page
    assert 'href="tel:5550100"' in page


def test_what_a_patient_types_is_never_run(app: Flask, programme: int, as_bob: FlaskClient) -> None:
    words = "<script>alert(1)</script> ﷽ e\u0301\u0301 \U0001f600"
    Visit(app, programme).post(w1_comment=words)
    for page in (
        as_bob.get(f"/programmes/{programme}/log").text,
        as_bob.get(f"/programmes/{programme}").text,
    ):
        assert "<script>alert" not in page
        assert words in unescape(page)


def test_a_draft_has_no_log_to_fill_in(app: Flask, table: AtTable, session: Session) -> None:
    sheet = begin(table.safe().enter(), session)
    with pytest.raises(NotFound):
        Visit(app, sheet.id).get()
