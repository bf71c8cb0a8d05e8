"""One recorded value in words, by the kind of its field."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal

from clinic_app.domain.finding import Value
from clinic_app.domain.protocol import Field, FieldKind, Part
from clinic_app.web.wording.language import say as _

DEGREE = "°"


def value_words(value: Value, field: Field) -> str:
    """One value of a finding: "4−", "30 s", "Pelvis dropped"."""
    return _WORDS[field.kind](value, field)


def lower_first(words: str) -> str:
    """The words as they go on inside a sentence; a unit or an abbreviation keeps its capitals."""
    return words[:1].lower() + words[1:] if words[1:2].islower() else words


def inside(value: Value, field: Field) -> str:
    """A value as it goes on inside a sentence; what was typed stays as it was typed."""
    words = value_words(value, field)
    return words if field.kind is FieldKind.TEXT else lower_first(words)


def _plain(value: Value, field: Field) -> str:
    if field.kind is FieldKind.TEXT:
        return str(value)
    between = "" if field.unit == DEGREE else " "
    return f"{_bare(value)}{between}{field.unit}" if field.unit else _bare(value)


def _grade(value: Value, _field: Field) -> str:
    return str(value).replace("-", "−")


def _choice(value: Value, field: Field) -> str:
    labels = {choice.id: choice.label for choice in field.choices}
    return _(labels.get(str(value), str(value)))


def _choices(value: Value, field: Field) -> str:
    chosen = value if isinstance(value, tuple) else (value,)
    return ", ".join(_choice(one, field) for one in chosen)


def trials_words(value: Value, field: Field) -> str:
    """ "12°", "52.0, 49.5 and 50.1 N"."""
    trials = value if isinstance(value, tuple | list) else (value,)
    told = listed([_bare(trial) for trial in trials])
    between = "" if field.unit == DEGREE else " "
    return f"{told}{between}{field.unit}".rstrip()


def _points(value: Value, field: Field) -> str:
    return _("%(points)s of %(most)s points", points=str(value), most=len(field.choices) - 1)


def _table(value: Value, field: Field) -> str:
    """What a device showed, in its unit; of any other table each answer by its label."""
    if not isinstance(value, Mapping):
        return str(value)
    inner = {part.key: part for part in field.fields}
    if {"unit", "trials"} == inner.keys() and value.get("unit"):
        return trials_words(value.get("trials"), replace(inner["trials"], unit=str(value["unit"])))
    told = [_in_table(value[key], part) for key, part in inner.items() if value.get(key) is not None]
    return ", ".join(told)


def _in_table(value: Value, field: Field) -> str:
    """A choice speaks for itself; a number or a text needs its label."""
    words = inside(value, field)
    return words if field.kind is FieldKind.CHOICE else f"{lower_first(_(field.label))} {words}"


def listed(words: list[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    if len(words) < 2:
        return "".join(words)
    return _("%(before)s and %(last)s", before=", ".join(words[:-1]), last=words[-1])


def _bare(value: Value) -> str:
    text = format(value, "f") if isinstance(value, Decimal) else str(value)
    return text.replace("-", "−")


def _yes_no(value: Value, field: Field) -> str:
    return _(field.label) if value else f"{_(field.label)}: {_('no')}"


def _seconds(value: Value, _field: Field) -> str:
    return f"{value} s"


def _criteria(value: Value, field: Field) -> str:
    if not isinstance(value, Mapping):
        return str(value)
    labels = {choice.id: choice.label for choice in field.choices}
    told = {labels.get(key, key): str(answer).replace("_", " ") for key, answer in value.items()}
    return ", ".join(f"{_(label)}: {_(answer)}" for label, answer in told.items())


def _readings(value: Value, field: Field) -> str:
    readings = value if isinstance(value, tuple) else (value,)
    return "; ".join(_reading(reading, field.parts) for reading in readings)


def _reading(reading: Value, parts: tuple[Part, ...]) -> str:
    if not isinstance(reading, Mapping):
        return str(reading)
    told = [(part, reading[part.key]) for part in parts if reading.get(part.key) is not None]
    return ", ".join(f"{_(part.label)} {value} {part.unit}".rstrip() for part, value in told)


_WORDS: Mapping[FieldKind, Callable[[Value, Field], str]] = {
    FieldKind.GRADE: _grade,
    FieldKind.CHOICE: _choice,
    FieldKind.CHOICES: _choices,
    FieldKind.YES_NO: _yes_no,
    FieldKind.INTEGER: _plain,
    FieldKind.DECIMAL: _plain,
    FieldKind.SECONDS: _seconds,
    FieldKind.TEXT: _plain,
    FieldKind.CRITERIA: _criteria,
    FieldKind.READINGS: _readings,
    FieldKind.TRIALS: trials_words,
    FieldKind.POINTS: _points,
    FieldKind.TABLE: _table,
}
