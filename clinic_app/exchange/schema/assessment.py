"""The schema of an assessment, as `assess` answers it."""

from clinic_app.domain.assessment import CannotSay, Confidence, Lacking, LowerLimb, Outcome
from clinic_app.domain.flags import LABELS
from clinic_app.domain.library import Library
from clinic_app.domain.protocol import Group, Side
from clinic_app.domain.rules import Basis, Family
from clinic_app.domain.safety import Advice, Consequence
from clinic_app.domain.screening import Answer, Class
from clinic_app.exchange.schema.fields import TEXT, Schema, rows, table, words

_NUMBER: Schema = {"type": "number"}
_VALUE: Schema = {"type": ["number", "string"]}
_PAIRS = len(Group) * len(Side)


def assessment_schema(library: Library) -> Schema:
    """Everything that `assess` answers."""
    keys = {
        "outcome": words(Outcome),
        "safety": _safety(library),
        "groups": {**rows(_group(library)), "minItems": _PAIRS, "maxItems": _PAIRS},
        "lower_limb": words(LowerLimb),
        "notes": rows(_note(library)),
        "information": rows(_information(library)),
        "patterns": rows(_pattern(library)),
        "opened": rows(table({"item": words(library.items), "because": TEXT}, ("item", "because"))),
        "closed": rows(_place(library, because=TEXT)),
        "missing": rows(_place(library)),
        "forces": rows(_force(library)),
        "symmetry": rows(_symmetry(library)),
    }
    optional = ("forces", "symmetry")
    return table(keys, (key for key in keys if key not in optional))


def or_null(schema: Schema) -> Schema:
    """That, or null."""
    return {"anyOf": [schema, {"type": "null"}]}


def _safety(library: Library) -> Schema:
    row = {"row": words(library.red_flags), "consequence": words(Consequence)}
    open_row = {**row, "answer": words(Answer)}
    overridden = {**row, "reason": TEXT}
    keys = {
        "open": rows(table(open_row, open_row)),
        "overridden": rows(table(overridden, overridden)),
        "unanswered": rows(TEXT),
        "advice": words(Advice),
    }
    return table(keys, ("open", "overridden", "advice"))


def _group(library: Library) -> Schema:
    keys = {
        "group": words(Group),
        "side": words(Side),
        "class": words(Class),
        "cannot_say": or_null(words(CannotSay)),
        "confidence": or_null(words(Confidence)),
        "therapist_class": or_null(words(Class)),
        "therapist_reason": TEXT,
        "flags": rows(_flag(library)),
        "not_interpretable": rows(table({"item": TEXT, "because": TEXT}, ("item", "because"))),
    }
    return table(keys, (key for key in keys if key != "therapist_reason"))


def _flag(library: Library) -> Schema:
    keys: dict[str, Schema] = {
        "rule": words(library.rules.by_id),
        "version": TEXT,
        "family": words(Family),
        "level": {"type": "integer", "minimum": 1, "maximum": max(LABELS)},
        "label": words(dict.fromkeys(LABELS.values())),
        "direct": {"type": "boolean"},
        "item": words(library.items),
        "value": _VALUE,
        "threshold": TEXT,
        "basis": words(Basis),
        "sources": rows(words(library.evidence)),
        "counts": {"type": "boolean"},
        "lowered_by": rows(TEXT),
    }
    return table(keys, keys)


def _note(library: Library) -> Schema:
    keys = {
        "id": words(library.notes),
        "group": words(Group),
        "side": words(Side),
        "item": words(library.items),
        "suggest": TEXT,
    }
    return table(keys, ("id",))


def _information(library: Library) -> Schema:
    named = words((*library.rules.by_id, *library.patterns, *library.precautions, *library.items))
    return table({"rule": named, "side": words(Side), "value": _VALUE, "item": TEXT}, ("rule",))


def _pattern(library: Library) -> Schema:
    keys = {
        "id": words(library.patterns),
        "side": words(Side),
        "because": rows(words(library.items)),
        "missing": rows(words(library.items)),
    }
    return table(keys, ("id", "because"))


def _place(library: Library, **more: Schema) -> Schema:
    return table({"item": words(library.items), "side": words(Side), **more}, ("item", *more))


def _calculated(*inputs: str) -> Schema:
    keys = {"value": _NUMBER, "formula": TEXT, **dict.fromkeys(inputs, TEXT)}
    return table(keys, keys)


def _force(library: Library) -> Schema:
    lacking = table({"because": words(Lacking), "nearest": words(library.norms)}, ("because",))
    measured = {
        "item": words(library.items),
        "side": words(Side),
        "force_n": _NUMBER,
        "mean_n": _NUMBER,
        "trials": {"type": "integer", "minimum": 1},
        "interpretable": {"type": "boolean"},
    }
    inputs = dict.fromkeys(("method", "position", "stabilisation", "pad"), TEXT)
    given: dict[str, Schema] = {"lever_cm": _NUMBER, "mass_kg": _NUMBER, "another_trial": {"const": True}}
    calculated = {
        "torque_nm_kg": _calculated(),
        "percent_body_weight": _calculated(),
        "z": _calculated("norm"),
        "percent_predicted": _calculated("norm"),
        "no_norm": lacking,
    }
    return table({**measured, **inputs, **given, **calculated}, measured)


def _symmetry(library: Library) -> Schema:
    keys = {
        "item": words(library.items),
        "lsi": _calculated(),
        "weaker": words(Side),
        "unlike": rows(TEXT),
        "not_read": rows(words(Side)),
    }
    return table(keys, ("item",))
