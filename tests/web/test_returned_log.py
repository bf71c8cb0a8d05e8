"""The log that came back: entered in a few taps, corrected without loss, the patient's words theirs."""

import re
from dataclasses import dataclass
from html import unescape
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from clinic_app.domain.log_week import LogEntry, LogWeek
from clinic_app.records.audit import AuditEvent
from clinic_app.records.programme import Programme
from clinic_app.records.returned_log import Author, ReturnedLog, Written, save_log
from tests.at_table import AtTable
from tests.counting import queries_of
from tests.on_sheet import Sheet, begin

THEM = Author()


@dataclass
class Log:
    """The log of an approved programme, as Bob enters it."""

    app: Flask
    sheet: Sheet

    @property
    def url(self) -> str:
        return f"/programmes/{self.sheet.id}/log"

    @property
    def rows(self) -> list[ReturnedLog]:
        self.sheet.session.rollback()
        return list(self.sheet.session.scalars(select(ReturnedLog).order_by(ReturnedLog.id)))

    def page(self) -> str:
        return plain(self.sheet.table.client.get(self.url))

    def fields(self) -> dict[str, str]:
        """The form as the page shows it, as a browser would send it."""
        page = self.sheet.table.client.get(self.url).text
        told = {name: unescape(value) for name, value in INPUT.findall(page)}
        return told | dict(CHOSEN.findall(page))

    def save(self, **typed: str) -> TestResponse:
        named = {name.replace("_", "-"): value for name, value in typed.items()}
        return self.sheet.table.client.post_form(self.url, {**self.fields(), **named})

    def patient_writes(
        self, *weeks: tuple[int, int | None, int | None, int | None], comment: str = ""
    ) -> None:
        """The patient fills it in, under the share link."""
        with self.app.extensions["clinic"]["write"]() as own:
            programme = own.get_one(Programme, self.sheet.id)
            revision = sum(row.revision for row in self.rows if row.author == "patient")
            entries = tuple(LogEntry(LogWeek(*week), comment=comment) for week in weeks)
            save_log(own, programme, Written(entries, revision), THEM)
            own.commit()


INPUT = re.compile(r'<input (?:type="hidden"|class="input")[^>]*? name="([^"]+)" value="([^"]*)"')
CHOSEN = re.compile(r'<input type="radio" name="([^"]+)" value="([^"]*)" checked>')


def plain(answer: TestResponse) -> str:
    text = re.sub(r"<(?!q|/q)[^>]+>", " ", unescape(answer.text))
    return " ".join(text.split())


@pytest.fixture
def log(app: Flask, table: AtTable, session: Session) -> Log:
    """Bob approved the programme of E02."""
    sheet = begin(table.safe().enter(), session)
    assert sheet.answer().status_code == 303
    assert sheet.post("/approve").status_code == 303
    return Log(app, sheet)


def test_a_log_of_four_weeks_is_entered_on_one_page(log: Log) -> None:
    answer = log.save(
        **{f"w{n}_days": "5" for n in range(1, 5)},
        **{f"w{n}_pain": "2" for n in range(1, 5)},
        **{f"w{n}_morning": "0" for n in range(1, 5)},
        w4_comment="Stairs are easier",
    )
    assert answer.status_code == 303
    assert [(row.week, row.days_done, row.pain, row.pain_next_morning) for row in log.rows] == [
        (n, 5, 2, 0) for n in range(1, 5)
    ]
    page = log.page()
    assert "The log is saved." in page
    assert "Entered by Bob Lindqvist, PT, DPT (PT 2071)" in page
    beside = plain(log.sheet.get())
    assert "From the paper log, entered by Bob Lindqvist" in beside
    assert "Week 4: 5 days, highest pain 2, next morning 0" in beside


def test_a_week_left_blank_is_not_returned_and_a_zero_is_zero(log: Log) -> None:
    log.save(w1_days="0", w3_pain="0")
    assert [(row.week, row.days_done, row.pain) for row in log.rows] == [(1, 0, None), (3, None, 0)]


def test_one_exercise_is_entered_on_its_own(log: Log) -> None:
    first = log.sheet.exercises[0]
    answer = log.sheet.table.client.post_form(log.url, {**log.fields(), f"w1-{first}-days": "2"})
    assert answer.status_code == 303
    assert [(row.exercise, row.days_done) for row in log.rows] == [(first, 2)]


