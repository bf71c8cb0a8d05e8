"""The schema of a screening, as `assess` reads it."""

from clinic_app.domain.course import WITHOUT_FINDING
from clinic_app.domain.finding import NotDoneReason, PainLimited, Status
from clinic_app.domain.library import Library
from clinic_app.domain.protocol import Group, Item, Side, Sides
from clinic_app.domain.safety import Precaution
from clinic_app.domain.safety_gate import may_be_overridden
from clinic_app.domain.screening import Answer, Class
from clinic_app.exchange.force_json import ENTERED, FORCES
from clinic_app.exchange.safety_json import ALL_NO
from clinic_app.exchange.schema.fields import (
    TEXT,
    YES_NO,
    Schema,
    field_schema,
    fields_table,
    rows,
    table,
    words,
)

_NO_VALUES: Schema = {"type": "object", "maxProperties": 0}
_WORST_PAIN = 10


def screening_schema(library: Library) -> Schema:
    """Everything that `assess` reads; a key that is not here is an error."""
    subject = library.items["demographics"].fields
    tests = [item for item in library.items.values() if item.id not in WITHOUT_FINDING]
    schema = table(
        {
            "protocol": words(library.protocols),
            "subject": fields_table(subject),
            "red_flags": _red_flags(library),
            "red_flag_overrides": table(
                {row.id: TEXT for row in library.red_flags.values() if may_be_overridden(row)}
            ),
            "precautions": table(
                {
                    "answered": YES_NO,
                    "rows": rows({"anyOf": [_precaution(row) for row in library.precautions.values()]}),
                }
            ),
            "findings": rows(_any_finding(tests)),
            "overrides": rows(_override()),
            "opened": rows(words(item.id for item in tests)),
        },
        ("protocol", "subject"),
    )
    return {**schema, "$defs": {item.id: _finding(item) for item in tests}}


def _red_flags(library: Library) -> Schema:
    answer = {"enum": [*Answer, True, False]}
    return {"anyOf": [{"const": ALL_NO}, table(dict.fromkeys(library.red_flags, answer))]}


def _precaution(row: Precaution) -> Schema:
    own = {field.key: field_schema(field) for field in row.fields}
    side = {"side": words(Side)} if row.sided else {}
    cleared = {"cleared": YES_NO, "cleared_by": TEXT, "cleared_on": {**TEXT, "format": "date"}}
    return table({"id": {"const": row.id}, **cleared, **side, **own}, ("id",))


def _override() -> Schema:
    keys = {
        "group": words(Group),
        "side": words(Side),
        "class": words(Class),
        "reason": {**TEXT, "minLength": 1},
    }
    return table(keys, keys)


def _any_finding(tests: list[Item]) -> Schema:
    """A finding of a test that is known, judged by the schema of that test alone."""
    return {
        "type": "object",
        "properties": {"item": words(item.id for item in tests)},
        "required": ["item"],
        "allOf": [
            {"if": {"properties": {"item": {"const": item.id}}}, "then": {"$ref": f"#/$defs/{item.id}"}}
            for item in tests
        ],
    }


def _finding(item: Item) -> Schema:
    """A finding of one test, done or not done, once for each kind of side that it is recorded under."""
    shapes = [_of(item, side) for side in dict.fromkeys(_kinds_of_side(item))]
    return shapes[0] if len(shapes) == 1 else {"anyOf": shapes}


def _kinds_of_side(item: Item) -> list[Side | None]:
    """Both sides are alike, so one of them stands for both."""
    sided: list[Side | None] = [] if item.sides is Sides.NONE else [Side.LEFT]
    return [*sided, None] if item.fields_on(None) else sided or [None]


def _values(item: Item, side: Side | None) -> Schema:
    """The values; a force is given in newtons, or as the device showed it."""
    values = fields_table(item.fields_on(side))
    if not item.set_up_by:
        return values
    values["required"].remove(FORCES)
    return {**values, "anyOf": [{"required": [FORCES]}, {"required": [ENTERED]}]}


def _of(item: Item, side: Side | None) -> Schema:
    values = {**fields_table(item.fields_on(side)), "minProperties": 1}
    keys: dict[str, Schema] = {
        "item": {"const": item.id},
        "status": words(Status),
        "not_done_reason": words(NotDoneReason),
        "note": TEXT,
        "opened_because": TEXT,
        "compensations": rows(words(choice.id for choice in item.compensations)),
        "timed": rows(words(field.key for field in item.fields)),
        "confirmed": rows(words(field.key for field in item.fields)),
    }
    if side:
        keys["side"] = words(Side)
    if item.asks_pain:
        keys["pain"] = {"type": "integer", "minimum": 0, "maximum": _WORST_PAIN}
    keys["pain_limited"] = words(PainLimited if item.asks_pain_limited else (PainLimited.NO,))
    done = table({**keys, "values": values}, ("item", *(("side",) if side else ()), "values"))
    refused = {**keys, "status": {"const": Status.NOT_DONE.value}, "values": _NO_VALUES}
    not_done = table(refused, ("item", *(("side",) if side else ()), "status", "not_done_reason"))
    done["properties"]["status"] = {"const": Status.DONE.value}
    del done["properties"]["not_done_reason"]
    return {"anyOf": [done, not_done]}
