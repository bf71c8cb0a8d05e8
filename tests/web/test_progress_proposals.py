"""What the log proposes for the next programme: with its reason and facts, accepted or not."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from clinic_app.domain.log_week import LogEntry, LogWeek
from clinic_app.exchange.report_json import programme_from_json
from clinic_app.records.programme import Programme
from clinic_app.records.returned_log import Author, Written, save_log
from clinic_app.web import language
from tests.at_table import AtTable
from tests.counting import queries_of
from tests.on_sheet import Sheet, begin
from tests.web.test_returned_log import plain


class Course:
    """A programme that was approved, its log, and the next programme of the same screening."""

    def __init__(self, app: Flask, table: AtTable, session: Session) -> None:
        self.app, self.table = app, table
        self.before = begin(table, session)
        self.before.answer()
        self.before.post("/approve")

    def write(self, *weeks: LogWeek, exercise: str = "", comment: str = "") -> None:
        with self.app.extensions["clinic"]["write"]() as own:
            entries = tuple(LogEntry(week, exercise, comment) for week in weeks)
            save_log(own, own.get_one(Programme, self.before.id), Written(entries, 0), Author())
            own.commit()

    def next(self) -> Sheet:
        answer = self.table.client.post_form(self.table.url("/programme"))
        sheet = Sheet(self.table, self.before.session, int(answer.location.rsplit("/", 1)[1]))
        assert sheet.answer().status_code == 303
        return sheet


@pytest.fixture
def course(app: Flask, table: AtTable, session: Session, monkeypatch: pytest.MonkeyPatch) -> Course:
    """Two weeks after the first programme was approved."""
    made = Course(app, table.safe().enter(), session)
    here = language.moment_here

    def later() -> Any:
        return here() + timedelta(days=15)

    monkeypatch.setattr(language, "moment_here", later)
    return made


GOOD = (LogWeek(1, 5, 2, 0), LogWeek(2, 5, 1, 0))


def decide(sheet: Sheet, exercise: str, verb: str, **typed: str) -> TestResponse:
    return sheet.post(f"/proposals/{exercise}", decide=verb, **typed)


def controls(sheet: Sheet, app: Flask) -> str:
    """An exercise of the sheet that goes on by a set."""
    library = app.extensions["clinic"]["library"].exercises
    return next(one for one in sheet.exercises if library.by_id[one].dose == "control")


def sets_of(sheet: Sheet, exercise: str) -> int:
    return next(
        int(line["prescription"]["sets"])
        for line in sheet.row.lines
        if line["prescription"]["exercise"] == exercise
    )


def test_a_good_log_proposes_progress_with_its_reason_facts_and_words(course: Course) -> None:
    course.write(*GOOD, comment="Feels easy")
    page = plain(course.next().get())
    assert "From the returned log" in page
    assert "Progress" in page
    assert "Pain 2 at most (go: up to 3), settled by the next morning, not rising (weeks 1, 2)." in page
    assert "Week 2: 5 days, highest pain 1, next morning 0" in page
    assert "<q>Feels easy</q>" in page
    assert "Written by the patient" in page
    assert "I have seen: 14 clean repetitions with 4 or more in reserve on 2 sessions in a row" in page


def test_progress_is_accepted_only_with_what_no_log_holds(course: Course, app: Flask) -> None:
    course.write(*GOOD)
    sheet = course.next()
    exercise = controls(sheet, app)
    before = sets_of(sheet, exercise)
    refused = decide(sheet, exercise, "accept:set", **{f"{exercise}-reps": "11", f"decline-{exercise}": "Hm"})
    assert refused.status_code == 422
    assert "tick what you have seen, it is not in the log" in refused.text
    assert 'value="11"' in refused.text
    assert 'value="Hm"' in refused.text
    assert sets_of(sheet, exercise) == before

    accepted = decide(sheet, exercise, "accept:set", **{f"seen-{exercise}": "y"})

    assert accepted.status_code == 303
    assert sets_of(sheet, exercise) == before + 1
    said = sheet.row.circumstances["proposals"][exercise]
    assert (said["advice"], said["accepted"]) == ("progress", f"One set more: {before + 1} sets")
    assert (said["rules"], said["by"]) == (["settled"], "Bob Lindqvist, PT, DPT (PT 2071)")
    assert said["weeks"][0] == {"week": 1, "days_done": 5, "pain": 2, "pain_next_morning": 0}
    assert said["seen"].startswith("14 clean repetitions")
    page = plain(sheet.get())
    assert f"Accepted: One set more: {before + 1} sets" in page
    sheet.post("/approve")
    assert "Decided on the log before" in plain(sheet.get())


def test_with_a_week_that_is_not_known_no_progress_can_be_accepted(course: Course, app: Flask) -> None:
    course.write(GOOD[0])
    sheet = course.next()
    exercise = controls(sheet, app)
    page = plain(sheet.get())
    assert "Week 2 was not returned." in page
    assert "I have seen" not in page
    refused = decide(sheet, exercise, "accept:set", **{f"seen-{exercise}": "y", f"{exercise}-reps": "11"})
    assert refused.status_code == 422
    assert "this is not proposed, as the log and the sheet stand" in refused.text
    assert 'value="11"' in refused.text
    assert "proposals" not in sheet.row.circumstances


def test_easing_goes_back_along_the_progression_with_its_own_dose(course: Course, app: Flask) -> None:
    course.write(GOOD[0], LogWeek(2, 5, 6, 1))
    sheet, library = course.next(), app.extensions["clinic"]["library"].exercises
    page = sheet.get().text
    exercise, easier = next(
        (one, other.id)
        for one in sheet.exercises
        for other in library.easier(library.by_id[one])
        if f'value="accept:easier:{other.id}"' in page
    )
    place = sheet.exercises.index(exercise)
    assert decide(sheet, exercise, f"accept:easier:{easier}").status_code == 303
    assert sheet.exercises[place] == easier
    assert sheet.row.lines[place]["origin"] == "added"


def test_stop_takes_the_exercise_off_the_sheet(course: Course) -> None:
    course.write(GOOD[0], LogWeek(2, 5, 7, 7))
    sheet = course.next()
    exercise = sheet.exercises[0]
    assert "Stop and call" in plain(sheet.get())
    assert decide(sheet, exercise, "accept:remove").status_code == 303
    assert exercise not in sheet.exercises


def test_the_pain_of_one_exercise_is_proposed_for_that_one_alone(course: Course) -> None:
    first = course.before.exercises[0]
    with course.app.extensions["clinic"]["write"]() as own:
        entries = (*(LogEntry(week) for week in GOOD), LogEntry(LogWeek(2, pain=8), first))
        save_log(own, own.get_one(Programme, course.before.id), Written(entries, 0), Author())
        own.commit()
    page = plain(course.next().get())
    assert page.count("Week 2: highest pain 8 is above the limit of 5.") == 1


def test_not_accepting_needs_nothing_or_a_short_reason_and_can_be_taken_back(course: Course) -> None:
    course.write(*GOOD)
    sheet = course.next()
    first, second = sheet.exercises[:2]
    lines = sheet.row.lines
    decide(sheet, first, "decline")
    decide(sheet, second, "decline", **{f"decline-{second}": "Goes on holiday"})
    stored = sheet.row.circumstances["proposals"]
    assert (stored[first]["accepted"], stored[second]["reason"]) == ("", "Goes on holiday")
    assert sheet.row.lines == lines
    assert "Not accepted : Goes on holiday" in plain(sheet.get())
    too_long = decide(sheet, second, "decline", **{f"decline-{second}": "x" * 201})
    assert too_long.status_code == 422
    decide(sheet, second, "again")
    assert set(sheet.row.circumstances["proposals"]) == {first}


def test_a_log_that_is_not_back_proposes_nothing(course: Course) -> None:
    sheet = course.next()
    page = plain(sheet.get())
    assert "is not back: nothing is proposed" in page
    assert decide(sheet, sheet.exercises[0], "accept:keep").status_code == 422


def test_a_proposal_decided_on_an_old_page_changes_nothing(course: Course) -> None:
    course.write(*GOOD)
    sheet = course.next()
    first = sheet.exercises[0]
    typed = {f"decline-{first}": "Goes on holiday"}
    answer = sheet.post(f"/proposals/{first}", decide="decline", revision=1, **typed)
    assert "proposals" not in sheet.row.circumstances
    assert "was also changed elsewhere" in answer.text
    assert 'value="Goes on holiday"' in answer.text


def test_an_approved_programme_takes_no_decision(course: Course) -> None:
    course.write(*GOOD)
    sheet = course.next()
    exercise = sheet.exercises[0]
    sheet.post("/approve")
    decide(sheet, exercise, "decline")
    assert "proposals" not in sheet.row.circumstances


def test_a_long_log_asks_the_database_no_more(course: Course, app: Flask) -> None:
    sheet = course.next()
    few = queries_of(app, sheet.get)
    course.write(*GOOD, comment="Fine")
    assert len(queries_of(app, sheet.get)) == len(few)


def test_where_no_harder_exercise_is_safe_the_editor_says_so(course: Course) -> None:
    course.write(*GOOD)
    sheet = course.next()
    page = plain(sheet.get())
    stuck = page.count("No harder exercise is safe, or suits this weakness, now.")
    kept = sheet.get().text.count('value="accept:keep"')
    assert stuck == kept
    assert kept + page.count("I have seen:") == len(sheet.exercises)


def test_the_log_stands_beside_the_change_at_the_next_screening(course: Course, session: Session) -> None:
    course.write(*GOOD, comment="Feels easy")
    start = plain(course.table.client.get(f"/patients/{course.table.patient_id}/screenings/new"))
    assert "Week 1: 5 days, highest pain 2, next morning 0. Week 2: 5 days" in start
    course.table.revisions = {}
    course.table.start().safe().enter()
    course.table.sign(acknowledged="y")
    page = plain(course.table.client.get(f"/patients/{course.table.patient_id}/compare"))
    assert "Log of the programme from" in page
    assert "Week 1: 5 days, highest pain 2, next morning 0" in page
    assert "<q>Feels easy</q>" in page
    patient = plain(course.table.client.get(f"/patients/{course.table.patient_id}"))
    assert "See or correct the log" in patient
    session.rollback()


def test_a_new_suggestion_opens_the_decisions_again(course: Course) -> None:
    course.write(*GOOD)
    sheet = course.next()
    decide(sheet, sheet.exercises[0], "decline")
    sheet.answer(irritability="moderate")
    assert "proposals" not in sheet.row.circumstances


def test_what_was_decided_is_frozen_with_the_programme_for_its_summary(course: Course, app: Flask) -> None:
    course.write(*GOOD)
    sheet = course.next()
    first, more = next(one for one in sheet.exercises if one != controls(sheet, app)), controls(sheet, app)
    decide(sheet, first, "decline", **{f"decline-{first}": "Goes on holiday"})
    decide(sheet, more, "accept:set", **{f"seen-{more}": "y"})
    assert sheet.post("/approve").status_code == 303
    library = app.extensions["clinic"]["library"].exercises
    frozen = programme_from_json(sheet.row.frozen or {})
    said = {one.subject: (one.value[:12], one.reason, one.made_by) for one in frozen.proposals}
    bob = "Bob Lindqvist, PT, DPT (PT 2071)"
    assert said == {
        library.by_id[first].name: ("", "Goes on holiday", bob),
        library.by_id[more].name: ("One set more", "", bob),
    }
    course.before.session.rollback()
    assert programme_from_json(course.before.row.frozen or {}).proposals == ()


@pytest.mark.parametrize("source", ["last", "template"])
def test_a_sheet_that_starts_from_another_opens_the_decisions_again(
    course: Course, app: Flask, source: str
) -> None:
    course.write(*GOOD)
    sheet = course.next()
    sheet.post(do="keep", template_name="As suggested")
    exercise = controls(sheet, app)
    before = sets_of(sheet, exercise)
    decide(sheet, exercise, "accept:set", **{f"seen-{exercise}": "y"})
    assert sheet.post(do=source, template="1").status_code == 303
    assert sets_of(sheet, exercise) == before
    assert "proposals" not in sheet.row.circumstances
    assert "Accepted:" not in plain(sheet.get())


def test_what_was_decided_for_one_programme_is_not_decided_for_the_next(course: Course) -> None:
    course.write(*GOOD)
    sheet = course.next()
    decide(sheet, sheet.exercises[0], "decline")
    sheet.post("/approve")
    following = course.next()
    assert following.post(do="last").status_code == 303
    assert "proposals" not in following.row.circumstances
    assert "Not accepted" not in plain(following.get())
