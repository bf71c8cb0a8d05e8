"""A log that came back, and what it leads to, in the therapist's words."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from flask_babel import ngettext

from clinic_app.domain.dosing import PainBands
from clinic_app.domain.exercise_library import DoseClass
from clinic_app.domain.log_week import LogWeek
from clinic_app.domain.progress_proposal import Because
from clinic_app.domain.progress_rules import Advice, LogRule, Step
from clinic_app.domain.progress_ways import Way
from clinic_app.web.wording.language import say as _


class Held(NamedTuple):
    """What the weeks were held against: the programme's pain guide, and the days that progress asks for."""

    pain: PainBands
    days: int


def week_words(week: LogWeek) -> str:
    """What was written of a week: "Week 2: 3 days, highest pain 4, next morning not written"."""
    if not week.returned:
        return _("Week %(week)s: not returned", week=week.week)
    days = _("days not written") if week.days_done is None else days_words(week.days_done)
    return _(
        "Week %(week)s: %(days)s, highest pain %(pain)s, next morning %(morning)s",
        week=week.week,
        days=days,
        pain=_number(week.pain),
        morning=_number(week.pain_next_morning),
    )


def days_words(days: int) -> str:
    """Days done: "1 day"."""
    return str(ngettext("%(num)d day", "%(num)d days", days))


def advice_words(advice: Advice | None) -> str:
    """What is proposed."""
    return {
        Advice.PROGRESS: _("Progress"),
        Advice.GO_ON: _("Go on as now"),
        Advice.HOLD: _("Hold"),
        Advice.EASE: _("Ease"),
        Advice.STOP: _("Stop and call"),
        None: _("Nothing proposed: no week is filled in"),
    }[advice]


def because_words(because: Because, held: Held) -> str:
    """One reason with the facts it rests on: "Week 2: highest pain 6 is above the limit of 5."."""
    return _SAID[because.rule](because, held)


def criterion_words(dose: DoseClass) -> str:
    """When an exercise of this dose class moves on, which only the therapist sees."""
    return _(dose.progress_when)


def way_words(way: Way, dose: DoseClass, names: Mapping[str, str]) -> str:
    """What accepting it this way does: "One set more, 3 sets"."""
    sets = str(ngettext("%(num)d set", "%(num)d sets", way.sets))
    return {
        Step.SET: _("One set more: %(sets)s", sets=sets),
        Step.LOAD: _("More load: %(load)s", load=_(dose.progress_to).partition(";")[0]),
        Step.EXERCISE: _("On to: %(name)s", name=_(names.get(way.exercise, ""))),
        Step.FEWER_SETS: _("One set less: %(sets)s", sets=sets),
        Step.HALF_SETS: _("Half the sets: %(sets)s", sets=sets),
        Step.EASIER: _("Back to: %(name)s", name=_(names.get(way.exercise, ""))),
        Step.REMOVE: _("Take it off the sheet"),
        Step.KEEP: _("Keep it as it is"),
    }[way.step]


def _number(value: int | None) -> str:
    return _("not written") if value is None else str(value)


def _numbers(because: Because) -> str:
    return ", ".join(str(week.week) for week in because.weeks)


def _which(because: Because) -> str:
    numbers = _numbers(because)
    return str(ngettext("week %(numbers)s", "weeks %(numbers)s", len(because.weeks), numbers=numbers))


def _pains(because: Because) -> str:
    return ", ".join(_number(week.pain) for week in because.weeks)


def _morning_over_limit(because: Because, held: Held) -> str:
    return _(
        "Week %(week)s: pain %(pain)s on the next morning is above the limit of %(limit)s.",
        week=_numbers(because),
        pain=because.weeks[0].pain_next_morning,
        limit=held.pain.limit,
    )


def _rising(because: Because, _held: Held) -> str:
    return _(
        "The pain went up %(times)s weeks in a row: %(pains)s (%(weeks)s).",
        times=len(because.weeks) - 1,
        pains=_pains(because),
        weeks=_which(because),
    )


def _over_limit(because: Because, held: Held) -> str:
    return _(
        "Week %(week)s: highest pain %(pain)s is above the limit of %(limit)s.",
        week=_numbers(because),
        pain=_pains(because),
        limit=held.pain.limit,
    )


def _not_settled(because: Because, held: Held) -> str:
    return _(
        "Week %(week)s: pain %(pain)s on the next morning has not settled (at most %(most)s).",
        week=_numbers(because),
        pain=because.weeks[0].pain_next_morning,
        most=held.pain.go[1],
    )


def _missed_week(because: Because, _held: Held) -> str:
    return _("Week %(week)s: done on no day. Start again with half the sets.", week=_numbers(because))


def _slow(because: Because, held: Held) -> str:
    low, high = held.pain.slow
    return _(
        "Week %(week)s: highest pain %(pain)s is in the band of slow down (%(band)s).",
        week=_numbers(because),
        pain=_pains(because),
        band=str(low) if low == high else f"{low}–{high}",
    )


def _worse_next_day(because: Because, _held: Held) -> str:
    return _(
        "Week %(week)s: worse on the next morning, %(morning)s after %(pain)s.",
        week=_numbers(because),
        morning=because.weeks[0].pain_next_morning,
        pain=_pains(because),
    )


def _rose(because: Because, _held: Held) -> str:
    return _("The pain went up: %(pains)s (%(weeks)s).", pains=_pains(because), weeks=_which(because))


def _pain_not_written(because: Because, _held: Held) -> str:
    week = because.weeks[0]
    if not week.returned:
        return _("Week %(week)s was not returned.", week=week.week)
    return _("Week %(week)s: pain, or pain on the next morning, is not written.", week=week.week)


def _not_written_before(because: Because, _held: Held) -> str:
    return _("Pain is not known in %(weeks)s: nothing gets harder.", weeks=_which(because))


def _over_limit_before(because: Because, held: Held) -> str:
    limit = held.pain.limit
    return _("Pain was above the limit of %(limit)s in %(weeks)s.", limit=limit, weeks=_which(because))


def _few_days(because: Because, held: Held) -> str:
    week = because.weeks[0]
    if week.days_done is None:
        return _("Week %(week)s: the days done are not written.", week=week.week)
    return _(
        "Week %(week)s: done on %(days)s; the criterion of progress asks for %(asked)s or more.",
        week=week.week,
        days=days_words(week.days_done),
        asked=held.days,
    )


def _settled(because: Because, held: Held) -> str:
    return _(
        "Pain %(most)s at most (go: up to %(go)s), settled by the next morning, not rising (%(weeks)s).",
        most=max(week.pain or 0 for week in because.weeks),
        go=held.pain.go[1],
        weeks=_which(because),
    )


_SAID: Mapping[LogRule, Callable[[Because, Held], str]] = {
    LogRule.MORNING_OVER_LIMIT: _morning_over_limit,
    LogRule.RISING: _rising,
    LogRule.OVER_LIMIT: _over_limit,
    LogRule.NOT_SETTLED: _not_settled,
    LogRule.MISSED_WEEK: _missed_week,
    LogRule.SLOW: _slow,
    LogRule.WORSE_NEXT_DAY: _worse_next_day,
    LogRule.ROSE: _rose,
    LogRule.PAIN_NOT_WRITTEN: _pain_not_written,
    LogRule.NOT_WRITTEN_BEFORE: _not_written_before,
    LogRule.OVER_LIMIT_BEFORE: _over_limit_before,
    LogRule.FEW_DAYS: _few_days,
    LogRule.SETTLED: _settled,
}
