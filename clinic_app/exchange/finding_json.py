"""Reads one finding out of JSON: what the page saves and what the command reads."""

from collections.abc import Iterable, Mapping

from clinic_app.domain.criteria import following_from_criteria
from clinic_app.domain.finding import Finding, NotDoneReason, PainLimited, Status, Value
from clinic_app.domain.protocol import Item, Side, Sides
from clinic_app.exchange.document import Reader, below
from clinic_app.exchange.values_json import allowed_in, chosen, several, short_text, values_from

KEYS = (
    "item",
    "side",
    "status",
    "not_done_reason",
    "values",
    "pain",
    "pain_limited",
    "compensations",
    "note",
    "opened_because",
)

_MOST_PAIN = 10
_KINDS = {"status": "a status", "not_done_reason": "a reason", "pain_limited": "a pain-limited answer"}


def read_finding(document: object, item: Item) -> Finding:
    """Read one finding of this item; `DocumentError` names each field, its value and what is allowed."""
    reader = Reader()
    if document is None:
        reader.refuse("", document, "not an object")
    finding = finding_from(reader, reader.table(document, "", KEYS), "", item)
    reader.finish()
    return finding


def finding_from(reader: Reader, table: Mapping[str, object], at: str, item: Item) -> Finding:
    """Read one finding with a reader that collects the problems of a larger document."""
    if table.get("item") not in (None, item.id):
        reader.refuse(below(at, "item"), table["item"], "not this test", item.id)
    status = Status(_word(reader, table, at, "status", Status) or Status.DONE)
    return Finding(
        item=item.id,
        side=_side(reader, table, at, item),
        status=status,
        not_done_reason=_reason(reader, table, at, status),
        values=_values(reader, table, at, item, status),
        pain=_pain(reader, table, at, item),
        pain_limited=_pain_limited(reader, table, at, item),
        compensations=_compensations(reader, table, at, item),
        note=short_text(reader, table.get("note"), below(at, "note")),
        opened_because=short_text(reader, table.get("opened_because"), below(at, "opened_because")).strip(),
    )


def _values(
    reader: Reader, table: Mapping[str, object], at: str, item: Item, status: Status
) -> dict[str, Value]:
    at = below(at, "values")
    given = reader.table(table.get("values"), at, (field.key for field in item.fields))
    if status is Status.NOT_DONE:
        if given:
            reader.refuse(at, given, "a test not done has no values")
        return {}
    values = values_from(reader, given, at, item.fields)
    _check_complete(reader, given, at, item)
    _check_asked(reader, values, at, item)
    _check_agreement(reader, values, at, item)
    return values


def _check_complete(reader: Reader, given: Mapping[str, object], at: str, item: Item) -> None:
    for field in item.fields:
        absent = given.get(field.key) is None and given.get(field.derived_from) is None
        if field.required and absent:
            reader.refuse(below(at, field.key), None, "missing", allowed_in(field))


def _check_asked(reader: Reader, values: Mapping[str, Value], at: str, item: Item) -> None:
    """A field that another answer asks for may only stand with that answer."""
    for field in item.fields:
        for key, answers in (field.shown_with or {}).items():
            answered = values.get(key)
            picked = answered if isinstance(answered, tuple) else (answered,)
            if field.key in values and not set(answers) & set(map(str, picked)):
                words = f"only with {key} {' '.join(answers)}"
                reader.refuse(below(at, field.key), values[field.key], "not asked here", words)


def _check_agreement(reader: Reader, values: Mapping[str, Value], at: str, item: Item) -> None:
    for key, follows in following_from_criteria(item, values).items():
        if values.get(key, follows) != follows:
            reader.refuse(below(at, key), values[key], "does not follow from the criteria", str(follows))


def _word(
    reader: Reader, table: Mapping[str, object], at: str, key: str, allowed: Iterable[str]
) -> str | None:
    value = table.get(key)
    return None if value is None else chosen(reader, value, below(at, key), allowed, _KINDS[key])


def _side(reader: Reader, table: Mapping[str, object], at: str, item: Item) -> Side | None:
    value = table.get("side")
    if item.sides is Sides.NONE:
        if value is not None:
            reader.refuse(below(at, "side"), value, "this test has no side")
        return None
    side = chosen(reader, value, below(at, "side"), Side, "a side")
    return Side(side) if side else None


def _reason(reader: Reader, table: Mapping[str, object], at: str, status: Status) -> NotDoneReason | None:
    reason = _word(reader, table, at, "not_done_reason", NotDoneReason)
    place = below(at, "not_done_reason")
    if status is Status.NOT_DONE and table.get("not_done_reason") is None:
        reader.refuse(place, None, "a test not done needs its reason", " ".join(NotDoneReason))
    if status is Status.DONE and reason:
        reader.refuse(place, reason, "the test was done")
    return NotDoneReason(reason) if reason else None


def _pain(reader: Reader, table: Mapping[str, object], at: str, item: Item) -> int | None:
    value, place = table.get("pain"), below(at, "pain")
    if value is not None and not item.asks_pain:
        reader.refuse(place, value, "pain is not asked in this test")
        return None
    return reader.whole(value, place, least=0, most=_MOST_PAIN)


def _pain_limited(reader: Reader, table: Mapping[str, object], at: str, item: Item) -> PainLimited:
    limited = PainLimited(_word(reader, table, at, "pain_limited", PainLimited) or PainLimited.NO)
    if limited is not PainLimited.NO and not item.asks_pain_limited:
        reader.refuse(below(at, "pain_limited"), limited, "not asked in this test", PainLimited.NO)
    return limited


def _compensations(reader: Reader, table: Mapping[str, object], at: str, item: Item) -> tuple[str, ...]:
    value = table.get("compensations")
    if value in (None, []):
        return ()
    alone = {choice.id: choice.alone for choice in item.compensations}
    return several(reader, value, below(at, "compensations"), alone) or ()
