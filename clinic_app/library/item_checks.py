"""What must hold of one test and of those that it names: each broken promise as key and reason."""

from collections.abc import Iterator, Mapping

from clinic_app.domain.protocol import AnswerCloses, Field, FieldKind, Item, Sides
from clinic_app.library.field_checks import Fault, answers_of, field_faults, twice
from clinic_app.library.timer_checks import timer_faults
from clinic_app.library.usual_checks import usual_faults

SET_UP = "hhd_setup"


def item_faults(item: Item) -> Iterator[Fault]:
    """Everything wrong inside one test."""
    yield from field_faults(item.fields)
    yield from twice("compensations", (choice.id for choice in item.compensations))
    if item.minutes < 0:
        yield "minutes", "no test takes less than no time"
    if not item.evidence:
        yield "evidence", "name a source, or say that it is clinical convention"
    if item.asks_pain_limited and not item.asks_pain:
        yield "asks_pain_limited", "asked only where pain is asked"
    yield from timer_faults(item)
    if item.sides is Sides.NONE and any(field.whole_person for field in item.fields):
        yield "fields", "a test without sides is of the whole person as it is"
    for each in item.closes:
        yield from _closing(each, item)
    yield from usual_faults(item)


def _closing(closes: AnswerCloses, item: Item) -> Iterator[Fault]:
    field = {field.key: field for field in item.fields}.get(closes.field)
    if field is None:
        yield "closes.field", f"{closes.field} is not a field of this test"
        return
    known = answers_of(field)
    yield from (
        ("closes.answers", f"{word} is no answer to {closes.field}")
        for word in closes.answers
        if word not in known
    )
    if not closes.answers or not closes.items:
        yield "closes", "it closes nothing"


def faults_between(item: Item, items: Mapping[str, Item]) -> Iterator[Fault]:
    """Everything wrong with what the test names of other tests."""
    for closes in item.closes:
        yield from (("closes.items", f"{name} is not known") for name in closes.items if name not in items)
        if item.id in closes.items:
            yield "closes.items", f"{item.id} would close itself"
    if item.set_up_by:
        yield from _set_up(item, items.get(SET_UP))


def _set_up(item: Item, setup: Item | None) -> Iterator[Fault]:
    """The table holds fields that the test has too, of the same kind and with the same answers."""
    tables = {field.key: field for field in setup.fields} if setup else {}
    table = tables.get(item.set_up_by)
    if table is None or table.kind is not FieldKind.TABLE:
        yield "set_up_by", f"{item.set_up_by} is not a table of {SET_UP}"
        return
    own = {field.key: field for field in item.fields}
    for field in table.fields:
        if field.key not in own:
            yield "set_up_by", f"{item.set_up_by} of {SET_UP} holds {field.key}, which this test has not"
        elif _kind(own[field.key]) != _kind(field):
            yield "set_up_by", f"{field.key} is not the same as in {item.set_up_by} of {SET_UP}"


def _kind(field: Field) -> tuple[object, ...]:
    answers = tuple(choice.id for choice in field.choices)
    return field.kind, answers, field.minimum, field.maximum, field.step, field.unit
