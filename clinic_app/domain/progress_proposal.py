"""From the weeks of a log to a proposal for an exercise. Unknown stays unknown: nothing gets harder on it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from clinic_app.domain.dosing import PainBands
from clinic_app.domain.exercise import Exercise
from clinic_app.domain.log_week import LogWeek
from clinic_app.domain.progress_rules import Advice, LogRule, ProgressRules

_ADVICE = tuple(Advice)


@dataclass(frozen=True)
class Because:
    """A rule that holds, and the weeks it was read from."""

    rule: LogRule
    weeks: tuple[LogWeek, ...]


@dataclass(frozen=True)
class Proposal:
    """What is proposed for one exercise, the gravest reason first; no advice when nothing came back."""

    exercise: str
    advice: Advice | None
    because: tuple[Because, ...] = ()

    @property
    def missed_week(self) -> bool:
        """The last week was missed, so that half the sets are the way back."""
        return any(one.rule is LogRule.MISSED_WEEK for one in self.because)


@dataclass(frozen=True)
class Read:
    """The weeks of one exercise up to the last that is over or came back, with the pain guide it had.

    `days` are those that the criterion of progress asks for, `in_a_row` the rises that stop.
    """

    weeks: tuple[LogWeek, ...]
    pain: PainBands
    days: int
    in_a_row: int

    @property
    def last(self) -> LogWeek:
        """The week that counts most."""
        return self.weeks[-1]


def propose(
    exercise: Exercise, weeks: tuple[LogWeek, ...], over: int, pain: PainBands, rules: ProgressRules
) -> Proposal:
    """The proposal for one exercise; `over` weeks of its log are over, so that each should have come back."""
    back = [week.week for week in weeks if week.returned]
    if not back:
        return Proposal(exercise.id, None)
    read = Read(
        weeks[: max(over, *back)],
        pain,
        rules.classes[exercise.dose].days,
        rules.rules[LogRule.RISING].weeks_in_a_row,
    )
    because = [Because(rule, found) for rule, look in _LOOKS.items() if (found := tuple(look(read)))]
    because = because or [Because(LogRule.SETTLED, read.weeks)]

    def grave(rule: LogRule) -> int:
        return _ADVICE.index(rules.rules[rule].proposes)

    because.sort(key=lambda one: -grave(one.rule))
    return Proposal(exercise.id, rules.rules[because[0].rule].proposes, tuple(because))


def _morning_over_limit(read: Read) -> Iterator[LogWeek]:
    if _over(read.last.pain_next_morning, read.pain.limit):
        yield read.last


def _rising(read: Read) -> Iterator[LogWeek]:
    weeks = read.weeks[-read.in_a_row - 1 :]
    if len(weeks) > read.in_a_row and all(_up(*pair) for pair in pairwise(weeks)):
        yield from weeks


def _over_limit(read: Read) -> Iterator[LogWeek]:
    if _over(read.last.pain, read.pain.limit):
        yield read.last


def _not_settled(read: Read) -> Iterator[LogWeek]:
    morning = read.last.pain_next_morning
    if _over(morning, read.pain.go[1]) and not _over(morning, read.pain.limit):
        yield read.last


def _missed_week(read: Read) -> Iterator[LogWeek]:
    if read.last.days_done == 0:
        yield read.last


def _slow(read: Read) -> Iterator[LogWeek]:
    pain = read.last.pain
    if _over(pain, read.pain.go[1]) and not _over(pain, read.pain.limit):
        yield read.last


def _worse_next_day(read: Read) -> Iterator[LogWeek]:
    pain, morning = read.last.pain, read.last.pain_next_morning
    if pain is not None and _over(morning, pain):
        yield read.last


def _rose(read: Read) -> Iterator[LogWeek]:
    weeks = read.weeks[-2:]
    if len(weeks) == 2 and _up(*weeks) and not any(_rising(read)):
        yield from weeks


def _pain_not_written(read: Read) -> Iterator[LogWeek]:
    # In a week without exercise there is no pain to write; that it was missed is said already.
    if _is_unknown(read.last) and read.last.days_done != 0:
        yield read.last


def _not_written_before(read: Read) -> Iterator[LogWeek]:
    return (week for week in read.weeks[:-1] if _is_unknown(week))


def _over_limit_before(read: Read) -> Iterator[LogWeek]:
    limit = read.pain.limit
    return (
        week for week in read.weeks[:-1] if _over(week.pain, limit) or _over(week.pain_next_morning, limit)
    )


def _few_days(read: Read) -> Iterator[LogWeek]:
    days = read.last.days_done
    if read.last.returned and (days is None or 0 < days < read.days):
        yield read.last


_LOOKS: Mapping[LogRule, Callable[[Read], Iterator[LogWeek]]] = {
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
}


def _over(pain: int | None, limit: int) -> bool:
    return pain is not None and pain > limit


def _up(before: LogWeek, after: LogWeek) -> bool:
    return before.pain is not None and _over(after.pain, before.pain)


def _is_unknown(week: LogWeek) -> bool:
    return week.pain is None or week.pain_next_morning is None
