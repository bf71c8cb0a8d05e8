"""The log that a patient brings back: what was written of each week, for all exercises or for one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

ALL = ""
DAYS_OF_A_WEEK = 7
MOST_PAIN = 10


@dataclass(frozen=True)
class LogWeek:
    """One week from 1. Days done 0-7, pain 0-10; None is not written, which is never zero."""

    week: int
    days_done: int | None = None
    pain: int | None = None
    pain_next_morning: int | None = None

    @property
    def returned(self) -> bool:
        """Something of the week was written."""
        return (self.days_done, self.pain, self.pain_next_morning) != (None, None, None)


@dataclass(frozen=True)
class LogEntry:
    """A week as one author wrote it, for one exercise, or for all (`exercise` empty)."""

    facts: LogWeek
    exercise: str = ALL
    comment: str = ""
    by_patient: bool = False


def standing(entries: Iterable[LogEntry], week: int, exercise: str = ALL) -> LogEntry | None:
    """What holds for this week and exercise: the clinic's entry, which corrects the patient's own."""
    found = [one for one in entries if (one.facts.week, one.exercise) == (week, exercise)]
    return min(found, key=lambda one: one.by_patient, default=None)


def weeks_of(entries: Iterable[LogEntry], exercise: str, count: int) -> tuple[LogWeek, ...]:
    """The weeks of one exercise; what was not written of it alone is what was written of all."""
    held = tuple(entries)
    return tuple(_week(held, exercise, week) for week in range(1, count + 1))


def weeks_over(start_on: date, today: date, count: int) -> int:
    """How many weeks of the log are over, from 0 to all of them."""
    return min(max((today - start_on).days // DAYS_OF_A_WEEK, 0), count)


def _week(entries: tuple[LogEntry, ...], exercise: str, week: int) -> LogWeek:
    blank = LogEntry(LogWeek(week))
    own = (standing(entries, week, exercise) or blank).facts
    common = (standing(entries, week) or blank).facts
    return LogWeek(
        week,
        *(
            getattr(common if getattr(own, name) is None else own, name)
            for name in ("days_done", "pain", "pain_next_morning")
        ),
    )