def test_what_does_not_fit_is_named_and_nothing_typed_is_lost(log: Log) -> None:
    answer = log.save(w1_days="9", w1_comment="Her words", w2_pain="7", w3_comment="x" * 501)
    assert answer.status_code == 422
    page = unescape(answer.text)
    assert "Week 1, Days done: 9 does not fit. Choose a whole number from 0 to 7" in page
    assert "Week 3, Patient's words: use at most 500 characters" in page
    assert 'value="Her words"' in page
    assert 'name="w2-pain" value="7" checked' in page
    assert "x" * 501 in page
    assert log.rows == []


def test_it_is_corrected_and_an_unchanged_week_is_not_written_again(log: Log) -> None:
    log.save(w1_days="5", w1_pain="2", w2_days="4")
    log.save(w1_pain="3")
    assert [(row.week, row.pain, row.revision) for row in log.rows] == [(1, 3, 2), (2, None, 1)]
    log.save(w1_pain="")
    assert log.rows[0].pain is None


def test_a_log_changed_elsewhere_is_not_overwritten_and_what_was_typed_stays(log: Log) -> None:
    before = log.fields()
    log.save(w1_days="5")
    answer = log.sheet.table.client.post_form(log.url, {**before, "w1-days": "3", "w2-comment": "Mine"})
    assert answer.status_code == 409
    page = unescape(answer.text)
    assert "This log was changed elsewhere" in page
    assert 'name="w1-days" value="3" checked' in page
    assert 'value="Mine"' in page
    assert [row.days_done for row in log.rows] == [5]
    kept = dict(INPUT.findall(page)) | dict(CHOSEN.findall(page))
    assert log.sheet.table.client.post_form(log.url, kept).status_code == 303
    assert [(row.week, row.days_done, row.comment) for row in log.rows] == [(1, 3, ""), (2, None, "Mine")]


def test_the_patients_words_are_marked_as_theirs_and_stay_when_the_numbers_are_corrected(log: Log) -> None:
    log.patient_writes((1, 5, 9, 1), comment="It hurt <b>a lot</b>")
    assert log.fields()["w1-pain"] == "9"
    log.save(w1_pain="6")
    page = log.page()
    assert "Written by the patient" in page
    assert "highest pain 9, next morning 1 <q>It hurt" in page
    assert "Entered by Bob" in page
    theirs, ours = log.rows
    assert (theirs.comment, theirs.pain, ours.comment, ours.pain) == ("It hurt <b>a lot</b>", 9, "", 6)
    assert "<b>a lot</b>" not in log.sheet.table.client.get(log.url).text


def test_the_page_says_what_the_log_leads_to_with_its_facts(log: Log) -> None:
    log.save(w1_days="5", w1_pain="6", w1_morning="7")
    page = log.page()
    assert "Stop and call" in page
    assert "Week 1: pain 7 on the next morning is above the limit of 5. Clinical convention" in page


def test_a_programme_that_is_not_approved_has_no_log(table: AtTable, session: Session) -> None:
    sheet = begin(table.safe().enter(), session)
    assert table.client.get(f"/programmes/{sheet.id}/log").status_code == 404
    assert table.client.post_form(f"/programmes/{sheet.id}/log", {"w1-days": "3"}).status_code == 404


def test_reading_a_log_is_noted_and_saving_it_too(log: Log, session: Session) -> None:
    log.save(w1_days="5")
    log.page()
    session.rollback()
    events = session.scalars(select(AuditEvent).filter_by(noun="returned_log")).all()
    assert {event.action for event in events} == {"read", "save"}


def test_a_full_log_asks_the_database_no_more_than_an_empty_one(log: Log) -> None:
    few = queries_of(log.app, log.page)
    log.save(**{f"w{n}_days": "5" for n in range(1, 5)})
    log.patient_writes(*((n, 5, 2, 0) for n in range(1, 5)), comment="Fine")
    assert len(queries_of(log.app, log.page)) == len(few)


def test_the_words_of_the_form_are_its_own(log: Log) -> None:
    page: Any = log.sheet.table.client.get(log.url).text
    for label in ("Days done", "Highest pain", "Pain next morning"):
        assert page.count(f"Week 1, {label}</legend>") == 1
