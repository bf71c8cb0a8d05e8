"""The therapist's summary: all that its template prints."""

from typing import Any

from clinic_app.domain.assessment import Outcome
from clinic_app.domain.report import Report
from clinic_app.web.papers import classes, facts, identity, measured, plan
from clinic_app.web.wording.classes import headline, headline_more, lower_limb_lines, shown_classes
from clinic_app.web.wording.dates import short_day
from clinic_app.web.wording.forces import force_sentences
from clinic_app.web.wording.language import say as _
from clinic_app.web.wording.reasons import information_sentence, note_sentence, pattern_sentence


def summary_page(report: Report) -> dict[str, Any]:
    """The values of documents/summary.html."""
    assessment, terms = report.assessment, report.terms
    return {
        "title": _("Gluteal strength screen, %(person)s", person=identity.patient_line(report)),
        "report": report,
        "foot": identity.foot(report),
        "heading": facts.heading_line(report),
        "person": facts.person_line(report),
        "facts": facts.facts(report),
        "headline": headline(assessment, terms),
        "more": headline_more(assessment, terms),
        "advice": _(terms.words["advice"][assessment.safety.advice]),
        "groups": classes.group_rows(report),
        "shown": shown_classes(assessment),
        "measured": measured.measured(report),
        "since": short_day(report.since.on) if report.since else "",
        "real": measured.real(report),
        "not_tested": measured.not_tested(report),
        "lower_limb": lower_limb_lines(assessment, terms),
        "forces": force_sentences(assessment, terms),
        "notes": [note_sentence(note, terms) for note in assessment.notes],
        "patterns": [pattern_sentence(pattern, terms) for pattern in assessment.patterns],
        "information": [information_sentence(one, terms) for one in assessment.information],
        "decisions": facts.decisions(report),
        "exercises": plan.programme_rows(report),
        "programme": plan.programme_remarks(report),
        "whys": classes.whys(report) if assessment.outcome is Outcome.ASSESSED else (),
        "signed": identity.signer_line(report),
        "content": identity.content_line(report),
        "own": identity.own_line(report),
    }
