"""What a returned log leads to, in words: for each exercise the proposal with its reasons and facts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from clinic_app.domain.evidence import Mark
from clinic_app.domain.exercise import Exercise
from clinic_app.domain.log_week import LogWeek, weeks_of, weeks_over
from clinic_app.domain.progress_proposal import Proposal, propose
from clinic_app.domain.report import ReportProgramme
from clinic_app.exchange.report_json import programme_from_json
from clinic_app.records.returned_log import Returned, ReturnedLog, entries_of
from clinic_app.web import current
from clinic_app.web.wording.language import say as _
from clinic_app.web.wording.log import Held, advice_words, because_words, criterion_words, week_words


@dataclass(frozen=True)
class ReasonView:
    """One reason in words; whether it rests on convention."""

    words: str
    convention: bool


@dataclass(frozen=True)
class ProposalView:
    """The proposal for one exercise of a programme, and the weeks of its log up to now."""

    exercise: Exercise
    proposal: Proposal
    advice: str
    reasons: tuple[ReasonView, ...]
    weeks: tuple[str, ...]
    criterion: str


@dataclass(frozen=True)
class LogView:
    """A programme whose log may have come back: what was written, and what it leads to."""

    returned: Returned
    sheet: ReportProgramme
    weeks: tuple[str, ...]
    proposals: tuple[ProposalView, ...]

    @property
    def is_back(self) -> bool:
        """Something of it was written."""
        facts = entries_of(self.returned.rows)
        return any(entry.facts.returned or entry.comment for entry in facts)

    @property
    def groups(self) -> list[list[ProposalView]]:
        """The proposals, those of which the same is said together."""
        found: dict[tuple[str, tuple[ReasonView, ...]], list[ProposalView]] = {}
        for view in self.proposals:
            found.setdefault((view.advice, view.reasons), []).append(view)
        return list(found.values())

    @property
    def comments(self) -> tuple[ReturnedLog, ...]:
        """The rows with words in them."""
        return tuple(row for row in self.returned.rows if row.comment)


def view_of(returned: Returned, today: date) -> LogView:
    """The log as it stands; a week that is over by `today` should have come back."""
    sheet = programme_from_json(returned.programme.frozen or {})
    library = current.library().exercises
    count = library.progress.log.weeks
    over = weeks_over(sheet.start_on, today, count)
    entries = entries_of(returned.rows)
    known = [
        line.prescription.exercise for line in sheet.lines if line.prescription.exercise in library.by_id
    ]
    views = []
    for exercise in known:
        weeks = weeks_of(entries, exercise, count)
        views.append(_proposal(library.by_id[exercise], weeks, over, sheet))
    whole = weeks_of(entries, "", count)
    return LogView(returned, sheet, _told(whole, over), tuple(views))


def _proposal(
    exercise: Exercise, weeks: tuple[LogWeek, ...], over: int, sheet: ReportProgramme
) -> ProposalView:
    library = current.library().exercises
    rules = library.progress
    proposal = propose(exercise, weeks, over, sheet.pain, rules)
    held = Held(sheet.pain, rules.classes[exercise.dose].days)
    reasons = tuple(
        ReasonView(because_words(one, held), rules.rules[one.rule].basis.mark is Mark.CONVENTION)
        for one in proposal.because
    )
    return ProposalView(
        exercise,
        proposal,
        advice_words(proposal.advice),
        reasons,
        _told(weeks, over),
        criterion_words(library.dose_class(exercise)),
    )


def _told(weeks: Iterable[LogWeek], over: int) -> tuple[str, ...]:
    """The weeks that are over or came back; one that is still to come says nothing."""
    return tuple(week_words(week) for week in weeks if week.returned or week.week <= over)


def exercise_name(row: ReturnedLog, view: LogView) -> str:
    """The exercise that a row is about, empty for all."""
    names = {line.prescription.exercise: line.name for line in view.sheet.lines}
    return _(names.get(row.exercise, "")) if row.exercise else ""
