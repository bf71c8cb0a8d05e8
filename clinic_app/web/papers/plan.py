"""The approved home programme as the therapist's summary lists it."""

from collections.abc import Iterable, Iterator, Mapping

from clinic_app.domain.protocol import Group
from clinic_app.domain.report import Report, ReportDecision, ReportLine
from clinic_app.web.papers.measured import Remark
from clinic_app.web.wording.classes import group_word
from clinic_app.web.wording.dates import moment_day, moment_words, short_day
from clinic_app.web.wording.language import say as _
from clinic_app.web.wording.programme import exclusion_words, prescription_words, worked_sides_words


def programme_rows(report: Report) -> tuple[Remark, ...]:
    """The exercises of the approved programme, each on one line."""
    lines = report.programme.lines if report.programme else ()
    return tuple(Remark(line.name, _line_words(line, report)) for line in lines)


def programme_remarks(report: Report) -> tuple[str, ...]:
    """When the programme starts and is looked at again, who approved it, what it leaves out or takes up."""
    programme, words = report.programme, report.terms.words
    if programme is None:
        return ()
    told = [
        _(
            "About %(minutes)s minutes. Starts %(start)s, review %(review)s. Pain limit %(limit)s/10. "
            "Approved by %(who)s, %(at)s.",
            minutes=programme.session_minutes,
            start=short_day(programme.start_on),
            review=short_day(programme.review_on),
            limit=programme.pain.limit,
            who=programme.approved_by,
            at=moment_words(programme.approved_at, report),
        )
    ]
    if programme.retest_on:
        told.append(_("Strength is tested again on %(day)s.", day=short_day(programme.retest_on)))
    if programme.goal:
        told.append(_("Goal in the patient's words: %(goal)s", goal=programme.goal))
    if programme.uncovered:
        told.append(_("No safe exercise for: %(groups)s.", groups=_groups(programme.uncovered, words)))
    if programme.deferred:
        told.append(_("Waits for the review: %(groups)s.", groups=_groups(programme.deferred, words)))
    told += _proposals(report, programme.proposals)
    return tuple(told)


def _line_words(line: ReportLine, report: Report) -> str:
    words = (
        f"{worked_sides_words(line.prescription.sides)}: {prescription_words(line.prescription, line.unit)}"
    )
    if line.reason:
        against = "; ".join(exclusion_words(code, report.terms.words) for code in line.accepted)
        words += ". " + _("Added against: %(codes)s. Reason: %(why)s", codes=against or "-", why=line.reason)
    return f"{words}. {_('Note to the patient: %(note)s', note=line.note)}" if line.note else words


def _proposals(report: Report, decisions: Iterable[ReportDecision]) -> Iterator[str]:
    """What was accepted of the log before, and what not: one sentence for each who decided, and day.

    What accepting did, and why something was not accepted, stands with the therapist's own decisions.
    """
    told: dict[tuple[str, str], dict[bool, list[str]]] = {}
    for decision in decisions:
        by = decision.made_by, moment_day(decision.made_at, report)
        told.setdefault(by, {}).setdefault(bool(decision.value), []).append(_(decision.subject))
    words = {True: _("accepted for %(exercises)s"), False: _("not accepted for %(exercises)s")}
    for (who, day), said in told.items():
        parts = [words[kind] % {"exercises": ", ".join(said[kind])} for kind in words if kind in said]
        yield _(
            "Proposals of the returned log: %(said)s. %(who)s, %(day)s.",
            said="; ".join(parts),
            who=who,
            day=day,
        )


def _groups(groups: tuple[Group, ...], words: Mapping[str, Mapping[str, str]]) -> str:
    return ", ".join(group_word(group, words) for group in groups)
