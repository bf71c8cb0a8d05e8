"""The first page: find a patient, carry on with what is unfinished, and what was signed lately."""

from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from clinic_app.domain.progress import first_gap
from clinic_app.records.screening import Screening, recent_drafts, recent_signed
from clinic_app.web import current, language
from clinic_app.web.looking_back import past_of
from clinic_app.web.screenings.page import ScreeningPage, page_of, resume_url, sections

blueprint = Blueprint("today", __name__)

DRAFTS = 10
SIGNED = 8


@blueprint.get("/")
def home() -> Response:
    """Work starts with today."""
    return redirect(url_for("today.today"), 303)


@blueprint.get("/today")
def today() -> str:
    """Today in the clinic."""
    session = current.session()
    drafts = recent_drafts(session, limit=DRAFTS)
    signed = recent_signed(session, limit=SIGNED)
    for row in (*drafts, *signed):
        current.note_read(current_user.id, "screening", row.id, row.patient_id)
    return render_template(
        "today/today.html",
        now=language.moment_here(),
        drafts=[_draft(row) for row in drafts],
        signed=[past_of(row) for row in signed],
    )


def _draft(row: Screening) -> dict[str, Any]:
    page = page_of(row)
    made = sections(page)
    return {
        "row": row,
        "href": resume_url(page),
        "sections": made,
        "ready": first_gap(page.steps) is None and not page.on_hold,
        "on_hold": page.on_hold,
        "where": _where(page),
        "done": sum(section["done"] for section in made),
        "total": sum(section["total"] for section in made),
    }


def _where(page: ScreeningPage) -> str:
    """The position in which the work goes on."""
    gap = first_gap(page.steps)
    return current.library().words["position"][gap.item.position] if gap else ""
