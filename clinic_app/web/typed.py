"""What was typed into a field as the document of a finding holds it, and a recorded value as it is typed."""

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from flask_wtf import FlaskForm

from clinic_app.domain.protocol import Field, FieldKind
from clinic_app.web import units
from clinic_app.web.field_kinds import FINER, NUMBERS, inner_fields, input_names, is_main_grade


def document_value(field: Field, form: FlaskForm) -> Any:
    """What was typed into a field, as the JSON document of a finding holds it; None when it is blank."""
    return _READ.get(field.kind, _read_plain)(field, form)


def form_value(field: Field, value: Any) -> dict[str, Any]:
    """A recorded value as the data of its inputs."""
    return _FILL.get(field.kind, _fill_plain)(field, value)


def script_value(field: Field, value: Any) -> Any:
    """A value that the page's script sent, as the document holds it."""
    if field.kind in NUMBERS:
        return _number(field, value)
    if field.kind is FieldKind.TRIALS and isinstance(value, list):
        return [number for number in (number_of(one) for one in value) if number is not None]
    if field.kind is FieldKind.TABLE and isinstance(value, dict):
        inner = {part.key: part for part in field.fields}
        return {k: script_value(inner[k], v) if k in inner else v for k, v in value.items()}
    if field.kind is FieldKind.READINGS and isinstance(value, list):
        return [{k: number_of(v) for k, v in one.items()} if isinstance(one, dict) else one for one in value]
    return value


def number_of(text: Any) -> Any:
    """A typed number, with a comma or a point, as exact as typed; what is no number stays as it was typed."""
    if isinstance(text, float):
        return Decimal(str(text))
    if not isinstance(text, str):
        return text
    plain = text.strip().replace(",", ".")
    try:
        number = Decimal(plain)
    except InvalidOperation:
        return text.strip() or None
    if not number.is_finite():
        return text
    return number if "." in plain else int(number)


def shown(value: Any) -> Any:
    """A recorded value as it is typed."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, Mapping):
        return {key: shown(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [shown(part) for part in value]
    return str(value)


def _number(field: Field, text: Any) -> Any:
    number = number_of(text)
    return units.stored(field, number) if isinstance(number, int | Decimal) else number


def _read_plain(field: Field, form: FlaskForm) -> Any:
    data = form[field.key].data
    return (data.strip() if isinstance(data, str) else data) or None


def _read_grade(field: Field, form: FlaskForm) -> Any:
    if not is_main_grade(field):
        return form[field.key].data or None
    whole = form.grade_whole.data
    return whole + FINER.get(form.finer.data or "plain", "?") if whole else None


def _read_number(field: Field, form: FlaskForm) -> Any:
    return _number(field, form[field.key].data)


def _read_trials(field: Field, form: FlaskForm) -> Any:
    typed = (number_of(form[name].data) for name in input_names(field))
    return [number for number in typed if number is not None] or None


def _read_points(field: Field, form: FlaskForm) -> Any:
    return number_of(form[field.key].data)


def _read_table(field: Field, form: FlaskForm) -> Any:
    typed = {key: document_value(inner, form) for key, inner in inner_fields(field)}
    return {key: value for key, value in typed.items() if value is not None} or None


def _read_criteria(field: Field, form: FlaskForm) -> Any:
    typed = {row.id: form[f"{field.key}.{row.id}"].data for row in field.choices}
    return {key: answer for key, answer in typed.items() if answer} or None


def _read_readings(field: Field, form: FlaskForm) -> Any:
    typed = (
        {part.key: number_of(form[f"{field.key}.{n}.{part.key}"].data) for part in field.parts}
        for n in range(field.most)
    )
    given = ({key: value for key, value in one.items() if value is not None} for one in typed)
    return [one for one in given if one] or None


_READ: Mapping[FieldKind, Callable[[Field, FlaskForm], Any]] = {
    FieldKind.GRADE: _read_grade,
    FieldKind.INTEGER: _read_number,
    FieldKind.DECIMAL: _read_number,
    FieldKind.SECONDS: _read_number,
    FieldKind.CRITERIA: _read_criteria,
    FieldKind.READINGS: _read_readings,
    FieldKind.TRIALS: _read_trials,
    FieldKind.POINTS: _read_points,
    FieldKind.TABLE: _read_table,
}


def _fill_plain(field: Field, value: Any) -> dict[str, Any]:
    return {field.key: shown(value)}


def _fill_grade(field: Field, value: Any) -> dict[str, Any]:
    if not is_main_grade(field):
        return {field.key: value}
    finer = {sign: word for word, sign in FINER.items()}
    return {"grade_whole": value[0], "finer": finer[value[1:]]}


def _fill_number(field: Field, value: Any) -> dict[str, Any]:
    return {field.key: shown(units.typed(field, value))}


def _fill_trials(field: Field, value: Any) -> dict[str, Any]:
    return dict(zip(input_names(field), map(shown, value), strict=False))


def _fill_table(field: Field, value: Any) -> dict[str, Any]:
    filled: dict[str, Any] = {}
    for key, inner in inner_fields(field):
        if value.get(key) is not None:
            filled |= form_value(inner, value[key])
    return filled


def _fill_criteria(field: Field, value: Any) -> dict[str, Any]:
    return {f"{field.key}.{row}": answer for row, answer in value.items()}


def _fill_readings(field: Field, value: Any) -> dict[str, Any]:
    return {f"{field.key}.{n}.{key}": shown(part) for n, one in enumerate(value) for key, part in one.items()}


def _fill_yes_no(field: Field, value: Any) -> dict[str, Any]:
    return {field.key: ("yes" if value else "no") if field.both_ways else value}


_FILL: Mapping[FieldKind, Callable[[Field, Any], dict[str, Any]]] = {
    FieldKind.GRADE: _fill_grade,
    FieldKind.INTEGER: _fill_number,
    FieldKind.DECIMAL: _fill_number,
    FieldKind.SECONDS: _fill_number,
    FieldKind.CRITERIA: _fill_criteria,
    FieldKind.READINGS: _fill_readings,
    FieldKind.TRIALS: _fill_trials,
    FieldKind.TABLE: _fill_table,
    FieldKind.YES_NO: _fill_yes_no,
}
