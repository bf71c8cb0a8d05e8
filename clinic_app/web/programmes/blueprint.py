"""The blueprint of the programmes' pages, and what they answer when a programme takes no change."""

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from clinic_app.records.refusal import Frozen, Outdated
from clinic_app.web import current

blueprint = Blueprint("programmes", __name__)

Answer = str | Response | tuple[str, int]


@blueprint.errorhandler(Frozen)
def _approved(_error: Frozen) -> Answer:
    """An approved programme takes no change."""
    return _refused(_("This programme is approved and does not change any more. Nothing was saved."))


@blueprint.errorhandler(Outdated)
def _changed_elsewhere(_error: Outdated) -> Answer:
    """What stands there now is shown; nothing was overwritten."""
    return _refused(
        _("This programme was changed elsewhere. It is shown as it is now; your change was not saved.")
    )


def _refused(said: str) -> Answer:
    current.session().rollback()
    flash(said, "warn")
    return redirect(url_for("programmes.show", programme_id=(request.view_args or {})["programme_id"]), 303)
