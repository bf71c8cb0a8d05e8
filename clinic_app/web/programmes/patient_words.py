"""What the patient will read of each line, in their language, while the therapist still types."""

from flask import Response, jsonify
from flask_babel import force_locale, ngettext

from clinic_app.domain.minutes import session_minutes
from clinic_app.domain.programme import Prescription
from clinic_app.domain.remarks import too_much
from clinic_app.records.programme import APPROVED
from clinic_app.records.refusal import Frozen
from clinic_app.web import current
from clinic_app.web.language import handout_languages
from clinic_app.web.programmes.blueprint import blueprint
from clinic_app.web.programmes.doses import Errors, Sheet, typed_lines
from clinic_app.web.programmes.plan import Plan, plan_by_id
from clinic_app.web.wording.doses import dose_sentences
from clinic_app.web.wording.language import say as _


@blueprint.post("/programmes/<int:programme_id>/words")
def words(programme_id: int) -> Response:
    """The sentences for the sheet as it is typed, or what is wrong with it; nothing is saved."""
    plan = plan_by_id(programme_id)
    if plan.row.status == APPROVED:
        raise Frozen(programme_id)
    lines, errors = typed_lines(plan)
    told = (
        {}
        if errors
        else {line.prescription.exercise: patient_words(line.prescription, plan) for line in lines}
    )
    return jsonify(lines=told, errors=by_field(errors), **sheet_words(plan.lines if errors else lines))


def patient_words(line: Prescription, plan: Plan) -> str:
    """The sentences of one line as they will print."""
    exercises = current.library().exercises
    unit = exercises.dose_class(exercises.by_id[line.exercise]).unit
    with force_locale(patient_language(plan)):
        return " ".join(dose_sentences(line, unit, exercises.handout))


def patient_language(plan: Plan) -> str:
    """The language that the handout will be in."""
    wanted = plan.row.screening.patient.language
    return wanted if wanted in handout_languages() else "en"


def sheet_words(lines: Sheet) -> dict[str, object]:
    """How much the sheet is: exercises and minutes, and where that is more than will be done."""
    library = current.library().exercises
    prescriptions = [line.prescription for line in lines]
    count = str(ngettext("%(num)d exercise", "%(num)d exercises", len(lines)))
    minutes = _("about %(minutes)s minutes", minutes=session_minutes(prescriptions, library))
    return {
        "summary": f"{count}, {minutes}" if lines else count,
        "nudges": [_(library.selection.notices[notice]) for notice in too_much(prescriptions, library)],
    }


def by_field(errors: Errors) -> dict[str, str]:
    """What is wrong, by the field that it is wrong in."""
    return {error["href"].removeprefix("#"): error["text"] for error in errors}
