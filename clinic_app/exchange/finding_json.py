"""Reads one finding out of JSON: what the page saves and what the command reads."""

from collections.abc import Iterable, Mapping

from clinic_app.domain.course import WITHOUT_FINDING
from clinic_app.domain.criteria import following_from_criteria
from clinic_app.domain.finding import Finding, NotDoneReason, PainLimited, Status, Value
from clinic_app.domain.protocol import Field, Item, Side, Sides
from clinic_app.exchange.document import Reader, below
from clinic_app.exchange.force_json import ENTERED, FORCES, with_forces
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
    "timed",
    "confirmed",
)

_MOST_PAIN = 10
_SIDES = tuple(Side)
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
    word = _word(reader, table, at, "status", Status)
    status = Status(word) if word else Status.DONE
    side = _side(reader, table, at, item)
    return Finding(
        item=item.id,
        side=side,
        status=status,
        not_done_reason=_reason(reader, table, at, status),
        values=_values(reader, table, at, side, item) if status is Status.DONE else _none(reader, table, at),
        pain=_pain(reader, table, at, item),
        pain_limited=_pain_limited(reader, table, at, item),
        compensations=_compensations(reader, table, at, item),
        note=_text(reader, table, at, "note"),
        opened_because=_text(reader, table, at, "opened_because").strip(),
        timed=_field_keys(reader, table, at, "timed", item),
        confirmed=_field_keys(reader, table, at, "confirmed", item),
    )


def _text(reader: Reader, table: Mapping[str, object], at: str, key: str) -> str:
    value = table.get(key)
    return "" if value is None else short_text(reader, value, below(at, key))


def _none(reader: Reader, table: Mapping[str, object], at: str) -> dict[str, Value]:
    if table.get("values"):
        reader.refuse(below(at, "values"), table["values"], "a test not done has no values")
    return {}


def _values(
    reader: Reader, table: Mapping[str, object], at: str, side: Side | None, item: Item
) -> dict[str, Value]:
    at = below(at, "values")
    fields = item.fields_on(side) or item.fields
    given = reader.table(table.get("values"), at, [field.key for field in fields])
    values = values_from(reader, given, at, fields)
    if item.set_up_by:
        values = with_forces(reader, values, at, item)
    _check_complete(reader, given, at, item, fields)
    _check_asked(reader, values, at, item)
    _check_agreement(reader, values, at, item)
    return values


def _check_complete(
    reader: Reader, given: Mapping[str, object], at: str, item: Item, fields: tuple[Field, ...]
) -> None:
    required = [field for field in fields if field.required]
    for field in required:
        if not _given(field, given):
            reader.refuse(below(at, field.key), None, "missing", allowed_in(field))
    needs_one = item.id not in WITHOUT_FINDING and not required
    if needs_one and all(value is None for value in given.values()):
        reader.refuse(at, None, "empty", " ".join(field.key for field in fields))


def _given(field: Field, given: Mapping[str, object]) -> bool:
    """The field itself, or all that it follows from."""
    if given.get(field.key) is not None:
        return True
    follows = given.get(field.derived_from) is not None
    summed = bool(field.sum_of) and all(given.get(part) is not None for part in field.sum_of)
    entered = field.key == FORCES and given.get(ENTERED) is not None
    return follows or summed or entered


def _check_asked(reader: Reader, values: Mapping[str, Value], at: str, item: Item) -> None:
    """A field that another answer asks for may only stand with that answer."""
    shown = [field for field in item.fields if field.shown_with and field.key in values]
    for field in shown:
        for key, answers in (field.shown_with or {}).items():
            answered = values.get(key)
            picked = answered if isinstance(answered, tuple) else (answered,)
            if not set(answers) & set(map(str, picked)):
                words = f"only with {key} {' '.join(answers)}"
                reader.refuse(below(at, field.key), values[field.key], "not asked here", words)


def _check_agreement(reader: Reader, values: Mapping[str, Value], at: str, item: Item) -> None:
    for key, follows in following_from_criteria(item, values).items():
        if values.get(key, follows) != follows:
            source = "points" if item.field(key).sum_of else "criteria"
            reader.refuse(below(at, key), values[key], f"does not follow from the {source}", str(follows))


def _word(
    reader: Reader, table: Mapping[str, object], at: str, key: str, allowed: Iterable[str]
) -> str | None:
    value = table.get(key)
    return None if value is None else chosen(reader, value, below(at, key), allowed, _KINDS[key])


def _side(reader: Reader, table: Mapping[str, object], at: str, item: Item) -> Side | None:
    value, sides = table.get("side"), item.keys()
    if item.sides is Sides.NONE:
        if value is not None:
            reader.refuse(below(at, "side"), value, "this test has no side")
        return None
    if value is None and None in sides:
        return None
    side = chosen(reader, value, below(at, "side"), _SIDES, "a side")
    return Side(side) if side else None


def _reason(reader: Reader, table: Mapping[str, object], at: str, status: Status) -> NotDoneReason | None:
    reason = _word(reader, table, at, "not_done_reason", NotDoneReason)
    if reason is None and status is Status.DONE:
        return None
    place = below(at, "not_done_reason")
    if status is Status.NOT_DONE and table.get("not_done_reason") is None:
        reader.refuse(place, None, "a test not done needs its reason", " ".join(NotDoneReason))
    if status is Status.DONE and reason:
        reader.refuse(place, reason, "the test was done")
    return NotDoneReason(reason) if reason else None


def _pain(reader: Reader, table: Mapping[str, object], at: str, item: Item) -> int | None:
    value = table.get("pain")
    if value is None:
        return None
    place = below(at, "pain")
    if not item.asks_pain:
        reader.refuse(place, value, "pain is not asked in this test")
        return None
    return reader.whole(value, place, least=0, most=_MOST_PAIN)


def _pain_limited(reader: Reader, table: Mapping[str, object], at: str, item: Item) -> PainLimited:
    word = _word(reader, table, at, "pain_limited", PainLimited)
    limited = PainLimited(word) if word else PainLimited.NO
    if limited is not PainLimited.NO and not item.asks_pain_limited:
        reader.refuse(below(at, "pain_limited"), limited, "not asked in this test", PainLimited.NO)
    return limited


def _compensations(reader: Reader, table: Mapping[str, object], at: str, item: Item) -> tuple[str, ...]:
    value = table.get("compensations")
    if value in (None, []):
        return ()
    alone = {choice.id: choice.alone for choice in item.compensations}
    return several(reader, value, below(at, "compensations"), alone) or ()


def _field_keys(
    reader: Reader, table: Mapping[str, object], at: str, key: str, item: Item
) -> tuple[str, ...]:
    value = table.get(key)
    if value in (None, []):
        return ()
    known = {field.key: False for field in item.fields}
    return several(reader, value, below(at, key), known) or ()
