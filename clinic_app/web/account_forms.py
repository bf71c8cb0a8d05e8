"""Forms of people who sign in, and of the clinic itself."""

import re
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField
from wtforms.validators import ValidationError

from clinic_app.records.login import NAME_LENGTH
from clinic_app.records.password import password_problem
from clinic_app.web import language
from clinic_app.web.fields import choice, options, paragraph, password, text, typed

ROLES = {"therapist": _("Therapist"), "administrator": _("Administrator")}
USERNAME = re.compile(r"[a-z0-9][a-z0-9.-]*")
PASSWORD_HINT = _("At least 12 characters. Several unrelated words are easy to remember and hard to guess.")


class SignInForm(FlaskForm):
    """User name and password; `next` is the page that was asked for."""

    username = text(
        _("User name"), required=_("Enter your user name"), autocomplete="username", autocapitalize="none"
    )
    password = password(_("Password"), required=_("Enter your password"), autocomplete="current-password")
    next = HiddenField()


class OwnDetailsForm(FlaskForm):
    """What is printed behind a signature."""

    name = text(_("Name"), required=_("Enter the name"), most=120, autocomplete="name")
    title = text(_("Professional title"), most=40, hint=_("Printed after the name, for example PT, DPT"))
    licence = text(_("Licence number"), most=60)


class DeviceForm(FlaskForm):
    """What this device is called in the clinic."""

    device_name = text(
        _("This device is called"),
        most=NAME_LENGTH,
        hint=_("For example Clinic tablet 2. Others see it when the same screening is open there."),
        autocomplete="off",
    )


class _Account(OwnDetailsForm):
    """Who somebody is, and the name they sign in with."""

    username = text(
        _("User name"),
        required=_("Enter a user name"),
        hint=_("Small letters, digits, dots and hyphens"),
        autocomplete="off",
        autocapitalize="none",
    )

    def validate_username(self, field: StringField) -> None:
        """Only what is easy to type and to read out."""
        if not USERNAME.fullmatch(typed(field)):
            raise ValidationError(gettext("Use only small letters, digits, dots and hyphens"))


class NewUserForm(_Account):
    """A further account; its first password is made by the server."""

    role = choice(_("Role"), ROLES, required=_("Choose a role"))


class _NewPassword(FlaskForm):
    """A new password, typed twice and hard to guess."""

    new_password = password(
        _("New password"), required=_("Enter a password"), autocomplete="new-password", hint=PASSWORD_HINT
    )
    again = password(
        _("New password again"), required=_("Enter the password again"), autocomplete="new-password"
    )

    def check_password(self, own_words: list[str]) -> bool:
        """The two are the same and hard to guess; `own_words` are those that a guesser would try first."""
        if self.new_password.data != self.again.data:
            self.again.errors = [gettext("The two passwords are not the same")]
            return False
        if problem := password_problem(typed(self.new_password), own_words):
            self.new_password.errors = [problem]
            return False
        return True


class ChangePasswordForm(_NewPassword):
    """The password now, and the new one twice."""

    current_password = password(
        _("Password now"), required=_("Enter your password"), autocomplete="current-password"
    )


class FirstAccountForm(_NewPassword, _Account):
    """The first account of a clinic, an administrator."""

    def validate_new(self) -> bool:
        """Every field is filled, and the password is hard to guess."""
        return bool(self.validate()) and self.check_password([typed(self.username), typed(self.name)])


class ClinicForm(FlaskForm):
    """The clinic's own details."""

    name = text(_("Name of the clinic"), required=_("Enter the name of the clinic"), most=120)
    address = paragraph(_("Address"), required=_("Enter the address"), most=400, hint=_("As it is printed"))
    phone = text(_("Phone"), required=_("Enter the phone number"), most=40, inputmode="tel")
    emergency_number = text(
        _("Emergency number"),
        required=_("Enter the emergency number"),
        most=20,
        hint=_("Printed where a patient needs help at once"),
        inputmode="tel",
    )
    paper = choice(_("Paper"), {"A4": _("A4"), "Letter": _("Letter")}, required=_("Choose the paper"))
    mass_unit = choice(
        _("Body mass in"), {"kg": _("Kilograms (kg)"), "lb": _("Pounds (lb)")}, required=_("Choose a unit")
    )
    force_unit = choice(
        _("Force in"),
        {"N": _("Newtons (N)"), "kgf": _("Kilograms of force (kgf)"), "lbf": _("Pounds of force (lbf)")},
        required=_("Choose a unit"),
    )
    time_zone = choice(_("Time zone"), required=_("Choose the time zone"))
    language = choice(_("Language of the pages"), required=_("Choose a language"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.time_zone.choices = options({"": gettext("Choose")} | {zone: zone for zone in time_zones()})
        self.language.choices = options(language.language_names(language.PAGE_LANGUAGES))


@cache
def time_zones() -> tuple[str, ...]:
    """The time zones that name a place, and UTC."""
    return (*sorted(zone for zone in available_timezones() if _names_a_place(zone)), "UTC")


def _names_a_place(zone: str) -> bool:
    region, _slash, place = zone.partition("/")
    return bool(place) and region not in ("Etc", "SystemV", "US")
