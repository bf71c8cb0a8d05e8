"""What must hold of the usual result of a test: each broken promise as key and reason."""

from collections.abc import Iterator

from clinic_app.domain.protocol import Field, FieldKind, Item, Sides
from clinic_app.library.field_checks import Fault, answers_of

# What is measured is never called usual: somebody has to have measured it.
_CHOSEN = frozenset(
    {FieldKind.GRADE, FieldKind.CHOICE, FieldKind.CHOICES, FieldKind.YES_NO, FieldKind.POINTS}
)


def usual_faults(item: Item) -> Iterator[Fault]:
    """Everything wrong with the usual result of this test."""
    if item.usual is None:
        return
    if item.sides is Sides.NONE:
        yield "usual", "is of both sides, and this test has none"
    fields = {field.key: field for field in item.fields}
    for key, answers in item.usual.answers.items():
        known = _pains() if key == "pain" and item.asks_pain else _known(fields.get(key))
        yield from (
            ("usual.answers", f"{answer} cannot be the usual answer to {key}")
            for answer in answers
            if answer not in known
        )


def _known(field: Field | None) -> list[str]:
    """The answers that are chosen by looking or asking; a scale from 0 to 10 is told, and a sum follows."""
    if field is None:
        return []
    if field.kind is FieldKind.INTEGER and not field.unit:
        return _pains() if field.maximum == len(_pains()) - 1 or field.sum_of else []
    return answers_of(field) if field.kind in _CHOSEN else []


def _pains() -> list[str]:
    return [str(number) for number in range(11)]
