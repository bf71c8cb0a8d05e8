"""The patient's goal and the days of a programme: as they are proposed, and as they were typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask import request
from flask_babel import format_date

from clinic_app.domain.dosing import ReviewRules
from clinic_app.domain.schedule import Schedule, Span, Spans, proposed, spans_of
from clinic_app.records.programme import Agreed
from clinic_app.records.programme import Programme as ProgrammeRow
from clinic_app.web import current, language
from clinic_app.web.programmes.doses import Errors, typed_text
from clinic_app.web.wording.dates import short_day
from clinic_app.web.wording.language import say as _


@dataclass(frozen=True)
class DayView:
    """One day as the page shows it: what was typed or stands there, and how far it may lie."""

    name: str
    label: str
    value: str
    span: Span

    @property
    def within(self) -> str:
        """How far it may lie, in words."""
        least, most = self.span
        return _(
            "%(least)s to %(most)s", least=format_date(least, "d MMM"), most=format_date(most, "d MMM y")
        )


def agreed_now(row: ProgrammeRow) -> Agreed:
    """What is set, else what is proposed from today; a draft that lay past its start is proposed anew."""
    made_on, rules = today(), _rules()
    if row.start_on and row.review_on and row.retest_on and row.start_on >= made_on:
        return Agreed(row.goal, row.start_on, row.review_on, row.retest_on)
    days = proposed(made_on, rules)
    return Agreed(row.goal, days.start_on, days.review_on, days.retest_on)


def day_views(row: ProgrammeRow, typed: Mapping[str, str]) -> list[DayView]:
    """The three days with their limits; what was typed stands in the place of what is set."""
    now = agreed_now(row)
    spans = spans_of(today(), now.start_on, _rules())
    labels = _labels()
    return [
        DayView(
            name,
            labels[name],
            typed.get(name, getattr(now, name).isoformat()),
            getattr(spans, name),
        )
        for name in labels
    ]


def typed_agreed(row: ProgrammeRow) -> tuple[Agreed, Errors]:
    """The goal and the days as they were typed; each problem names the field, the value and the limit.

    A review or a re-test that was left as it stood moves along with the start where it would not fit else.
    """
    shown, errors = agreed_now(row), Errors()
    most = current.library().exercises.selection.texts.most_goal
    goal, wrong = typed_text("goal", shown.goal, most, _("Goal"))
    errors += wrong
    start_on = _typed_day("start_on", shown, spans_of(today(), shown.start_on, _rules()), errors)
    moved = proposed(start_on, _rules())
    spans = spans_of(today(), start_on, _rules())
    review_on, retest_on = (
        _moved_or_typed(name, shown, moved, spans, errors) for name in ("review_on", "retest_on")
    )
    return Agreed(goal, start_on, review_on, retest_on), errors


def _moved_or_typed(name: str, shown: Agreed, moved: Schedule, spans: Spans, errors: Errors) -> date:
    stood: date = getattr(shown, name)
    least, most = getattr(spans, name)
    untouched = request.form.get(name, stood.isoformat()) == stood.isoformat()
    if untouched and not least <= stood <= most:
        changed: date = getattr(moved, name)
        return changed
    return _typed_day(name, shown, spans, errors)


def _typed_day(name: str, shown: Agreed, spans: Spans, errors: Errors) -> date:
    stood: date = getattr(shown, name)
    text = request.form.get(name, stood.isoformat()).strip()
    least, most = getattr(spans, name)
    day = _read(text)
    if day and least <= day <= most:
        return day
    said = _(
        "%(what)s: %(value)s does not fit. Enter a day from %(least)s to %(most)s",
        what=_labels()[name],
        value=day_words(text),
        least=short_day(least),
        most=short_day(most),
    )
    errors.append({"href": f"#{name}", "text": said})
    return stood


def day_words(text: str) -> str:
    """What was typed, in words where it is a day."""
    day = _read(text)
    return short_day(day) if day else text or _("nothing")


def _read(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _labels() -> dict[str, str]:
    return {"start_on": _("Start"), "review_on": _("Review"), "retest_on": _("Re-test")}


def today() -> date:
    """This day on the clinic's clock."""
    return language.moment_here().date()


def _rules() -> ReviewRules:
    return current.library().exercises.selection.review
