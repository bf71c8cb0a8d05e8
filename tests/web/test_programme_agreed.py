"""What was agreed with the patient: the goal in their words, the days, and notes to the exercises."""

from datetime import date, timedelta

import pytest

from clinic_app.web.programmes import agreed
from clinic_app.web.reporting import programme_from_json
from tests.on_sheet import Sheet, approve_another, line_of


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> date:
    """A day to count from."""
    chosen = date(2026, 9, 21)
    monkeypatch.setattr(agreed, "today", lambda: chosen)
    return chosen


def test_a_note_to_the_patient_and_the_goal_are_kept_and_frozen(suggested: Sheet) -> None:
    first = suggested.exercises[0]
    suggested.post(**{f"{first}-note": " Use the\nkitchen  counter. ", "goal": "Walk the dog again"})
    assert line_of(suggested, first)["note"] == "Use the kitchen counter."
    assert "Use the kitchen counter." in suggested.get().text
    assert suggested.post("/approve").status_code == 303
    frozen = programme_from_json(suggested.row.frozen or {})
    assert (frozen.goal, frozen.lines[0].note) == ("Walk the dog again", "Use the kitchen counter.")


def test_a_note_that_is_too_long_says_how_long_it_may_be_and_is_not_lost(suggested: Sheet) -> None:
    first, long = suggested.exercises[0], "slowly " * 60
    answer = suggested.post(**{f"{first}-note": long, "goal": "g" * 121})
    assert answer.status_code == 422
    assert "note to the patient: 419 characters do not fit. Use at most 200" in answer.text
    assert "Goal: 121 characters do not fit. Use at most 120" in answer.text
    assert long.strip() in answer.text
    assert "note" not in line_of(suggested, first)


def test_the_next_programme_begins_with_the_goal_of_the_last(suggested: Sheet) -> None:
    assert approve_another(suggested, goal="Climb the stairs").row.goal == "Climb the stairs"


def test_the_days_are_proposed_and_frozen_as_they_were_proposed(suggested: Sheet, today: date) -> None:
    assert suggested.post("/approve").status_code == 303
    frozen = programme_from_json(suggested.row.frozen or {})
    weeks = [(day - today) / timedelta(weeks=1) for day in (frozen.review_on, frozen.retest_on or today)]
    assert frozen.start_on == today
    assert weeks == [4, 8]
    assert frozen.retest_weeks == (8, 8)


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("start_on", "2026-09-20", "Start: 20 Sep 2026 does not fit. Enter a day from 21 Sep 2026 to 19 Oct"),
        ("start_on", "2026-10-20", "Start: 20 Oct 2026 does not fit"),
        ("review_on", "2026-10-04", "Review: 4 Oct 2026 does not fit. Enter a day from 5 Oct 2026 to 19 Oct"),
        ("review_on", "2026-10-20", "Review: 20 Oct 2026 does not fit"),
        ("retest_on", "2026-11-01", "Re-test: 1 Nov 2026 does not fit. Enter a day from 2 Nov 2026 to 16"),
        ("retest_on", "2026-11-17", "Re-test: 17 Nov 2026 does not fit"),
        ("review_on", "soon", "Review: soon does not fit"),
    ],
)
def test_a_day_beyond_its_limit_is_named_with_the_limit(
    suggested: Sheet, today: date, name: str, typed: str, said: str
) -> None:
    answer = suggested.post(**{name: typed})
    assert answer.status_code == 422
    assert said in answer.text
    assert f'value="{typed}"' in answer.text
    assert suggested.row.start_on is None
    assert suggested.post("/approve", **{name: typed}).status_code == 422
    assert today


@pytest.mark.parametrize("typed", ["2026-10-05", "2026-10-19"])
def test_a_day_at_its_limit_is_taken(suggested: Sheet, today: date, typed: str) -> None:
    assert suggested.post(review_on=typed).status_code == 303
    assert suggested.row.review_on == date.fromisoformat(typed)
    assert today


def test_a_review_that_would_come_too_early_moves_along_with_the_start(suggested: Sheet, today: date) -> None:
    suggested.post(review_on=(today + timedelta(weeks=2)).isoformat())
    start = today + timedelta(weeks=1)
    assert suggested.post(start_on=start.isoformat()).status_code == 303
    assert suggested.row.review_on == start + timedelta(weeks=4)
    assert suggested.row.retest_on == today + timedelta(weeks=8)


def test_the_approved_page_shows_goal_note_and_re_test(suggested: Sheet) -> None:
    first = suggested.exercises[0]
    suggested.post("/approve", goal="Walk the dog again", **{f"{first}-note": "Use the counter."})
    page = suggested.get().text
    assert "<q>Walk the dog again</q>" in page
    assert "Note to the patient: Use the counter." in page
    assert "Re-test " in page
