"""The precautions that hold for a patient now: noted, changed, cleared, ended."""

from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from clinic_app.domain.safety import Precaution
from clinic_app.records import audit
from clinic_app.records.patient import Patient, PatientPrecaution
from clinic_app.web import current, language
from clinic_app.web.banner import banner, shown
from clinic_app.web.fields import problems
from clinic_app.web.patients.blueprint import Page, blueprint, the_patient, today
from clinic_app.web.precaution_form import PrecautionForm, precaution_form


@blueprint.get("/<int:patient_id>/precautions")
def precautions(patient_id: int) -> Page:
    """What holds now, what was cleared, and all that can be noted."""
    patient = the_patient(patient_id)
    rows = [{"row": row, **shown(row)} for row in patient.precautions]
    return render_template(
        "patients/precautions.html",
        rows=rows,
        known=current.library().precautions.values(),
        **banner(patient, today()),
    )


@blueprint.route("/<int:patient_id>/precautions/new/<precaution_id>", methods=["GET", "POST"])
def note_precaution(patient_id: int, precaution_id: str) -> Page:
    """Note a precaution, with its side and its own questions."""
    patient = the_patient(patient_id)
    precaution = current.library().precautions.get(precaution_id) or abort(404)
    form = precaution_form(precaution)
    if request.method == "POST" and form.validate_on(today()):
        row = PatientPrecaution(precaution=precaution.id)
        form.write_to(row)
        patient.precautions.append(row)
        return _kept(patient, row, "add")
    return _precaution_page(patient, precaution, form)


@blueprint.route("/<int:patient_id>/precautions/<int:row_id>", methods=["GET", "POST"])
def change_precaution(patient_id: int, row_id: int) -> Page:
    """Change what is noted of a precaution, or note who cleared it and when."""
    patient = the_patient(patient_id)
    row = _row_of(patient, row_id)
    precaution = current.library().precautions[row.precaution]
    form = precaution_form(precaution, row)
    if request.method == "POST" and form.validate_on(today()):
        form.write_to(row)
        return _kept(patient, row, "change")
    return _precaution_page(patient, precaution, form, row=row)


@blueprint.post("/<int:patient_id>/precautions/<int:row_id>/end")
def end_precaution(patient_id: int, row_id: int) -> Response:
    """Take a precaution off the list: it was noted by mistake, or does not hold any more."""
    patient = the_patient(patient_id)
    row = _row_of(patient, row_id)
    patient.precautions.remove(row)
    return _kept(patient, row, "end")


def _row_of(patient: Patient, row_id: int) -> PatientPrecaution:
    return next((row for row in patient.precautions if row.id == row_id), None) or abort(404)


def _kept(patient: Patient, row: PatientPrecaution, action: str) -> Response:
    session = current.session()
    session.flush()
    audit.record(
        session,
        user_id=current_user.id,
        action=action,
        noun="precaution",
        noun_id=row.id,
        patient_id=patient.id,
        detail={"precaution": row.precaution},
    )
    session.commit()
    return redirect(url_for("patients.precautions", patient_id=patient.id), 303)


def _precaution_page(patient: Patient, precaution: Precaution, form: PrecautionForm, **more: Any) -> Page:
    errors = problems(form)
    if form.day_problems:
        errors.append({"href": f"#{form.cleared_on.day.id}", "text": form.day_problems[0]})
    page = render_template(
        "patients/precaution.html",
        precaution=precaution,
        form=form,
        errors=errors,
        order=language.date_order(),
        **more,
        **banner(patient, today()),
    )
    return page, 422 if errors else 200
