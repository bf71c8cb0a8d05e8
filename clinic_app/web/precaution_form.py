"""The form of one precaution that holds for a patient: its side, its own questions, and who cleared it."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, cast

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, FormField, SelectField, StringField

from clinic_app.domain.protocol import Field, FieldKind
from clinic_app.domain.safety import Precaution
from clinic_app.records.patient import PatientPrecaution
from clinic_app.web.fields import DateParts, choice, options, paragraph, text, typed
from clinic_app.web.wording.language import say

BOTH = "both"
SIDES = {"": _("Choose"), "left": _("Left"), "right": _("Right"), BOTH: _("Both sides")}
YES_NO = {"": _("Not known"), "yes": _("Yes"), "no": _("No")}


class PrecautionForm(FlaskForm):
    """What is noted of a precaution; subclasses add the side and the precaution's own fields."""

    precaution: Precaution
    note = paragraph(_("Note"), hint=_("For example the surgeon's own words"))
    cleared = BooleanField(_("Cleared: it no longer restricts tests or exercises"))
    cleared_by = text(_("Cleared by"), most=120, hint=_("Name and role"), autocomplete="off")
    cleared_on = FormField(DateParts, _("Cleared on"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.day_problems: list[str] = []

    def validate_on(self, today: date) -> bool:
        """Every field can be read, and a clearance says whose it is and of which day."""
        valid = all([self.validate(), *(self._within(field) for field in self.precaution.fields)])
        if not self.cleared.data:
            return valid
        day = self.cleared_on.form.read()
        if day is None or day > today:
            self.day_problems = [gettext("Enter the day on which it was cleared")]
        if not self.cleared_by.data:
            self.cleared_by.errors = [gettext("Enter who cleared it")]
        return valid and bool(self.cleared_by.data) and not self.day_problems

    @property
    def own_fields(self) -> list[Any]:
        """The precaution's own questions."""
        return [self[field.key] for field in self.precaution.fields]

    def _within(self, field: Field) -> bool:
        entered = typed(self[field.key])
        if field.kind is not FieldKind.INTEGER or not entered or _is_between(entered, field):
            return True
        allowed = gettext(
            "a whole number from %(least)s to %(most)s", least=field.minimum, most=field.maximum
        )
        self[field.key].errors = [
            gettext("%(field)s: enter %(allowed)s", field=gettext(field.label), allowed=allowed)
        ]
        return False

    def write_to(self, row: PatientPrecaution) -> None:
        """Put what was typed into the row."""
        row.side = "" if "side" not in self or self.side.data == BOTH else self.side.data
        given = {field.key: _read(field, self[field.key].data) for field in self.precaution.fields}
        row.extra = {key: value for key, value in given.items() if value not in ("", None)}
        row.note = typed(self.note)
        row.cleared = self.cleared.data
        row.cleared_by = typed(self.cleared_by) if self.cleared.data else ""
        row.cleared_on = self.cleared_on.form.read() if self.cleared.data else None


def precaution_form(precaution: Precaution, row: PatientPrecaution | None = None) -> PrecautionForm:
    """The form of this precaution, with what is on record."""
    fields: dict[str, Any] = {"precaution": precaution}
    if precaution.sided:
        fields["side"] = choice(_("Side"), SIDES, required=_("Choose left, right or both sides"))
    fields |= {field.key: _MAKE[field.kind](field) for field in precaution.fields}
    made = cast(type[PrecautionForm], type(f"{precaution.id}_form", (PrecautionForm,), fields))
    form = made(data=_shown(row) if row else None)
    if row and row.cleared_on and not form.is_submitted():
        form.cleared_on.form.show(row.cleared_on)
    return form


def _shown(row: PatientPrecaution) -> dict[str, Any]:
    extra = {
        key: ("yes" if value else "no") if isinstance(value, bool) else str(value)
        for key, value in row.extra.items()
    }
    own = {name: getattr(row, name) for name in ("note", "cleared", "cleared_by")}
    return {**extra, **own, "side": row.side or BOTH}


def _read(field: Field, entered: str) -> Any:
    if field.kind is FieldKind.YES_NO:
        return {"yes": True, "no": False}.get(entered)
    return int(entered) if field.kind is FieldKind.INTEGER and entered else entered


def _is_between(entered: str, field: Field) -> bool:
    if not (entered.isascii() and entered.isdecimal()):
        return False
    return (field.minimum is None or int(entered) >= field.minimum) and (
        field.maximum is None or int(entered) <= field.maximum
    )


def _choice(field: Field) -> SelectField:
    choices = {"": _("Not known")} | {one.id: gettext(one.label) for one in field.choices}
    return SelectField(gettext(field.label), choices=options(choices), description=say(field.hint))


def _yes_no(field: Field) -> SelectField:
    return SelectField(gettext(field.label), choices=options(YES_NO), description=say(field.hint))


def _text(field: Field) -> StringField:
    return text(gettext(field.label), hint=say(field.hint), autocomplete="off")


def _integer(field: Field) -> StringField:
    return text(gettext(field.label), hint=say(field.hint), inputmode="numeric", autocomplete="off")


_MAKE: Mapping[FieldKind, Callable[[Field], Any]] = {
    FieldKind.CHOICE: _choice,
    FieldKind.YES_NO: _yes_no,
    FieldKind.TEXT: _text,
    FieldKind.INTEGER: _integer,
}
