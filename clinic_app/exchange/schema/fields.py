"""The schema of a field's value: its kind, its limits, its choices."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any, TypeAlias

from clinic_app.domain.protocol import Field, FieldKind, Part
from clinic_app.exchange.force_json import ENTERED, FORCES

Schema: TypeAlias = dict[str, Any]

YES_NO: Schema = {"enum": [True, False, "yes", "no"]}
# What stands in the patient's record for the pages stands in the document itself here.
FROM_PATIENT = "patient"

TEXT: Schema = {"type": "string"}


def words(ids: Iterable[str]) -> Schema:
    """One of these words."""
    return {"enum": [str(word) for word in ids]}


def rows(of: Schema) -> Schema:
    """A list of these."""
    return {"type": "array", "items": of}


def table(properties: Mapping[str, Schema], required: Iterable[str] = ()) -> Schema:
    """An object with these keys and no other."""
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(required),
        "additionalProperties": False,
    }


def field_schema(field: Field) -> Schema:
    """The schema of one field of a test, a precaution or the person."""
    made = _KINDS[field.kind](field)
    told = {"title": field.label, **({"description": field.unit} if field.unit else {})}
    return {**told, **made}


def fields_table(fields: Iterable[Field]) -> Schema:
    """The values of a finding: every field by its key; one that follows from others may be left to them."""
    known = tuple(fields)
    required = [field.key for field in known if field.required and not _sources(field)]
    either = [
        {"anyOf": [{"required": [field.key]}, {"required": list(_sources(field))}]}
        for field in known
        if field.required and _sources(field)
    ]
    made = table({field.key: field_schema(field) for field in known}, required)
    return {**made, "allOf": either} if either else made


def _sources(field: Field) -> tuple[str, ...]:
    """The fields that this one may follow from; what the patient's record holds is given like any other."""
    if field.key == FORCES:
        return (ENTERED,)
    return field.sum_of or tuple(key for key in (field.derived_from,) if key not in ("", FROM_PATIENT))


def _number(limits: Field | Part, kind: str = "number") -> Schema:
    return {
        "type": kind,
        "minimum": _plain(limits.minimum),
        "maximum": _plain(limits.maximum),
        "multipleOf": _plain(limits.step),
    }


def _plain(number: Decimal | None) -> int | float | None:
    if number is None:
        return None
    return int(number) if number == int(number) else float(number)


def _choice(field: Field) -> Schema:
    return words(choice.id for choice in field.choices)


def _choices(field: Field) -> Schema:
    """At least one, none twice; one that stands alone excludes the others."""
    several = {**rows(_choice(field)), "minItems": 1, "uniqueItems": True}
    alone = [choice.id for choice in field.choices if choice.alone]
    if alone:
        several["if"] = {"contains": words(alone)}
        several["then"] = {"maxItems": 1}
    return several


def _criteria(field: Field) -> Schema:
    met = words(("ok", "not_ok"))
    return table({choice.id: met for choice in field.choices}, (choice.id for choice in field.choices))


def _readings(field: Field) -> Schema:
    parts = {part.key: _number(part) for part in field.parts}
    reading = table(parts, (part.key for part in field.parts if part.required))
    return {**rows(reading), "minItems": 1, "maxItems": field.most}


def _trials(field: Field) -> Schema:
    number = _number(field)
    return {"anyOf": [number, {**rows(number), "minItems": 1, "maxItems": field.most}]}


def _points(field: Field) -> Schema:
    points = [int(choice.id) for choice in field.choices]
    return {"enum": [*points, True, False]} if points == [0, 1] else {"enum": points}


_KINDS: Mapping[FieldKind, Callable[[Field], Schema]] = {
    FieldKind.GRADE: _choice,
    FieldKind.CHOICE: _choice,
    FieldKind.CHOICES: _choices,
    FieldKind.YES_NO: lambda _field: YES_NO,
    FieldKind.INTEGER: lambda field: _number(field, "integer"),
    FieldKind.DECIMAL: _number,
    FieldKind.SECONDS: _number,
    FieldKind.TEXT: lambda _field: TEXT,
    FieldKind.CRITERIA: _criteria,
    FieldKind.READINGS: _readings,
    FieldKind.TRIALS: _trials,
    FieldKind.POINTS: _points,
    FieldKind.TABLE: lambda field: fields_table(field.fields),
}
