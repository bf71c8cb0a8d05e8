"""A patient's details: putting somebody on record, and changing what is there."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from clinic_app.records.patient import Patient, add_patient, change_patient, next_record_number
from clinic_app.records.patient_search import similar_patients
from clinic_app.records.refusal import Outdated
from clinic_app.web import current, language
from clinic_app.web.banner import banner
from clinic_app.web.fields import problems, typed
from clinic_app.web.patient_form import RECORDED, PatientForm, form_of, in_words
from clinic_app.web.patients.blueprint import Page, blueprint, the_patient, today

EXAMPLE = {"d": "4", "m": "2", "y": "1969"}
SHOWN_BESIDE = (
    "family_name",
    "given_names",
    "preferred_name",
    "born_on",
    "record_number",
    "sex",
    "phone",
    "email",
)


@blueprint.route("/new", methods=["GET", "POST"])
def new() -> Page:
    """Put somebody on record; who resembles a patient is shown beside them first."""
    form = PatientForm(formdata=None, data=_guessed()) if request.method == "GET" else PatientForm()
    if request.method == "GET" or not (form.validate_on(today()) and _number_is_free(form)):
        return _form_page("patients/new.html", form)
    similar = similar_patients(
        current.session(), typed(form.family_name), typed(form.given_names), form.values()["born_on"]
    )
    if not {str(patient.id) for patient in similar} <= set(request.form.get("different_from", "").split()):
        return _form_page("patients/new.html", form, 409, similar=similar, beside=_beside(form, similar))
    patient = _added(form)
    if patient is None:
        return _form_page("patients/new.html", form)
    return redirect(url_for("patients.show", patient_id=patient.id), 303)


@blueprint.route("/<int:patient_id>/edit", methods=["GET", "POST"])
def edit(patient_id: int) -> Page:
    """Change a patient's details; what somebody else changed meanwhile is shown, never lost."""
    patient = the_patient(patient_id)
    on_bar = banner(patient, today())
    form = form_of(patient) if request.method == "GET" else PatientForm()
    if request.method == "GET" or not (form.validate_on(today()) and _number_is_free(form, patient)):
        return _form_page("patients/edit.html", form, **on_bar)
    values = form.values()
    values["record_number"] = values["record_number"] or patient.record_number
    try:
        change_patient(current.session(), patient, values, _revision(form), current_user.id)
        current.session().commit()
    except Outdated as outdated:
        form.revision.data = str(outdated.revision)
        return _form_page("patients/edit.html", form, 409, differing=_differing(patient, values), **on_bar)
    flash(_("The details are saved"))
    return redirect(url_for("patients.show", patient_id=patient.id), 303)


def _guessed() -> dict[str, Any]:
    """What a new form starts with: the words of the search that found nobody, and the clinic's language."""
    words = request.args.get("name", "").split()
    clinic = current.clinic()
    return {
        "family_name": " ".join(words[:1]),
        "given_names": " ".join(words[1:]),
        "language": clinic.language if clinic else "en",
        "print_size": "normal",
    }


def _added(form: PatientForm) -> Patient | None:
    """The new patient; None when somebody else took the record number in the same moment."""
    session = current.session()
    values = form.values()
    values["record_number"] = values["record_number"] or next_record_number(session)
    try:
        patient = add_patient(session, Patient(**values), current_user.id)
        session.commit()
    except IntegrityError:
        session.rollback()
        form.record_number.errors = [_("Another patient has this record number")]
        return None
    return patient


def _number_is_free(form: PatientForm, of: Patient | None = None) -> bool:
    """Whether nobody else has the record number, however it is spaced."""
    number = "".join(typed(form.record_number).split())
    if not number:
        return True
    spaced = func.replace(Patient.record_number, " ", "")
    taken = select(Patient).where(spaced == number, Patient.id != (of.id if of else 0))
    other = current.session().scalar(taken.limit(1))
    if other is not None:
        form.record_number.errors = [_("%(name)s has this record number", name=other.full_name)]
    return other is None


def _revision(form: PatientForm) -> int:
    shown = typed(form.revision)
    return int(shown) if shown.isdecimal() else 0


def _beside(form: PatientForm, similar: list[Patient]) -> list[tuple[Any, list[str]]]:
    """What was typed beside what is on record of each similar patient, field by field."""
    entered = form.values()
    return [
        (
            form[name].label.text,
            [in_words(name, entered[name]), *(in_words(name, getattr(p, name)) for p in similar)],
        )
        for name in SHOWN_BESIDE
    ]


def _differing(patient: Patient, values: dict[str, Any]) -> list[tuple[Any, list[str]]]:
    """The fields in which what was typed is not what is on record now: label, typed, recorded."""
    form = PatientForm(formdata=None)
    return [
        (form[name].label.text, [in_words(name, values[name]), in_words(name, getattr(patient, name))])
        for name in RECORDED
        if values[name] != getattr(patient, name)
    ]


def _form_page(template: str, form: PatientForm, code: int = 200, **shown: Any) -> Page:
    errors = problems(form)
    if form.born_problems:
        errors.append({"href": f"#{form.born_on.day.id}", "text": form.born_problems[0]})
    order = language.date_order()
    example = " ".join(EXAMPLE[part] for part in order)
    page = render_template(template, form=form, errors=errors, order=order, example=example, **shown)
    return page, 422 if errors else code
