"""Starting a screening, and going on with one where it was left."""

from flask import abort, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from clinic_app.domain.protocol import Inclusion
from clinic_app.records.draft import DRAFT
from clinic_app.records.patient import Patient
from clinic_app.records.screening import start_screening
from clinic_app.web import current, language
from clinic_app.web.screenings.blueprint import Answer, blueprint
from clinic_app.web.screenings.page import frame, open_page, resume_url

PROTOCOL = "quick"


@blueprint.post("/patients/<int:patient_id>/screenings")
def start(patient_id: int) -> Answer:
    """Start a draft of today and go to its first step."""
    session = current.session()
    if session.get(Patient, patient_id) is None:
        abort(404)
    today = language.moment_here().date()
    row = start_screening(session, patient_id, PROTOCOL, today, current_user.id)
    session.commit()
    first = current.library().protocols[PROTOCOL].lines[0].item
    return redirect(url_for("screenings.show_step", screening_id=row.id, step=first), 303)


@blueprint.get("/screenings/<int:screening_id>/resume")
def resume(screening_id: int) -> Response:
    """Go on at the first gap."""
    page = open_page(screening_id)
    if page.row.status != DRAFT:
        return redirect(url_for("screenings.show", screening_id=screening_id), 303)
    return redirect(resume_url(page), 303)


@blueprint.get("/screenings/<int:screening_id>/steps")
def all_steps(screening_id: int) -> Answer:
    """All steps as a page, for whoever has no script, and those that nothing has opened."""
    page = open_page(screening_id)
    if page.row.status != DRAFT:
        return redirect(url_for("screenings.show", screening_id=screening_id), 303)
    not_opened = [s for s in page.steps if not s.included and s.inclusion is Inclusion.CONDITIONAL]
    return render_template(
        "screenings/steps.html", **frame(page, "review"), not_opened=not_opened, resume=resume_url(page)
    )
