"""When a programme starts, is looked at again, and when strength is tested again: proposed, and how far."""

from dataclasses import dataclass
from datetime import date, timedelta

from clinic_app.domain.dosing import ReviewRules

Span = tuple[date, date]


@dataclass(frozen=True)
class Schedule:
    """The three days of a programme."""

    start_on: date
    review_on: date
    retest_on: date


@dataclass(frozen=True)
class Spans:
    """The first and the last day that each may be."""

    start_on: Span
    review_on: Span
    retest_on: Span


def proposed(start_on: date, rules: ReviewRules) -> Schedule:
    """What is proposed for a programme that starts on that day: the latest review, the latest re-test."""
    spans = spans_of(start_on, start_on, rules)
    return Schedule(start_on, spans.review_on[1], spans.retest_on[1])


def spans_of(made_on: date, start_on: date, rules: ReviewRules) -> Spans:
    """How far the days may lie, for a programme made on one day that starts on another."""
    return Spans(
        _weeks_from(made_on, rules.start_weeks),
        _weeks_from(start_on, rules.first_weeks),
        _weeks_from(start_on, rules.retest_weeks),
    )


def weeks_until(day: date, start_on: date) -> int:
    """The weeks from the start to that day, to the nearest."""
    return round((day - start_on) / timedelta(weeks=1))


def _weeks_from(day: date, weeks: tuple[int, int]) -> Span:
    return day + timedelta(weeks=weeks[0]), day + timedelta(weeks=weeks[1])
