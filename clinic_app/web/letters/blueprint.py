"""The blueprint of the letters' pages, and what they answer when a letter takes no change."""

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from clinic_app.records.refusal import Frozen
from clinic_app.web import current

blueprint = Blueprint("letters", __name__)

Answer = str | Response | tuple[str, int]


@blueprint.errorhandler(Frozen)
def _signed(_error: Frozen) -> Answer:
    """A signed letter takes no change."""
    current.session().rollback()
    flash(_("This letter is signed and does not change any more. Nothing was saved."), "warn")
    return redirect(url_for("letters.show", letter_id=(request.view_args or {})["letter_id"]), 303)
