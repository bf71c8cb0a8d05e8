"""Ending a screening because of a red flag: what was done is recorded, and the screen is closed for good."""

from flask import redirect, render_template, url_for
from flask_login import current_user

from clinic_app.domain.report import ReportStatus
from clinic_app.records.draft import DRAFT
from clinic_app.records.screening import change_screening
from clinic_app.web import current
from clinic_app.web.banner import banner
from clinic_app.web.entry import STOPS
from clinic_app.web.fields import problems
from clinic_app.web.screenings.blueprint import Answer, blueprint
from clinic_app.web.screenings.page import ScreeningPage, open_page, resume_url
from clinic_app.web.screenings.sign_form import StopForm
from clinic_app.web.screenings.signing import freeze


@blueprint.get("/screenings/<int:screening_id>/stop")
def stop(screening_id: int) -> Answer:
    """Ask what was done; without an open stop there is nothing to end."""
    page = open_page(screening_id)
    if away := _elsewhere(page):
        return redirect(away, 303)
    return _stop_page(page, StopForm(formdata=None, obj=page.row))


@blueprint.post("/screenings/<int:screening_id>/stop")
def end(screening_id: int) -> Answer:
    """Record the action and end the screening."""
    page = open_page(screening_id)
    if away := _elsewhere(page):
        return redirect(away, 303)
    form = StopForm()
    if not form.validate():
        return _stop_page(page, form), 422
    done = {"action_taken": form.action_taken.data or ""}
    change_screening(current.session(), page.row, done, current_user.id)
    freeze(page, ReportStatus.STOPPED)
    return redirect(url_for("screenings.show", screening_id=screening_id), 303)


def _elsewhere(page: ScreeningPage) -> str:
    if page.row.status != DRAFT:
        return url_for("screenings.show", screening_id=page.row.id)
    return "" if page.on_hold else resume_url(page)


def _stop_page(page: ScreeningPage, form: StopForm) -> str:
    rows = current.library().red_flags
    return render_template(
        "screenings/stop.html",
        **banner(page.row.patient, page.row.taken_on),
        screening=page.row,
        rows=[rows[flag.row] for flag in page.safety.open if flag.consequence in STOPS],
        form=form,
        errors=problems(form),
    )
