"""What may be entered in a field, in words: its range, step, unit and answers."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from flask_babel import gettext as _

from clinic_app.domain.protocol import Aggregate, Field, FieldKind, Part


class Limit(NamedTuple):
    """One line of the table: what is entered, within which limits, and the answers with their meaning."""

    label: str
    says: str
    answers: list[tuple[str, str]]


def limits_of(fields: Iterable[Field], within: str = "") -> Iterator[Limit]:
    """The limits of these fields, those of a table behind its name."""
    for field in fields:
        label = ": ".join(part for part in (within, _(field.label)) if part)
        if field.kind is FieldKind.TABLE:
            yield from limits_of(field.fields, label)
        else:
            yield Limit(label, "; ".join(_says(field)), [(one.label, one.help) for one in field.choices])


def _says(field: Field) -> Iterator[str]:
    kinds = {
        FieldKind.YES_NO: _("yes or no"),
        FieldKind.TEXT: _("text"),
        FieldKind.CHOICES: _("one or more of the answers"),
        FieldKind.CRITERIA: _("met or not met, each"),
    }
    if field.kind in kinds:
        yield kinds[field.kind]
    if field.minimum is not None and field.maximum is not None:
        yield _range(field.minimum, field.maximum, field.step, field.unit)
    yield from (f"{_(part.label)} {_of_part(part)}" for part in field.parts)
    if field.most > 1:
        yield _("up to %(most)s times", most=field.most)
    if field.aggregate:
        yield _aggregates()[field.aggregate]
    if field.whole_person:
        yield _("for the whole person")
    yield _("required") if field.required else _("may be left out")


def _of_part(part: Part) -> str:
    return _range(part.minimum, part.maximum, part.step, part.unit)


def _range(least: Decimal, most: Decimal, step: Decimal | None, unit: str) -> str:
    told = _("%(least)s to %(most)s", least=_plain(least), most=_plain(most))
    told = f"{told} {unit}".strip()
    return _("%(range)s, in steps of %(step)s", range=told, step=_plain(step)) if step else told


def _plain(number: Decimal) -> str:
    return f"{number:f}".replace("-", "−")


def _aggregates() -> dict[Aggregate, str]:
    return {
        Aggregate.MOST: _("the greatest is read"),
        Aggregate.LEAST: _("the least is read"),
        Aggregate.MEAN: _("the mean is read"),
    }
