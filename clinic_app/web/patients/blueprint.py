"""The blueprint of the patients' pages, and how each of them finds its patient."""

from datetime import date

from flask import Blueprint, abort
from flask_login import current_user
from sqlalchemy.orm import selectinload
from werkzeug.wrappers import Response

from clinic_app.records.patient import Patient
from clinic_app.web import current, language

blueprint = Blueprint("patients", __name__, url_prefix="/patients")

Page = str | Response | tuple[str, int]


def the_patient(patient_id: int) -> Patient:
    """The patient of that id with their precautions; 404 when there is none. The reading is remembered."""
    found = current.session().get(Patient, patient_id, options=[selectinload(Patient.precautions)])
    if found is None:
        abort(404)
    current.note_read(current_user.id, "patient", found.id, found.id)
    return found


def today() -> date:
    """The day on the clinic's calendar."""
    return language.moment_here().date()
