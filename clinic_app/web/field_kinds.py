"""How each kind of field is entered: the inputs that it becomes.

A value with parts has one input a part, named with points (`readings.0.sbp`), as the script names it too.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms import Field as Input

from clinic_app.domain.protocol import Choice, Field, FieldKind, Part
from clinic_app.web.fields import options

FINER = {"minus": "-", "plain": "", "plus": "+"}
NUMBERS = frozenset({FieldKind.INTEGER, FieldKind.DECIMAL, FieldKind.SECONDS})
SELECT_FROM = 3
TYPED_NUMBER = {"inputmode": "decimal", "autocomplete": "off", "data-kind": "number"}


class PlainForm(FlaskForm):
    """A form whose token is checked once for the whole request, not once per side."""

    class Meta(FlaskForm.Meta):
        """The token is the app's business."""

        csrf = False


def inputs_of(field: Field) -> dict[str, Input]:
    """The inputs of a field by their names."""
    return _MAKE[field.kind](field)


def inner_fields(field: Field) -> Iterator[tuple[str, Field]]:
    """The fields of a table, each by its own key and under the name that its inputs have."""
    return ((inner.key, replace(inner, key=f"{field.key}.{inner.key}")) for inner in field.fields)


def input_names(field: Field) -> list[str]:
    """The names of a field that takes several numbers."""
    return [f"{field.key}.{n}" for n in range(field.most)]


def words_choices(words: Mapping[str, str]) -> Callable[[], list[Any]]:
    """Answers from a vocabulary, put into the page's language when the form is made."""
    return lambda: options({value: gettext(label) for value, label in words.items()})


def radio(label: Any, choices: Callable[[], list[Any]], hint: str = "", kind: str = "text") -> RadioField:
    """One answer of several; whether it is allowed is judged where the finding is read."""
    told = {"data-kind": kind}
    return RadioField(label, description=hint, choices=choices, validate_choice=False, render_kw=told)


def ticks(label: Any, choices: tuple[Choice, ...], hint: str = "") -> SelectMultipleField:
    """Any number of answers."""
    return SelectMultipleField(
        label, description=hint, choices=partial(_choices, choices), validate_choice=False
    )


def pick(field: Field, blank: Any) -> SelectField:
    """One answer from a list that folds, or none, in the words of `blank`."""

    def choices() -> list[Any]:
        return [*options({"": blank}), *_choices(field.choices)]

    return SelectField(_label(field), description=field.hint, choices=choices, validate_choice=False)


def _choices(choices: tuple[Choice, ...]) -> list[Any]:
    return options({choice.id: gettext(choice.label) for choice in choices})


def _label(field: Field | Part | Choice) -> Any:
    return lazy_gettext(field.label)


def is_main_grade(field: Field) -> bool:
    """The grade that the whole test is about has the grid; a further one is chosen from a list."""
    return field.kind is FieldKind.GRADE and field.key == "grade"


def _grade(field: Field) -> dict[str, Input]:
    if is_main_grade(field):
        return {"grade_whole": StringField(_label(field)), "finer": StringField(lazy_gettext("Finer grade"))}

    blank = lazy_gettext("Not done")
    return {field.key: pick(replace(field, choices=field.choices[::-1]), blank)}


def _choice(field: Field) -> dict[str, Input]:
    return {field.key: radio(_label(field), partial(_choices, field.choices), field.hint)}


def _several(field: Field) -> dict[str, Input]:
    return {field.key: ticks(_label(field), field.choices, field.hint)}


def _yes_no(field: Field) -> dict[str, Input]:
    """An answer of which the no matters has a yes and a no; any other is a tick."""
    if not field.both_ways:
        return {field.key: BooleanField(_label(field), description=field.hint)}
    return {field.key: radio(_label(field), words_choices({"no": "No", "yes": "Yes"}), field.hint)}


def _typed(field: Field) -> dict[str, str]:
    """The number pad has a minus only where the limits allow one."""
    return {
        **TYPED_NUMBER,
        **({"data-signed": ""} if field.minimum is not None and field.minimum < 0 else {}),
    }


def _number(field: Field) -> dict[str, Input]:
    return {field.key: StringField(_label(field), description=field.hint, render_kw=_typed(field))}


def _trials(field: Field) -> dict[str, Input]:
    """A single number keeps the name of the field; more are told apart by a count."""
    labels = [_label(field)]
    if field.most > 1:
        labels = [
            lazy_gettext("%(what)s, trial %(number)s", what=_label(field), number=n + 1)
            for n in range(field.most)
        ]
    return {
        name: StringField(label, render_kw=_typed(field))
        for name, label in zip(input_names(field), labels, strict=True)
    }


def _points(field: Field) -> dict[str, Input]:
    choices = partial(_choices, field.choices)
    return {field.key: radio(_label(field), choices, field.hint, kind="number")}


def _table(field: Field) -> dict[str, Input]:
    """A choice of several in a table folds, so that the tables of a test stand beside each other."""
    made: dict[str, Input] = {}
    for _key, inner in inner_fields(field):
        if inner.kind is FieldKind.CHOICE and len(inner.choices) >= SELECT_FROM:
            made[inner.key] = pick(inner, lazy_gettext("Not stated"))
        else:
            made |= inputs_of(inner)
    return made


def _text(field: Field) -> dict[str, Input]:
    return {field.key: StringField(_label(field), description=field.hint, render_kw={"autocomplete": "off"})}


def _criteria(field: Field) -> dict[str, Input]:
    answers = words_choices({"ok": "OK", "not_ok": "Not OK"})
    return {f"{field.key}.{row.id}": radio(_label(row), answers) for row in field.choices}


def _readings(field: Field) -> dict[str, Input]:
    return {
        f"{field.key}.{n}.{part.key}": StringField(_label(part), render_kw=TYPED_NUMBER)
        for n in range(field.most)
        for part in field.parts
    }


_MAKE: Mapping[FieldKind, Callable[[Field], dict[str, Input]]] = {
    FieldKind.GRADE: _grade,
    FieldKind.CHOICE: _choice,
    FieldKind.CHOICES: _several,
    FieldKind.YES_NO: _yes_no,
    FieldKind.INTEGER: _number,
    FieldKind.DECIMAL: _number,
    FieldKind.SECONDS: _number,
    FieldKind.TEXT: _text,
    FieldKind.CRITERIA: _criteria,
    FieldKind.READINGS: _readings,
    FieldKind.TRIALS: _trials,
    FieldKind.POINTS: _points,
    FieldKind.TABLE: _table,
}
