"""How long the sign-in lasts, for the page's own clock; asking does not keep it open, being there does."""

from flask import Blueprint, Response, jsonify
from flask_login import current_user

from clinic_app.records.login import time_left, touch_login
from clinic_app.web import current
from clinic_app.web.identity import idle_limit

blueprint = Blueprint("session_clock", __name__)


@blueprint.get("/session")
def show() -> Response:
    """Who is signed in, and for how many seconds more if nobody does anything."""
    return _told()


@blueprint.post("/session/touch")
def touch() -> Response:
    """Somebody is there: the sign-in lasts its whole time again."""
    session = current.session()
    touch_login(session, current_user.login_id)
    session.commit()
    return _told()


def _told() -> Response:
    left = time_left(current.session(), current_user.login_id, idle_limit())
    return jsonify(user=current_user.id, name=current_user.name, seconds_left=round(left.total_seconds(), 1))
