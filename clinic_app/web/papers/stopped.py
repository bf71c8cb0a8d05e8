"""The page of a stopped screen: what was found, why the screen stopped, where to go."""

from typing import Any

from clinic_app.domain.report import Report
from clinic_app.domain.safety import Consequence
from clinic_app.web.papers import facts, identity
from clinic_app.web.papers.measured import Remark
from clinic_app.web.wording.language import say as _
from clinic_app.web.wording.reasons import citation


def stopped_page(report: Report) -> dict[str, Any]:
    """The values of documents/stopped.html; the gravest row first."""
    terms = report.terms
    rows = [terms.red_flags[flag.row] for flag in report.assessment.safety.open]
    rows.sort(key=lambda row: list(Consequence).index(row.consequence))
    answers = {flag.row: flag.answer for flag in report.assessment.safety.open}
    return {
        "title": _("Screen stopped, %(person)s", person=identity.patient_line(report)),
        "report": report,
        "foot": identity.foot(report),
        "heading": facts.heading_line(report),
        "person": facts.person_line(report),
        "urgent": any(row.consequence is Consequence.STOP_URGENT for row in rows),
        "rows": [
            {
                "name": _(row.name),
                "answer": _(terms.words["answer"][answers[row.id]]),
                "ask": _(row.ask),
                "consequence": _(terms.words["consequence"][row.consequence]),
                "do_now": _(row.do_now),
                "sources": [citation(source, terms) for source in row.sources],
            }
            for row in rows
        ],
        "facts": (
            Remark(_("Reason"), report.reason or _("Not recorded")),
            Remark(_("Precautions"), facts.precautions_words(report)),
        ),
        "signed": identity.signer_line(report),
        "content": identity.content_line(report),
    }
