"""One valid answer for any field, made from the field itself: as it is typed, and as it is stored."""

from decimal import Decimal
from typing import Any

from clinic_app.domain.protocol import Field, FieldKind, Part
from clinic_app.web.field_kinds import is_main_grade


def _number(limits: Field | Part, place: int = 0) -> Decimal:
    """A number inside the limits and on the step; another for each place."""
    assert limits.minimum is not None
    assert limits.maximum is not None
    assert limits.step is not None
    steps = int((limits.maximum - limits.minimum) / limits.step)
    return limits.minimum + limits.step * min(steps, steps // 8 + place)


def typed(field: Field, name: str = "") -> dict[str, str]:
    """The answer by the names of its inputs."""
    name = name or field.key
    return _TYPED[field.kind](field, name)


def _grade(field: Field, name: str) -> dict[str, str]:
    return {"grade_whole": "4", "finer": "minus"} if is_main_grade(field) else {name: "4-"}


def _criteria(field: Field, name: str) -> dict[str, str]:
    return {f"{name}.{row.id}": "ok" for row in field.choices}


def _readings(field: Field, name: str) -> dict[str, str]:
    return {f"{name}.0.{part.key}": format(_number(part), "f") for part in field.parts}


def _trials(field: Field, name: str) -> dict[str, str]:
    return {f"{name}.{n}": format(_number(field, n), "f") for n in range(field.most)}


def _table(field: Field, name: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for inner in field.fields:
        found |= typed(inner, f"{name}.{inner.key}")
    return found


def _yes(field: Field, name: str) -> dict[str, str]:
    return {name: "yes" if field.both_ways else "y"}


def _plain(field: Field, name: str) -> dict[str, str]:
    return {name: format(_number(field), "f")}


def _choice(field: Field, name: str) -> dict[str, str]:
    """The last one that is not there for its own sake: it asks for the most beside it."""
    asked = [choice.id for choice in field.choices if not choice.alone]
    return {name: asked[0] if field.kind is FieldKind.CHOICES else asked[-1]}


_TYPED: dict[FieldKind, Any] = {
    FieldKind.GRADE: _grade,
    FieldKind.CHOICE: _choice,
    FieldKind.CHOICES: _choice,
    FieldKind.POINTS: _choice,
    FieldKind.YES_NO: _yes,
    FieldKind.INTEGER: _plain,
    FieldKind.DECIMAL: _plain,
    FieldKind.SECONDS: _plain,
    FieldKind.TEXT: lambda _field, name: {name: "Ten cm above the knee"},
    FieldKind.CRITERIA: _criteria,
    FieldKind.READINGS: _readings,
    FieldKind.TRIALS: _trials,
    FieldKind.TABLE: _table,
}
