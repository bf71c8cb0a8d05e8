"""The referral letter as it is printed: to whom, about whom, how urgent, and the therapist's words."""

from typing import Any

from clinic_app.domain.letter import ReportLetter
from clinic_app.domain.report import Report, ReportStatus
from clinic_app.domain.safety import Advice
from clinic_app.web.papers import identity
from clinic_app.web.papers.measured import Remark
from clinic_app.web.wording.dates import day_words, moment_words, short_day
from clinic_app.web.wording.language import say as _


def letter_page(report: Report) -> dict[str, Any]:
    """The values of documents/letter.html; of a stopped screen it says what was answered and done."""
    letter = report.letter
    if letter is None:
        raise ValueError("the report has no letter")
    stopped = report.status is ReportStatus.STOPPED
    signed = _signer_line(letter, report)
    return {
        "title": _("Referral letter, %(person)s", person=identity.patient_line(report)),
        "report": report,
        "letter": letter,
        "foot": identity.Foot(identity.patient_line(report), signed, _mark(letter, report)),
        "heading": _("Referral letter: screen stopped") if stopped else _("Referral letter"),
        "person": _person(report),
        "taken": _screen(report),
        "urgent": letter.urgency in (Advice.URGENT, Advice.REFER_PROMPTLY),
        "urgency": _(letter.urgency_words),
        "parts": _parts(letter, stopped=stopped),
        "signed": signed,
        "content": identity.content_line(report),
        "own": identity.own_line(report),
    }


def _person(report: Report) -> str:
    born, number = short_day(report.patient.born_on), report.patient.record_number
    return _("Born %(born)s. Record %(number)s", born=born, number=number)


def _screen(report: Report) -> str:
    day = day_words(report.taken_on)
    return _("Gluteal strength screen of %(day)s, %(who)s", day=day, who=report.examiner)


def _parts(letter: ReportLetter, *, stopped: bool) -> tuple[Remark, ...]:
    parts = (
        Remark(_("What was answered") if stopped else _("Reason"), letter.reason),
        Remark(_("Findings that matter"), letter.findings),
        Remark(_("What was done"), letter.done),
        Remark(_("What we ask"), letter.question),
    )
    return tuple(part for part in parts if part.words)


def _signer_line(letter: ReportLetter, report: Report) -> str:
    if letter.signed_at is None:
        return _("Examined by %(who)s", who=report.examiner)
    return _("Signed by %(who)s, %(at)s", who=letter.signed_by, at=moment_words(letter.signed_at, report))


def _mark(letter: ReportLetter, report: Report) -> str:
    draft = "" if letter.signed_at else _("Draft: not signed")
    return ". ".join(part for part in (draft, identity.demonstration(report)) if part)
