"""The therapist's own decisions: a red flag that was cleared already, and a class that is overruled."""

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from clinic_app.domain.protocol import Group, Side
from clinic_app.domain.safety_gate import why_no_override
from clinic_app.domain.screening import Class
from clinic_app.records.decision import Subject, decide, undo_decision
from clinic_app.records.user import User
from clinic_app.web import current
from clinic_app.web.screenings.blueprint import Answer, blueprint
from clinic_app.web.screenings.page import open_page


@blueprint.post("/screenings/<int:screening_id>/red-flags/<row>")
def clear_red_flag(screening_id: int, row: str) -> Answer:
    """Override an open red flag with the typed reason, or take that back; an urgent stop never is."""
    open_page(screening_id)
    red_flag = current.library().red_flags.get(row) or abort(404)
    reason, subject = request.form.get("reason", "").strip(), Subject(screening_id, "red_flag", row)
    back = url_for("screenings.show_step", screening_id=screening_id, step="red_flags")
    if request.form.get("do") == "undo":
        undo_decision(current.session(), subject, current_user.id)
    elif why_no_override(red_flag, reason):
        flash(_("%(row)s: an urgent stop stays; any other needs a reason.", row=_(red_flag.name)), "error")
        return redirect(back, 303)
    else:
        decide(current.session(), subject, reason, _me())
    current.session().commit()
    return redirect(back, 303)


@blueprint.post("/screenings/<int:screening_id>/overrule")
def overrule(screening_id: int) -> Answer:
    """Give a class of the therapist's own for a group and side, with a reason; the computed one is kept."""
    open_page(screening_id)
    group, side, cls = (request.form.get(name, "") for name in ("group", "side", "class"))
    if group not in set(Group) or side not in set(Side):
        abort(400)
    subject = Subject(screening_id, "class", group, side)
    reason = request.form.get("reason", "").strip()
    back = redirect(url_for("screenings.review", screening_id=screening_id, _anchor=group), 303)
    if not cls:
        undo_decision(current.session(), subject, current_user.id)
    elif cls not in set(Class) or not reason:
        flash(_("Choose a class and write the reason. Nothing was changed."), "error")
        return back
    else:
        decide(current.session(), subject, reason, _me(), value=cls)
    current.session().commit()
    return back


def _me() -> User:
    return current.session().get_one(User, current_user.id)
