"""Entering the paper log that came back, and correcting what stands."""

from collections.abc import Mapping

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy.orm import joinedload

from clinic_app.exchange.report_json import programme_from_json
from clinic_app.records.patient import Patient
from clinic_app.records.programme import APPROVED, Programme
from clinic_app.records.refusal import Outdated
from clinic_app.records.returned_log import Author, Returned, Written, log_of, revision_of, save_log
from clinic_app.records.screening import Screening
from clinic_app.records.user import User
from clinic_app.web import current, language
from clinic_app.web.banner import banner
from clinic_app.web.logs.blueprint import Answer, blueprint
from clinic_app.web.logs.form import LogForm
from clinic_app.web.logs.reading import view_of


@blueprint.get("/programmes/<int:programme_id>/log")
def show(programme_id: int) -> Answer:
    """The form with what stands, and what it leads to."""
    row = _programme(programme_id)
    return _page(row, _form(row))


@blueprint.post("/programmes/<int:programme_id>/log")
def save(programme_id: int) -> Answer:
    """Save what was changed; what does not fit, or was changed elsewhere, comes back as it was typed."""
    row = _programme(programme_id)
    form = _form(row, request.form)
    entries = form.read()
    if form.errors:
        return _page(row, form), 422
    session = current.session()
    try:
        saved = save_log(
            session, row, Written(entries, request.form.get("revision", 0, type=int)), form.author
        )
    except Outdated:
        session.rollback()
        row = _programme(programme_id)
        return _page(row, _form(row, request.form), changed=True), 409
    session.commit()
    flash(_("The log is saved.") if saved else _("Nothing was changed."))
    return redirect(url_for("logs.show", programme_id=programme_id), 303)


def _programme(programme_id: int) -> Programme:
    """The approved programme with its patient; 404 for any other. The reading is remembered."""
    patient = joinedload(Programme.screening).joinedload(Screening.patient).selectinload(Patient.precautions)
    row = current.session().get(Programme, programme_id, options=[patient])
    if row is None or row.status != APPROVED:
        abort(404)
    current.note_read(current_user.id, "returned_log", row.id, row.patient_id)
    return row


def _form(row: Programme, typed: Mapping[str, str] | None = None) -> LogForm:
    session = current.session()
    author = Author(session.get_one(User, current_user.id))
    sheet = programme_from_json(row.frozen or {})
    return LogForm(sheet, tuple(log_of(session, row.id)), author, _words(), typed)


def _page(row: Programme, form: LogForm, *, changed: bool = False) -> str:
    today = language.moment_here().date()
    return render_template(
        "logs/enter.html",
        **banner(row.screening.patient, today),
        programme=row,
        form=form,
        revision=revision_of(form.rows, form.author),
        view=view_of(Returned(row, form.rows), today),
        errors=[{"href": f"#{name}", "text": text} for name, text in form.errors.items()],
        changed=changed,
    )


def _words() -> dict[str, str]:
    return {
        "week": _("Week {n}"),
        "days": _("Days done"),
        "pain": _("Highest pain"),
        "morning": _("Pain next morning"),
        "comment": _("Patient's words"),
        "blank": _("Not written"),
        "each": _("Per exercise"),
        "out_of_range": _("{what}: {value} does not fit. Choose a whole number from {least} to {most}"),
        "too_long": _("{what}: use at most {most} characters"),
    }
