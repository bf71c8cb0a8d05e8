"""Confirming in writing what withholds a programme: a pattern, an open red flag, a precaution not cleared."""

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from clinic_app.records.programme import APPROVED
from clinic_app.records.refusal import Frozen
from clinic_app.records.table import now
from clinic_app.web.programmes.asking import keep_suggestion
from clinic_app.web.programmes.blueprint import Answer, blueprint
from clinic_app.web.programmes.plan import open_plan
from clinic_app.web.programmes.revision import typed_revision


@blueprint.post("/programmes/<int:programme_id>/confirm/<subject>")
def confirm(programme_id: int, subject: str) -> Answer:
    """Write down why the programme may be made all the same."""
    plan = open_plan(programme_id)
    if plan.row.status == APPROVED:
        raise Frozen(programme_id)
    if subject not in plan.waiting:
        abort(404)
    back = redirect(url_for("programmes.show", programme_id=programme_id), 303)
    reason = request.form.get("reason", "").strip()
    if not reason:
        flash(_("Write what was looked at and decided, and by whom. Nothing was changed."), "error")
        return back
    said = {"reason": reason, "by": current_user.signature, "at": now().isoformat()}
    entered = {**plan.row.circumstances, "confirmed": {**plan.confirmed, subject: said}}
    keep_suggestion(plan, entered, typed_revision())
    return back
