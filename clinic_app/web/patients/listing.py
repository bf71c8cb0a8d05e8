"""Finding a patient: the list with its search, and the suggestions under a search box."""

from flask import render_template, request
from flask_login import current_user

from clinic_app.records.patient_search import Page as Found
from clinic_app.records.patient_search import find_patients
from clinic_app.web import current, language
from clinic_app.web.patients.blueprint import Page, blueprint, today

PER_PAGE = 50
SUGGESTED = 7


@blueprint.get("")
def patients() -> Page:
    """All patients by name, or those that match what was typed."""
    typed = request.args.get("q", "").strip()
    found = _find(typed, PER_PAGE, request.args.get("after", type=int))
    return render_template("patients/list.html", found=found, typed=typed, today=today())


@blueprint.get("/suggest")
def suggest() -> Page:
    """A fragment: the first patients that match, for the search box."""
    typed = request.args.get("q", "").strip()
    found = _find(typed, SUGGESTED) if typed else Found()
    return render_template("patients/suggest.html", found=found, typed=typed, today=today())


def _find(typed: str, limit: int, after: int | None = None) -> Found:
    day_first = language.date_order() != "mdy"
    found = find_patients(current.session(), typed, day_first=day_first, after=after, limit=limit)
    if typed:
        current.note_read(current_user.id, "search", None, None)
    return found
