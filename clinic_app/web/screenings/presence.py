"""Who else has this screening open: told every few seconds by each open page, and keeping no sign-in open."""

from flask import abort, jsonify, request
from flask_login import current_user

from clinic_app.records.presence import Other, leave, others, saves_of, say_present
from clinic_app.web import current
from clinic_app.web.device import device_words
from clinic_app.web.screenings.blueprint import Answer, blueprint
from clinic_app.web.wording.language import say as _

LONGEST = 40


@blueprint.post("/screenings/<int:screening_id>/presence")
def present(screening_id: int) -> Answer:
    """This tab shows a step, or leaves it; answers who else is here."""
    session, login_id = current.session(), current_user.login_id
    tab, step, leaving = _told()
    if leaving:
        leave(session, login_id, tab, step)
    elif not say_present(session, login_id, tab, screening_id, step):
        abort(404)
    session.commit()
    here = [_shown(other) for other in others(session, login_id, tab, screening_id)]
    return jsonify(others=here, changed=saves_of(session, screening_id))


def _told() -> tuple[str, str, bool]:
    body = request.get_json(silent=True)
    told = body if isinstance(body, dict) else {}
    tab, step = told.get("tab"), told.get("step")
    if not (isinstance(tab, str) and 0 < len(tab) <= LONGEST and isinstance(step, str)):
        abort(400)
    return (tab, step, bool(told.get("leaving"))) if step in current.library().items else abort(400)


def _shown(other: Other) -> dict[str, str]:
    step_name = _(current.library().items[other.step].rail_name)
    parts = {"name": other.name, "device": device_words(other), "step_name": step_name}
    return {**parts, "words": _words(other, parts)}


def _words(other: Other, parts: dict[str, str]) -> str:
    if other.login_id == current_user.login_id:
        return _("Also open in another tab, at %(step_name)s", **parts)
    if other.user_id == current_user.id:
        return _("Also open on %(device)s (you), at %(step_name)s", **parts)
    return _("Also open on %(device)s (%(name)s), at %(step_name)s", **parts)
