"""The blueprint of the clinic's own settings, for administrators only."""

from flask import Blueprint, abort
from flask_login import current_user
from werkzeug.wrappers import Response

from clinic_app.records.user import ADMINISTRATOR

blueprint = Blueprint("settings", __name__, url_prefix="/admin/settings")

Page = str | Response | tuple[str, int]


@blueprint.before_request
def _administrators_only() -> None:
    if not current_user.is_authenticated or current_user.role != ADMINISTRATOR:
        abort(403)
