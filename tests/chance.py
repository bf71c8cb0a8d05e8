"""Any valid answer to any field, by chance: mostly near what the rules of the screen read."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from random import Random
from typing import TypeVar

from clinic_app.domain.finding import Value
from clinic_app.domain.protocol import Field, FieldKind

T = TypeVar("T")

# Where the whole range of a field would hardly ever come near what a rule reads.
_NEAR: Mapping[str, tuple[int, int]] = {
    "ir_deg": (5, 45),
    "flexion_deg": (80, 130),
    "stiffness_min": (0, 90),
    "count": (0, 18),
    "seconds": (0, 90),
    "block_mm": (0, 20),
    "drop_cm": (0, 20),
    "trials_n": (60, 500),
    "lever_cm": (38, 42),
    "trials_s": (3, 45),
}
# The other answers come up as often as any.
_OFTEN: Mapping[str, tuple[str, ...]] = {
    "sites": ("lateral_hip", "groin"),
    "grade": ("5", "4+", "4"),
    "stop_reason": ("fatigue",),
    "position": ("side_lying", "sitting", "prone"),
    "pain_site": ("lateral", "groin"),
    "level": ("low",),
    "method": ("break",),
    "slr": ("negative",),
    "slump": ("negative",),
    "heel_walk": ("ok",),
    "toe_grade": ("5",),
    "ankle_grade": ("5",),
}


class Chance:
    """Picks and answers; the same seed and content give the same ones."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)  # noqa: S311

    def one(self, of: Sequence[T]) -> T:
        """One of these."""
        return self._random.choice(of)

    def some(self, of: Sequence[T], most: int) -> list[T]:
        """A few of these, none twice, at least one."""
        return self._random.sample(of, self._random.randint(1, min(most, len(of))))

    def rarely(self) -> bool:
        """Once in twenty."""
        return self._random.randrange(20) == 0

    def often(self) -> bool:
        """Three times in four."""
        return self._random.randrange(4) > 0

    def answer(self, field: Field) -> Value:
        """Any value that the field takes."""
        return _ANSWERS[field.kind](self, field)

    def _choice(self, field: Field) -> str:
        ids = [choice.id for choice in field.choices]
        likely = [each for each in _OFTEN.get(field.key, ()) if each in ids]
        return self.one(likely) if likely and self.one([True, False]) else self.one(ids)

    def _choices(self, field: Field) -> tuple[str, ...]:
        first = self._choice(field)
        alone = {choice.id for choice in field.choices if choice.alone}
        others = [choice.id for choice in field.choices if choice.id not in alone]
        return (first,) if first in alone else tuple(dict.fromkeys((first, *self.some(others, 2))))

    def _number(self, field: Field) -> Decimal:
        step = field.step or Decimal(1)
        low, high = field.minimum or Decimal(), field.maximum or Decimal(100)
        if field.key in _NEAR and not self.rarely():
            near = _NEAR[field.key]
            low, high = max(low, Decimal(near[0])), min(high, Decimal(near[1]))
        return self._random.randint(int(low / step), int(high / step)) * step

    def _trials(self, field: Field) -> tuple[Decimal, ...]:
        return tuple(self._number(field) for _ in range(self._random.randint(1, field.most)))

    def _readings(self, field: Field) -> tuple[dict[str, Value], ...]:
        limits = {part.key: (int(part.minimum), int(part.maximum)) for part in field.parts}
        one = {key: self._random.randint(*pair) for key, pair in limits.items()}
        return (one,)

    def _criteria(self, field: Field) -> dict[str, Value]:
        return {choice.id: self.one(["ok", "not_ok"]) for choice in field.choices}

    def _table(self, field: Field) -> dict[str, Value]:
        return {inner.key: self.answer(inner) for inner in field.fields if self.often()}


_ANSWERS: Mapping[FieldKind, Callable[[Chance, Field], Value]] = {
    FieldKind.GRADE: Chance._choice,
    FieldKind.CHOICE: Chance._choice,
    FieldKind.CHOICES: Chance._choices,
    FieldKind.YES_NO: lambda chance, _field: chance.one([True, False]),
    FieldKind.INTEGER: lambda chance, field: int(chance._number(field)),
    FieldKind.POINTS: lambda chance, field: int(chance._choice(field)),
    FieldKind.DECIMAL: Chance._number,
    FieldKind.SECONDS: Chance._number,
    FieldKind.TEXT: lambda chance, _field: chance.one(["ankle", "ankle", "thigh"]),
    FieldKind.CRITERIA: Chance._criteria,
    FieldKind.READINGS: Chance._readings,
    FieldKind.TRIALS: Chance._trials,
    FieldKind.TABLE: Chance._table,
}
