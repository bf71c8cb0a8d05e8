"""Reads the values of fields out of JSON, with the limits that the fields themselves hold."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import TypeAlias

from clinic_app.domain.finding import Value
from clinic_app.domain.protocol import Field, FieldKind, Part
from clinic_app.exchange.document import Reader, below

_MET = ("ok", "not_ok")
_LONGEST_TEXT = 4000


def values_from(
    reader: Reader, table: Mapping[str, object], at: str, fields: Iterable[Field]
) -> dict[str, Value]:
    """Read each field that is given; a value of the wrong kind or beyond its limits is a problem."""
    values = {
        field.key: _READ[field.kind](reader, table[field.key], below(at, field.key), field)
        for field in fields
        if table.get(field.key) is not None
    }
    return {key: value for key, value in values.items() if value is not None}


def chosen(reader: Reader, value: object, at: str, ids: Iterable[str], kind: str = "a choice") -> str | None:
    """One of these words."""
    known = tuple(ids)
    if isinstance(value, str) and value in known:
        return value
    reader.refuse(at, value, f"not {kind}", " ".join(known))
    return None


def short_text(reader: Reader, value: object, at: str) -> str:
    """A text of bounded length; empty when it is absent."""
    text = reader.text(value, at) or ""
    if len(text) > _LONGEST_TEXT:
        reader.refuse(at, text, "too long", f"up to {_LONGEST_TEXT} characters")
    return text


def _choice(reader: Reader, value: object, at: str, field: Field) -> Value:
    kind = "a grade" if field.kind is FieldKind.GRADE else "a choice"
    return chosen(reader, value, at, field.choice_ids, kind)


def _choices(reader: Reader, value: object, at: str, field: Field) -> Value:
    return several(reader, value, at, {choice.id: choice.alone for choice in field.choices})


def several(reader: Reader, value: object, at: str, alone: Mapping[str, bool]) -> tuple[str, ...] | None:
    """A list of at least one of these words, none twice; a word that stands alone excludes the others."""
    words = reader.rows(value, at, lambda entry, place: chosen(reader, entry, place, alone))
    picked = tuple(word for word in words or () if word is not None)
    if len(set(picked)) < len(picked):
        reader.refuse(at, value, "the same choice twice")
    if len(picked) > 1 and any(alone[word] for word in picked):
        excluding = next(word for word in picked if alone[word])
        reader.refuse(at, value, f"{excluding} stands alone")
    if isinstance(value, list) and not value:
        reader.refuse(at, value, "empty", " ".join(alone))
    return picked or None


def _yes_no(reader: Reader, value: object, at: str, _field: Field) -> Value:
    return reader.yes_no(value, at)


def _text(reader: Reader, value: object, at: str, _field: Field) -> Value:
    return short_text(reader, value, at)


def _integer(reader: Reader, value: object, at: str, field: Field) -> Value:
    number = _number(reader, value, at, field)
    return None if number is None else int(number)


def _number(reader: Reader, value: object, at: str, limits: Field | Part) -> Decimal | None:
    number = _decimal(value)
    if number is None:
        reader.refuse(at, value, "not a number", _allowed(limits))
        return None
    low, high = limits.minimum, limits.maximum
    if (low is not None and number < low) or (high is not None and number > high):
        reader.refuse(at, value, "out of range", _allowed(limits))
        return None
    if limits.step and number % limits.step:
        reader.refuse(at, value, "finer than its step", _allowed(limits))
        return None
    return number


def _decimal(value: object) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    try:
        number = value if isinstance(value, Decimal) else Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def allowed_in(field: Field) -> str:
    """What a field takes, in one line."""
    inner = (inner.key for inner in field.fields)
    return " ".join(choice.id for choice in field.choices) or " ".join(inner) or _allowed(field)


def _allowed(limits: Field | Part) -> str:
    bounds = f"{limits.minimum} to {limits.maximum}" if limits.maximum is not None else ""
    step = f"step {limits.step}" if limits.step else ""
    return " ".join(part for part in (bounds, limits.unit, step) if part)


def _criteria(reader: Reader, value: object, at: str, field: Field) -> Value:
    keys = [choice.id for choice in field.choices]
    table = reader.table(value, at, keys)
    read = {key: chosen(reader, table.get(key), below(at, key), _MET, "an answer") for key in keys}
    return {key: answer for key, answer in read.items() if answer is not None}


def _readings(reader: Reader, value: object, at: str, field: Field) -> Value:
    readings = reader.rows(value, at, lambda entry, place: _reading(reader, entry, place, field))
    if isinstance(value, list) and not 1 <= len(value) <= field.most:
        reader.refuse(at, value, "not that many readings", f"1 to {field.most}")
    return readings or None


def _reading(reader: Reader, value: object, at: str, field: Field) -> Value:
    if value is None:
        reader.refuse(at, value, "not an object")
    table = reader.table(value, at, (part.key for part in field.parts))
    read: dict[str, Value] = {}
    for part in field.parts:
        given, place = table.get(part.key), below(at, part.key)
        if given is not None:
            read[part.key] = _whole_where_possible(_number(reader, given, place, part))
        elif part.required:
            reader.refuse(place, None, "missing", _allowed(part))
    return read


def _trials(reader: Reader, value: object, at: str, field: Field) -> Value:
    """One to `most` numbers in their order; a number alone is one trial."""
    if _decimal(value) is not None:
        value = [value]
    trials = reader.rows(value, at, lambda entry, place: _number(reader, entry, place, field))
    if isinstance(value, list) and not 1 <= len(value) <= field.most:
        reader.refuse(at, value, "not that many trials", f"1 to {field.most}")
    return tuple(trial for trial in trials or () if trial is not None) or None


def _points(reader: Reader, value: object, at: str, field: Field) -> Value:
    """A whole number that is one of the choices; true and false where they are none and one."""
    known = [int(choice.id) for choice in field.choices]
    points = int(value) if isinstance(value, bool) and known == [0, 1] else value
    if type(points) is int and points in known:
        return points
    reader.refuse(at, value, "not that many points", " ".join(map(str, known)))
    return None


def _table(reader: Reader, value: object, at: str, field: Field) -> Value:
    table = reader.table(value, at, (inner.key for inner in field.fields))
    for inner in field.fields:
        if table and inner.required and table.get(inner.key) is None:
            reader.refuse(below(at, inner.key), None, "missing", allowed_in(inner))
    return values_from(reader, table, at, field.fields) or None


def _whole_where_possible(number: Decimal | None) -> Value:
    return int(number) if number is not None and number == int(number) else number


_Read: TypeAlias = Callable[[Reader, object, str, Field], Value]

_READ: Mapping[FieldKind, _Read] = {
    FieldKind.GRADE: _choice,
    FieldKind.CHOICE: _choice,
    FieldKind.CHOICES: _choices,
    FieldKind.YES_NO: _yes_no,
    FieldKind.INTEGER: _integer,
    FieldKind.DECIMAL: _number,
    FieldKind.SECONDS: _number,
    FieldKind.TEXT: _text,
    FieldKind.CRITERIA: _criteria,
    FieldKind.READINGS: _readings,
    FieldKind.TRIALS: _trials,
    FieldKind.POINTS: _points,
    FieldKind.TABLE: _table,
}
