"""The approved home programme as the therapist's summary lists it."""

from collections.abc import Mapping

from clinic_app.domain.protocol import Group
from clinic_app.domain.report import Report, ReportDecision, ReportLine
from clinic_app.web.papers.measured import Remark
from clinic_app.web.wording.classes import group_word
from clinic_app.web.wording.dates import moment_words, short_day
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
    told += [_proposal_words(decision, report) for decision in programme.proposals]
    return tuple(told)


def _line_words(line: ReportLine, report: Report) -> str:
    words = (
        f"{worked_sides_words(line.prescription.sides)}: {prescription_words(line.prescription, line.unit)}"
    )
    if line.reason:
        against = "; ".join(exclusion_words(code, report.terms.words) for code in line.accepted)
        words += ". " + _("Added against: %(codes)s. Reason: %(why)s", codes=against or "-", why=line.reason)
    return f"{words}. {_('Note to the patient: %(note)s', note=line.note)}" if line.note else words


def _proposal_words(decision: ReportDecision, report: Report) -> str:
    """What was decided on one proposal of the log before, by whom and when."""
    said = _("accepted “%(what)s”", what=decision.value) if decision.value else _("not accepted")
    if decision.reason:
        said += f" ({decision.reason})"
    return _(
        "Proposed by the returned log, %(exercise)s: %(said)s. %(who)s, %(at)s.",
        exercise=_(decision.subject),
        said=said,
        who=decision.made_by,
        at=moment_words(decision.made_at, report),
    )


def _groups(groups: tuple[Group, ...], words: Mapping[str, Mapping[str, str]]) -> str:
    return ", ".join(group_word(group, words) for group in groups)
