"""How the fields of hand-written forms are made: each with its own words for what is wrong."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import Field as Input
from wtforms import Form, PasswordField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, Length, Optional


def strip(value: str | None) -> str:
    """What was typed, without the blanks around it."""
    return (value or "").strip()


def typed(field: Input) -> str:
    """What was typed into a field, empty when nothing was sent."""
    return field.data or ""


def _checks(required: Any, most: int) -> list[Any]:
    return [
        DataRequired(required) if required else Optional(),
        Length(max=most, message=_("Use at most %(max)d characters", max=most)),
    ]


def text(
    label: Any, *, required: Any = None, most: int = 80, hint: Any = "", **attributes: Any
) -> StringField:
    """One line of text; `required` is the sentence shown when it is missing, None where it may be."""
    return StringField(label, _checks(required, most), [strip], description=hint, render_kw=attributes)


def checked(label: Any, *, most: int = 80, hint: Any = "", **attributes: Any) -> StringField:
    """One line of text that its form checks itself, also when it is empty."""
    length = Length(max=most, message=_("Use at most %(max)d characters", max=most))
    return StringField(label, [length], [strip], description=hint, render_kw=attributes)


def paragraph(label: Any, *, required: Any = None, most: int = 2000, hint: Any = "") -> TextAreaField:
    """Some lines of text."""
    return TextAreaField(label, _checks(required, most), [strip], description=hint)


def password(label: Any, *, required: Any, autocomplete: str, hint: Any = "") -> PasswordField:
    """A password; it is never sent back to the page."""
    return PasswordField(
        label, [DataRequired(required)], description=hint, render_kw={"autocomplete": autocomplete}
    )


def choice(
    label: Any, choices: Mapping[str, Any] | None = None, *, required: Any, hint: Any = ""
) -> SelectField:
    """One of several; `required` is the sentence shown when none was chosen."""
    return SelectField(
        label,
        [DataRequired(required)],
        choices=options(choices or {}),
        description=hint,
        validate_choice=True,
    )


def options(choices: Mapping[str, Any]) -> list[SelectChoice]:
    """The choices of a select field, in their order."""
    return [SelectChoice(value, label) for value, label in choices.items()]


class DateParts(Form):
    """A date in three boxes, in whichever order the page shows them."""

    day = text(_("Day"), most=2)
    month = text(_("Month"), most=2)
    year = text(_("Year"), most=4)

    @property
    def is_empty(self) -> bool:
        """Nothing was typed."""
        return not (self.day.data or self.month.data or self.year.data)

    def read(self) -> date | None:
        """The date, None when the three do not make one."""
        try:
            return date(int(self.year.data or ""), int(self.month.data or ""), int(self.day.data or ""))
        except ValueError:
            return None

    def show(self, value: date) -> None:
        """Fill the three boxes."""
        self.day.data, self.month.data, self.year.data = str(value.day), str(value.month), str(value.year)


def problems(*forms: Any) -> list[dict[str, str]]:
    """What is to be fixed in these forms, each with a link to its field, for the summary above the form."""
    return [found for form in forms for field in form for found in _of_field(field)]


def _of_field(field: Any) -> Iterable[dict[str, str]]:
    if isinstance(field.errors, dict):
        return problems(field.form)
    return [{"href": f"#{field.id}", "text": str(error)} for error in field.errors]
