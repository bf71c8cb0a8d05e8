"""The form of one row of a reference table, as it stands in the paper."""

import re
from decimal import Decimal
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField, StringField
from wtforms.validators import DataRequired, Optional, ValidationError

from clinic_app.domain.library import Library
from clinic_app.domain.protocol import Item
from clinic_app.domain.reference import FORCE_UNITS
from clinic_app.records.norm import COMMON, NormEntry, NormRecord
from clinic_app.web.fields import choice, options, paragraph, text, typed
from clinic_app.web.typed import number_of

BOTH = "both"
SEXES = {BOTH: _("Both together"), "female": _("Female"), "male": _("Male")}
TABLE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*")
MOST_PEOPLE = 1_000_000
_NUMBERS = ("age_min", "age_max", "mean", "sd", "n")
_OF_THE_TEST = ("method", "position", "stabilisation")


def _number(label: Any, required: Any, hint: Any, kind: str = "decimal") -> StringField:
    return text(label, required=required, most=12, hint=hint, inputmode=kind, autocomplete="off")


class NormForm(FlaskForm):
    """One row: the paper, in whom, how, and the values; the limits are those of the test itself."""

    table_id = text(
        _("Short name of the table"),
        required=_("Enter a short name"),
        most=40,
        hint=_("Letters, digits and hyphens. Rows with the same name are one table."),
        autocomplete="off",
    )
    source = paragraph(_("Paper"), required=_("Enter the paper"), most=400, hint=_("As it is cited"))
    doi = text(_("DOI"), most=120, autocomplete="off")
    page = text(
        _("Page and table"), required=_("Enter the page"), most=40, hint=_("Where the other person finds it")
    )
    population = paragraph(
        _("Who was measured"),
        required=_("Enter who was measured"),
        most=400,
        hint=_("Health, activity, country"),
    )
    sex = choice(_("Sex"), {"": _("Choose")} | SEXES, required=_("Choose female, male or both"))
    age_min = _number(_("Age from"), _("Enter the first age"), _("Years"), "numeric")
    age_max = _number(_("Age to"), _("Enter the last age"), _("Years, included"), "numeric")
    n = _number(_("People"), _("Enter how many people"), _("In this row"), "numeric")
    mean = _number(_("Mean"), _("Enter the mean"), _("As printed"))
    sd = _number(_("Standard deviation"), _("Enter the standard deviation"), _("Not the standard error"))
    unit = choice(_("Unit"), required=_("Choose the unit"), hint=_("That of the paper"))
    method = choice(_("Method"), required=_("Choose the method"))
    position = choice(_("Position"), required=_("Choose the position"))
    stabilisation = SelectField(
        _("Held by"), [Optional()], description=_("Left open, a force held in either way is set beside it")
    )
    pad_site = text(_("Pad at"), most=200)
    aggregate = text(
        _("What was taken of the trials"),
        required=_("Enter what was taken of the trials"),
        most=120,
        hint=_("For example: greatest of 3"),
    )

    def __init__(self, item: Item, library: Library, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.item, self.library = item, library
        units = {unit.value: library.words["norm_unit"][unit] for unit in FORCE_UNITS}
        self.unit.choices = options({"": gettext("Choose")} | {key: gettext(w) for key, w in units.items()})
        for key in _OF_THE_TEST:
            first = gettext("Not reported") if key == "stabilisation" else gettext("Choose")
            words = {one.id: gettext(one.label) for one in item.field(key).choices}
            self[key].choices = options({"": first} | words)
        suggested = "; ".join(gettext(words) for words in item.field("pad").suggests)
        self.pad_site.description = gettext(
            "As it is recorded: %(suggested)s. Left empty, any place is set beside it.", suggested=suggested
        )

    def validate_table_id(self, field: StringField) -> None:
        """A name that is easy to print, and none of the product's own."""
        name = typed(field)
        if not TABLE_ID.fullmatch(name):
            raise ValidationError(gettext("Use only letters, digits and hyphens"))
        if name.casefold() in {norm_id.casefold() for norm_id in self.library.norms}:
            raise ValidationError(gettext("There is a table of this name already"))

    def validate_age_min(self, field: StringField) -> None:
        """A whole number of years that somebody can have."""
        self._age(field)

    def validate_age_max(self, field: StringField) -> None:
        """A whole number of years, not before the first."""
        oldest, youngest = self._age(field), number_of(typed(self.age_min))
        if isinstance(youngest, int) and oldest < youngest:
            raise ValidationError(gettext("Enter an age of at least %(age)s", age=youngest))

    def validate_n(self, field: StringField) -> None:
        """Somebody was measured."""
        _whole(field, 1, MOST_PEOPLE)

    def validate_mean(self, field: StringField) -> None:
        """More than nothing, and no more than the test itself takes."""
        self._force(field)

    def validate_sd(self, field: StringField) -> None:
        """Above zero and under the mean: else the two were exchanged."""
        spread, mean = self._force(field), number_of(typed(self.mean))
        if isinstance(mean, int | Decimal) and spread >= mean:
            raise ValidationError(gettext("It is not under the mean. Were the two exchanged?"))

    def _age(self, field: StringField) -> int:
        age = self.library.items["demographics"].field("age")
        return _whole(field, int(age.minimum or 0), int(age.maximum or 0))

    def _force(self, field: StringField) -> Decimal:
        most = self.item.field("trials_n").maximum or Decimal()
        number = number_of(typed(field))
        if not isinstance(number, int | Decimal) or not 0 < number <= most:
            raise ValidationError(gettext("Enter a number above 0, at most %(most)s", most=most))
        return Decimal(number)

    def entry(self) -> NormEntry:
        """What was typed; only of a form that is valid."""
        words: dict[str, Any] = {key: typed(self[key]) for key in (*COMMON, "page") if key != "item"}
        numbers: dict[str, Any] = {key: number_of(typed(self[key])) for key in _NUMBERS}
        numbers |= {key: Decimal(numbers[key]) for key in ("mean", "sd")}
        sex = "" if typed(self.sex) == BOTH else typed(self.sex)
        return NormEntry(
            table_id=typed(self.table_id).upper(), item=self.item.id, sex=sex, **words, **numbers
        )


def _whole(field: StringField, least: int, most: int) -> int:
    number = number_of(typed(field))
    if not isinstance(number, int) or not least <= number <= most:
        asked = gettext("Enter a whole number from %(least)s to %(most)s", least=least, most=most)
        raise ValidationError(asked)
    return number


def common_data(row: NormRecord) -> dict[str, Any]:
    """What a further row of the same table shares with this one, as the data of a form."""
    return {key: getattr(row, key) for key in (*COMMON, "table_id", "page")}


class CheckForm(FlaskForm):
    """Whoever checks a row says that they looked."""

    compared = BooleanField(
        _("I compared every value with the paper, and they are the same"),
        [DataRequired(_("Compare the values with the paper first"))],
    )
