"""The review of a draft, and the record of a screening that is signed or stopped."""

from typing import Any

from flask import abort, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from clinic_app.domain.assessment import Outcome
from clinic_app.domain.report import Report
from clinic_app.records.draft import DRAFT
from clinic_app.records.facts import PRECAUTIONS, RED_FLAGS
from clinic_app.records.letter import letters_of
from clinic_app.records.programme import programme_for
from clinic_app.records.screening import SIGNED
from clinic_app.web import current
from clinic_app.web.banner import banner
from clinic_app.web.reporting import report_of
from clinic_app.web.results import general_notes, group_rows, missing_words, recorded
from clinic_app.web.screenings.asking import still_asked
from clinic_app.web.screenings.blueprint import Answer, blueprint
from clinic_app.web.screenings.page import REVIEW, ScreeningPage, frame, open_page, resume_url
from clinic_app.web.screenings.sign_form import SignForm
from clinic_app.web.wording import (
    force_sentences,
    headline,
    headline_more,
    information_sentence,
    lower_limb_lines,
    pattern_sentence,
    shown_classes,
)


@blueprint.get("/screenings/<int:screening_id>/review")
def review(screening_id: int) -> Answer:
    """What the findings of a draft come to, what is missing, and the signature."""
    page = open_page(screening_id)
    if page.row.status != DRAFT:
        return redirect(url_for("screenings.show", screening_id=screening_id), 303)
    return review_page(page, SignForm(formdata=None, obj=page.row), [])


@blueprint.get("/screenings/<int:screening_id>")
def show(screening_id: int) -> Answer:
    """A signed or stopped screening, read from what was stored then; a draft is gone on with."""
    page = open_page(screening_id)
    if page.row.status == DRAFT:
        return redirect(resume_url(page), 303)
    report = the_report(page)
    return render_template(
        "screenings/signed.html",
        **banner(page.row.patient, page.row.taken_on),
        **results(report),
        screening=page.row,
        recorded=recorded(report),
        signed=page.row.status == SIGNED,
        programme=programme_for(current.session(), page.row.id),
        letters=letters_of(current.session(), page.row.id),
    )


def review_page(page: ScreeningPage, form: SignForm, errors: list[dict[str, str]]) -> str:
    """The review with the form of the signature as it stands."""
    report = the_report(page)
    outcome = report.assessment.outcome
    return render_template(
        "screenings/review.html",
        **frame(page, REVIEW),
        **results(report),
        form=form,
        errors=errors,
        gaps=missing_words(report.assessment, report.terms),
        unanswered=_unanswered(report),
        doubts=still_asked(page),
        letters=letters_of(current.session(), page.row.id),
        stopped=outcome is Outcome.SCREEN_STOPPED,
        incomplete=outcome is Outcome.INCOMPLETE_SAFETY,
    )


def the_report(page: ScreeningPage) -> Report:
    """The report of the screening: stored once it has ended, derived while it is a draft."""
    clinic = current.clinic()
    return report_of(page.row, clinic, current.library()) if clinic else abort(404)


def results(report: Report) -> dict[str, Any]:
    """What the review and the signed record both show."""
    assessment, terms = report.assessment, report.terms
    return {
        "report": report,
        "title": headline(assessment, terms),
        "subtitle": headline_more(assessment, terms),
        "groups": group_rows(report),
        "shown": shown_classes(assessment),
        "lower_limb": lower_limb_lines(assessment, terms),
        "forces": force_sentences(assessment, terms),
        "notes": general_notes(report),
        "information": [information_sentence(one, terms) for one in assessment.information],
        "patterns": [pattern_sentence(pattern, terms) for pattern in assessment.patterns],
        "advice": terms.words["advice"][assessment.safety.advice],
        "must_refer": assessment.safety.advice != "none",
    }


def _unanswered(report: Report) -> list[tuple[str, str]]:
    """The safety lists with a gap: the step that asks, and what is missing there."""
    open_rows = report.assessment.safety.unanswered
    rows = [row for row in open_rows if row != PRECAUTIONS]
    gaps = [(PRECAUTIONS, _("Precautions: not asked"))] if PRECAUTIONS in open_rows else []
    if rows:
        said = ngettext(
            "Red flags: %(num)d row not answered", "Red flags: %(num)d rows not answered", len(rows)
        )
        gaps.insert(0, (RED_FLAGS, said))
    return gaps
