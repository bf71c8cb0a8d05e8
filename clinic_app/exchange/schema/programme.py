"""The schemas of what `prescribe` reads and answers."""

from clinic_app.domain.circumstances import (
    FallsRisk,
    Goal,
    Irritability,
    NotTolerated,
    Pathway,
    Severity,
    Sport,
    Stage,
    TagSide,
    WeightBearing,
)
from clinic_app.domain.exercise import Equipment
from clinic_app.domain.library import Library
from clinic_app.domain.programme import ProgrammeStatus, Slot, WorkMode
from clinic_app.domain.protocol import Group, Side
from clinic_app.exchange.schema.assessment import or_null
from clinic_app.exchange.schema.fields import TEXT, YES_NO, Schema, rows, table, words

_WHOLE: Schema = {"type": "integer", "minimum": 0}


def circumstances_schema(library: Library) -> Schema:
    """Everything that `prescribe` reads. Missing answers and unknown words are answered, not refused.

    A missing answer withholds the programme, so nothing is required here; the words are those that are known.
    """
    gate = ("red_flags_unresolved", "screen_valid", "post_op", "surgeon_clearance")
    patient = {
        "age": _WHOLE,
        "falls_risk": words(FallsRisk),
        "goal": words(Goal),
        "sport": words(Sport),
        "minor_confirmed": YES_NO,
    }
    weakness = {
        "group": words(Group),
        "side": words(Side),
        "severity": words(Severity),
        "interpretable": YES_NO,
        "antigravity": YES_NO,
    }
    tag = {"tag": words(library.exercises.tags), "side": words(TagSide)}
    return table(
        {
            "patient": _open(patient),
            "gate": _open(dict.fromkeys(gate, YES_NO)),
            "irritability": or_null(words(Irritability)),
            "weight_bearing": _open(dict.fromkeys(Side, words(WeightBearing))),
            "precautions": or_null(rows(_open(tag))),
            "pathways": or_null(rows(words(Pathway))),
            "equipment": or_null(rows(words(Equipment))),
            "positions_not_tolerated": or_null(rows(words(NotTolerated))),
            "floor_transfer_ok": or_null(YES_NO),
            "cleared_for_impact": or_null(YES_NO),
            "stage": or_null(words(Stage)),
            "max_exercises": or_null({"type": "integer", "minimum": 1}),
            "findings": or_null(rows(_open(weakness))),
        }
    )


def programme_schema(library: Library) -> Schema:
    """Everything that `prescribe` answers."""
    groups = rows(words(Group))
    exercises = words(library.exercises.by_id)
    keys = {
        "status": words(ProgrammeStatus),
        "message": or_null(TEXT),
        "exercises": rows(_line(exercises)),
        "uncovered": groups,
        "deferred": groups,
        "excluded": {
            "type": "object",
            "propertyNames": exercises,
            "additionalProperties": {**rows(TEXT), "minItems": 1},
        },
        "pain_limit": or_null(_WHOLE),
        "session_minutes": or_null(_WHOLE),
        "blocks": rows(TEXT),
        "notices": rows(TEXT),
    }
    return table(keys, keys)


def _open(properties: dict[str, Schema]) -> Schema:
    """An object whose answers may be null: not given."""
    return table({str(key): or_null(schema) for key, schema in properties.items()})


def _line(exercises: Schema) -> Schema:
    sides = table({"mode": words(WorkMode), "side": words(Side), "start_with": words(Side)}, ("mode",))
    keys = {
        "id": exercises,
        "group": or_null(words(Group)),
        "slot": words(Slot),
        "indirect": {"type": "boolean"},
        **dict.fromkeys(("sets", "reps", "hold_s", "rest_s", "days_per_week", "sessions_per_day"), _WHOLE),
        "tempo": or_null(TEXT),
        "rpe": {**rows(_WHOLE), "minItems": 2, "maxItems": 2},
        "sides": sides,
        "caution_keys": rows(TEXT),
    }
    return table(keys, keys)
