"""The sheet is saved while it is typed, for the page's own script; without it the button saves."""

from flask import Response, jsonify
from flask_login import current_user

from clinic_app.exchange.chosen_lines import lines_to_json
from clinic_app.records.programme import APPROVED, Lines, save_lines
from clinic_app.records.refusal import Frozen
from clinic_app.records.table import now
from clinic_app.web import current
from clinic_app.web.pages import clock
from clinic_app.web.programmes.agreed import day_views, typed_agreed
from clinic_app.web.programmes.blueprint import blueprint
from clinic_app.web.programmes.doses import typed_lines
from clinic_app.web.programmes.patient_words import by_field
from clinic_app.web.programmes.plan import plan_by_id
from clinic_app.web.programmes.revision import typed_revision


@blueprint.put("/programmes/<int:programme_id>")
def keep_typed(programme_id: int) -> Response | tuple[Response, int]:
    """Save the sheet: its new revision and the days as they stand then, or what does not fit by field."""
    plan = plan_by_id(programme_id)
    if plan.row.status == APPROVED:
        raise Frozen(programme_id)
    lines, wrong = typed_lines(plan)
    agreed, errors = typed_agreed(plan.row)
    if errors := [*errors, *wrong]:
        return jsonify(errors=by_field(errors)), 422
    entered = Lines(dict(plan.row.circumstances), lines_to_json(lines), typed_revision(), agreed)
    save_lines(current.session(), plan.row, entered, current_user.id)
    current.session().commit()
    days = [
        {
            "name": day.name,
            "value": day.value,
            "min": f"{day.span[0]}",
            "max": f"{day.span[1]}",
            "within": day.within,
        }
        for day in day_views(plan.row, {})
    ]
    return jsonify(revision=plan.row.revision, saved_at=clock(now()), days=days)
