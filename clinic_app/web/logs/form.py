"""A log as a form: for each week what is asked of all exercises, and on request of each; reading it again."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from clinic_app.domain.log_week import ALL, DAYS_OF_A_WEEK, MOST_PAIN, LogEntry, LogWeek, standing
from clinic_app.domain.report import ReportProgramme
from clinic_app.records.returned_log import Author, ReturnedLog, entries_of
from clinic_app.web import current

MOST_COMMENT = 500
COMMENT = "comment"
# What is asked of a week: the key in the form, the fact, and the most it may be; the least is 0.
ASKED = (
    ("days", "days_done", DAYS_OF_A_WEEK),
    ("pain", "pain", MOST_PAIN),
    ("morning", "pain_next_morning", MOST_PAIN),
)
KEYS = (*(key for key, _fact, _most in ASKED), COMMENT)


@dataclass(frozen=True)
class Box:
    """One week of one exercise, or of all: what its inputs show, and the rows that stand behind it."""

    id: str
    week: int
    exercise: str
    values: Mapping[str, str]
    rows: tuple[ReturnedLog, ...]


@dataclass(frozen=True)
class WeekView:
    """One week of the form; `each` are the boxes of single exercises, open when one is filled in."""

    number: int
    first: date
    last: date
    whole: Box
    each: tuple[Box, ...]
    open: bool


@dataclass(frozen=True)
class LogForm:
    """The form of one programme's log. `rows` are those that its author sees, `typed` what was sent.

    `errors` says for each input what is wrong with it.
    """

    sheet: ReportProgramme
    rows: tuple[ReturnedLog, ...]
    author: Author
    words: Mapping[str, str]
    typed: Mapping[str, str] | None = None
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def names(self) -> Mapping[str, str]:
        """The exercises by id."""
        return {line.prescription.exercise: line.name for line in self.sheet.lines}

    @property
    def weeks(self) -> tuple[WeekView, ...]:
        """The weeks in order."""
        return tuple(self._week(number) for number in _numbers())

    def read(self) -> tuple[LogEntry, ...]:
        """What was typed; what does not fit is named in `errors`. A box not on the page stays as it is."""
        return tuple(
            self._entry(week, exercise)
            for week in _numbers()
            for exercise in (ALL, *self.names)
            if any(f"{box_id(week, exercise)}-{key}" in (self.typed or {}) for key in KEYS)
        )

    def _week(self, number: int) -> WeekView:
        first = self.sheet.start_on + timedelta(weeks=number - 1)
        each = tuple(self._box(number, exercise) for exercise in self.names)
        filled = any(value for box in each for value in box.values.values())
        last = first + timedelta(days=DAYS_OF_A_WEEK - 1)
        return WeekView(number, first, last, self._box(number, ALL), each, filled)

    def _box(self, week: int, exercise: str) -> Box:
        id, rows = box_id(week, exercise), self._rows(week, exercise)
        if self.typed is not None:
            return Box(id, week, exercise, {key: self.typed.get(f"{id}-{key}", "") for key in KEYS}, rows)
        held = standing(entries_of(rows), week, exercise)
        facts = held.facts if held else LogWeek(week)
        shown = {key: _shown(getattr(facts, fact)) for key, fact, _most in ASKED}
        own = next((row.comment for row in rows if row.author == self.author.kind), "")
        return Box(id, week, exercise, {**shown, COMMENT: own}, rows)

    def _rows(self, week: int, exercise: str) -> tuple[ReturnedLog, ...]:
        return tuple(row for row in self.rows if (row.week, row.exercise) == (week, exercise))

    def _entry(self, week: int, exercise: str) -> LogEntry:
        id, typed = box_id(week, exercise), self.typed or {}
        facts = {fact: self._number(f"{id}-{key}", key, week, most) for key, fact, most in ASKED}
        comment = typed.get(f"{id}-{COMMENT}", "").strip()
        if len(comment) > MOST_COMMENT:
            what = self._what(COMMENT, week)
            self.errors[f"{id}-{COMMENT}"] = self.words["too_long"].format(what=what, most=MOST_COMMENT)
        return LogEntry(LogWeek(week, **facts), exercise, comment, by_patient=self.author.user is None)

    def _number(self, name: str, key: str, week: int, most: int) -> int | None:
        text = (self.typed or {}).get(name, "").strip()
        if not text:
            return None
        if text.isascii() and text.isdecimal() and len(text) <= 2 and int(text) <= most:
            return int(text)
        told = {"what": self._what(key, week), "value": text[:20], "least": 0, "most": most}
        self.errors[name] = self.words["out_of_range"].format(**told)
        return None

    def _what(self, key: str, week: int) -> str:
        return f"{self.words['week'].format(n=week)}, {self.words[key]}"


def box_id(week: int, exercise: str) -> str:
    """The beginning of the names of a box's inputs."""
    return f"w{week}-{exercise}" if exercise else f"w{week}"


def _numbers() -> Iterator[int]:
    return iter(range(1, current.library().exercises.progress.log.weeks + 1))


def _shown(value: int | None) -> str:
    return "" if value is None else str(value)
