"""The days of a programme: proposed at the latest that the library allows, counted from the start."""

from datetime import date

from clinic_app.domain.schedule import Schedule, Spans, proposed, spans_of, weeks_until
from tests.programmes import library

RULES = library().selection.review
MONDAY = date(2026, 9, 21)


def test_review_and_re_test_are_proposed_from_the_start() -> None:
    assert proposed(MONDAY, RULES) == Schedule(MONDAY, date(2026, 10, 19), date(2026, 11, 16))


def test_the_limits_of_review_and_re_test_move_with_the_start() -> None:
    assert spans_of(MONDAY, date(2026, 9, 28), RULES) == Spans(
        start_on=(MONDAY, date(2026, 10, 19)),
        review_on=(date(2026, 10, 12), date(2026, 10, 26)),
        retest_on=(date(2026, 11, 9), date(2026, 11, 23)),
    )


def test_the_weeks_to_a_day_are_told_to_the_nearest() -> None:
    assert [weeks_until(date(2026, 11, day), MONDAY) for day in (2, 5, 6, 9)] == [6, 6, 7, 7]
