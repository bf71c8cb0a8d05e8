"""Starting a screening, and going on with one where it was left."""

from flask import abort, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from clinic_app.domain.protocol import Inclusion, Protocol
from clinic_app.records.draft import DRAFT
from clinic_app.records.patient import Patient
from clinic_app.records.screening import start_screening
from clinic_app.web import current, language
from clinic_app.web.banner import banner
from clinic_app.web.screenings.blueprint import Answer, blueprint
from clinic_app.web.screenings.page import open_page, resume_url

FIRST = "quick"


@blueprint.get("/patients/<int:patient_id>/screenings/new")
def choose(patient_id: int) -> Answer:
    """The protocols to choose from, the quick one first, each with how long its core takes."""
    patient = current.session().get(Patient, patient_id) or abort(404)
    library = current.library()
    order = dict.fromkeys((FIRST, *library.protocols))
    return render_template(
        "screenings/new.html",
        **banner(patient, language.moment_here().date()),
        protocols=[(library.protocols[id], _core_minutes(library.protocols[id])) for id in order],
        close_href=url_for("patients.show", patient_id=patient_id),
    )


@blueprint.post("/patients/<int:patient_id>/screenings")
def start(patient_id: int) -> Answer:
    """Start a draft of today and go to its first step."""
    session, protocols = current.session(), current.library().protocols
    chosen = protocols.get(request.form.get("protocol", FIRST)) or abort(400)
    if session.get(Patient, patient_id) is None:
        abort(404)
    today = language.moment_here().date()
    row = start_screening(session, patient_id, chosen.id, today, current_user.id)
    session.commit()
    return redirect(url_for("screenings.show_step", screening_id=row.id, step=chosen.lines[0].item), 303)


def _core_minutes(protocol: Protocol) -> int:
    """The minutes of what is always asked."""
    items = current.library().items
    core = (line for line in protocol.lines if line.inclusion is Inclusion.CORE)
    return round(sum(items[line.item].minutes if line.minutes is None else line.minutes for line in core))


@blueprint.get("/screenings/<int:screening_id>/resume")
def resume(screening_id: int) -> Response:
    """Go on at the first gap."""
    page = open_page(screening_id)
    if page.row.status != DRAFT:
        return redirect(url_for("screenings.show", screening_id=screening_id), 303)
    return redirect(resume_url(page), 303)
