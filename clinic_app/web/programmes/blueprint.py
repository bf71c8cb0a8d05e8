"""The blueprint of the programmes' pages, and what they answer when a programme takes no change."""

from flask import Blueprint, flash, jsonify, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from clinic_app.records.refusal import Frozen
from clinic_app.web import current
from clinic_app.web.security import wants_json

blueprint = Blueprint("programmes", __name__)

Answer = str | Response | tuple[str | Response, int]


@blueprint.errorhandler(Frozen)
def _approved(_error: Frozen) -> Answer:
    """An approved programme takes no change."""
    current.session().rollback()
    if wants_json():
        return jsonify(error="frozen"), 423
    flash(_("This programme is approved and does not change any more. Nothing was saved."), "warn")
    return redirect(url_for("programmes.show", programme_id=(request.view_args or {})["programme_id"]), 303)
