"""The forms that end a screening: a signature with the password, and what was done about a red flag."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, PasswordField

from clinic_app.web.fields import paragraph


class SignForm(FlaskForm):
    """What is signed, and by whom: the password says so."""

    reason = paragraph(_("Reason for the screening"), most=500)
    impression = paragraph(_("Your clinical impression"))
    acknowledged = BooleanField(_("Sign all the same"))
    password = PasswordField(_("Your password"), render_kw={"autocomplete": "current-password"})


class StopForm(FlaskForm):
    """What was done when the screen was stopped."""

    action_taken = paragraph(
        _("What you did"),
        required=_("Write what you did: whom you called, where the patient goes, how they get there"),
        hint=_("Whom you called, where the patient goes and how, what you told them"),
    )
