"""The form of a patient's details, and the reading of a date of birth."""

from datetime import date
from typing import Any

from flask_babel import format_date, gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import FormField, HiddenField, StringField
from wtforms.validators import ValidationError

from clinic_app.records.patient import Patient
from clinic_app.web import language
from clinic_app.web.fields import DateParts, choice, options, paragraph, text, typed

SEXES = {"female": _("Female"), "male": _("Male"), "not_stated": _("Not stated")}
PRINT_SIZES = {"normal": _("Normal"), "large": _("Large")}
# The record's fields in the order of the form; `born_on` is the only one that is not typed as it is kept.
RECORDED = (
    "family_name",
    "given_names",
    "preferred_name",
    "born_on",
    "record_number",
    "sex",
    "language",
    "print_size",
    "phone",
    "email",
    "note",
)
OLDEST = 130


class PatientForm(FlaskForm):
    """Who somebody is. `revision` is that of the record when it was shown."""

    family_name = text(_("Family name"), required=_("Enter the family name"), autocomplete="off")
    given_names = text(_("Given names"), required=_("Enter the given names"), autocomplete="off")
    preferred_name = text(_("Preferred name"), hint=_("What they like to be called"), autocomplete="off")
    born_on = FormField(DateParts, _("Date of birth"))
    record_number = text(_("Record number"), most=40, hint=_("Left empty, one is made"), autocomplete="off")
    sex = choice(
        _("Sex for reference values"),
        {"": _("Choose")} | SEXES,
        required=_("Choose female, male or not stated"),
    )
    language = choice(_("Language of the handout"), required=_("Choose a language"))
    print_size = choice(_("Print size of the handout"), PRINT_SIZES, required=_("Choose a print size"))
    phone = text(_("Phone"), most=40, inputmode="tel", autocomplete="off")
    email = text(_("E-mail"), most=200, inputmode="email", autocomplete="off")
    note = paragraph(_("Note"))
    revision = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language.choices = options(language.language_names(language.handout_languages()))
        self.born_problems: list[str] = []

    def validate_email(self, field: StringField) -> None:
        """An address has something on both sides of its @."""
        name, at, place = typed(field).rpartition("@")
        if field.data and not (name and at and place):
            raise ValidationError(gettext("Enter an e-mail address like name@example.org"))

    def validate_on(self, today: date) -> bool:
        """Every field can be read, and the date of birth is of somebody who may be alive today."""
        valid = bool(self.validate())
        born = self.born_on.form.read()
        if born is None:
            self.born_problems = [gettext("Enter the date of birth: day, month and year")]
        elif not born <= today < date(born.year + OLDEST, 1, 1):
            earliest = today.year - OLDEST + 1
            self.born_problems = [
                gettext("Enter a date of birth between %(earliest)s and today", earliest=earliest)
            ]
        return valid and not self.born_problems

    def values(self) -> dict[str, Any]:
        """The record's fields as they were typed."""
        return {name: self[name].data for name in RECORDED} | {"born_on": self.born_on.form.read()}


def form_of(patient: Patient) -> PatientForm:
    """The form with what is on record."""
    shown = {name: getattr(patient, name) for name in RECORDED if name != "born_on"}
    form = PatientForm(formdata=None, data={**shown, "revision": str(patient.revision)})
    form.born_on.form.show(patient.born_on)
    return form


def in_words(name: str, value: Any) -> str:
    """The value of one of the record's fields as it is read; a dash where there is none."""
    if name == "born_on":
        return str(format_date(value, "d MMM y"))
    words: dict[str, Any] = {"sex": SEXES, "print_size": PRINT_SIZES}.get(name, {})
    if name == "language":
        words = language.language_names((value,))
    return str(words.get(value, value)) or "–"
