"""The blueprint of a screening's pages, and what they answer when the record does not take a change."""

from flask import Blueprint, flash, jsonify, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from clinic_app.records.refusal import Frozen
from clinic_app.web import current
from clinic_app.web.entry import OnHoldError
from clinic_app.web.security import wants_json

blueprint = Blueprint("screenings", __name__)

Answer = str | Response | tuple[str, int] | tuple[Response, int]


@blueprint.errorhandler(Frozen)
def _frozen(_error: Frozen) -> Answer:
    """A signed or stopped screening takes no change."""
    return _refused("signed", _("This screening is signed or stopped. Nothing was saved."), "screenings.show")


@blueprint.errorhandler(OnHoldError)
def _on_hold(_error: OnHoldError) -> Answer:
    """An open stop takes no test."""
    said = _("Testing is on hold until the red flags are cleared. Nothing was saved.")
    return _refused("on_hold", said, "screenings.resume")


def _refused(error: str, said: str, endpoint: str) -> Answer:
    current.session().rollback()
    if wants_json():
        return jsonify(error=error, message=said), 423
    flash(said, "warn")
    return redirect(url_for(endpoint, screening_id=(request.view_args or {})["screening_id"]), 303)
