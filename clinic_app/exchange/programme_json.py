"""Circumstances in, a programme out, as the JSON of the `prescribe` command and of the export."""

from collections.abc import Mapping
from typing import Any

from clinic_app.domain.circumstances import Circumstances, Gate, Patient, TaggedPrecaution, Weakness
from clinic_app.domain.programme import Prescription, Programme, WorkedSides, WorkMode
from clinic_app.domain.protocol import Side
from clinic_app.exchange.document import Reader

_OLDEST = 130
_MOST_EXERCISES = 99

KEYS = (
    "patient",
    "gate",
    "irritability",
    "weight_bearing",
    "precautions",
    "pathways",
    "equipment",
    "positions_not_tolerated",
    "floor_transfer_ok",
    "cleared_for_impact",
    "stage",
    "max_exercises",
    "findings",
)


def read_circumstances(document: object, at: str = "") -> Circumstances:
    """Read the document; `DocumentError` names every unknown key and wrong type.

    A missing answer stays missing and an unknown word is kept: `prescribe` withholds for both.
    """
    reader = Reader()
    if not isinstance(document, Mapping):
        reader.refuse(at, document, "not an object")
    circumstances = circumstances_from(reader, document, at)
    reader.finish()
    return circumstances


def circumstances_from(reader: Reader, document: object, at: str = "") -> Circumstances:
    """Read the document with a reader that collects the problems of a larger one."""
    table = reader.table(document, at, KEYS)

    def place(key: str) -> str:
        return f"{at}.{key}" if at else key

    def taken(key: str, take: Any) -> Any:
        return take(table.get(key), place(key))

    return Circumstances(
        patient=_patient(reader, table.get("patient"), place("patient")),
        gate=_gate(reader, table.get("gate"), place("gate")),
        irritability=taken("irritability", reader.text),
        weight_bearing=_weight_bearing(reader, table.get("weight_bearing"), place("weight_bearing")),
        precautions=reader.rows(
            table.get("precautions"), place("precautions"), lambda row, where: _precaution(reader, row, where)
        ),
        pathways=taken("pathways", reader.words) or (),
        equipment=taken("equipment", reader.words),
        positions_not_tolerated=taken("positions_not_tolerated", reader.words) or (),
        floor_transfer_ok=taken("floor_transfer_ok", reader.yes_no),
        cleared_for_impact=taken("cleared_for_impact", reader.yes_no),
        stage=taken("stage", reader.text),
        max_exercises=reader.whole(
            table.get("max_exercises"), place("max_exercises"), least=1, most=_MOST_EXERCISES
        ),
        findings=reader.rows(
            table.get("findings"), place("findings"), lambda row, where: _weakness(reader, row, where)
        ),
    )


def programme_to_json(programme: Programme) -> dict[str, Any]:
    """The programme as a JSON object."""
    return {
        "status": programme.status.value,
        "message": programme.message,
        "exercises": [prescription_to_json(line) for line in programme.prescriptions],
        "uncovered": [group.value for group in programme.uncovered],
        "deferred": [group.value for group in programme.deferred],
        "excluded": {exercise: list(codes) for exercise, codes in programme.excluded.items()},
        "pain_limit": programme.pain_limit,
        "session_minutes": programme.session_minutes,
        "blocks": list(programme.blocks),
        "notices": list(programme.notices),
    }


def prescription_to_json(line: Prescription) -> dict[str, Any]:
    """One line of a programme as a JSON object."""
    return {
        "id": line.exercise,
        "group": line.group.value if line.group else None,
        "slot": line.slot.value,
        "indirect": line.indirect,
        "sets": line.sets,
        "reps": line.reps,
        "hold_s": line.hold_s,
        "rest_s": line.rest_s,
        "tempo": line.tempo,
        "days_per_week": line.days_per_week,
        "sessions_per_day": line.sessions_per_day,
        "rpe": list(line.rpe),
        "sides": _sides_to_json(line.sides),
        "caution_keys": list(line.caution_keys),
    }


def _sides_to_json(sides: WorkedSides) -> dict[str, str]:
    if sides.side is None:
        return {"mode": sides.mode.value}
    key = "start_with" if sides.mode is WorkMode.BOTH_SIDES else "side"
    return {"mode": sides.mode.value, key: sides.side.value}


def _patient(reader: Reader, value: object, at: str) -> Patient:
    table = reader.table(value, at, ("age", "falls_risk", "goal", "sport", "minor_confirmed"))
    return Patient(
        age=reader.whole(table.get("age"), f"{at}.age", least=0, most=_OLDEST),
        falls_risk=reader.text(table.get("falls_risk"), f"{at}.falls_risk"),
        goal=reader.text(table.get("goal"), f"{at}.goal"),
        sport=reader.text(table.get("sport"), f"{at}.sport"),
        minor_confirmed=reader.yes_no(table.get("minor_confirmed"), f"{at}.minor_confirmed"),
    )


def _gate(reader: Reader, value: object, at: str) -> Gate:
    keys = ("red_flags_unresolved", "screen_valid", "post_op", "surgeon_clearance")
    table = reader.table(value, at, keys)
    return Gate(**{key: reader.yes_no(table.get(key), f"{at}.{key}") for key in keys})


def _weight_bearing(reader: Reader, value: object, at: str) -> dict[Side, str | None]:
    table = reader.table(value, at, tuple(Side))
    return {side: reader.text(table.get(side.value), f"{at}.{side}") for side in Side}


def _precaution(reader: Reader, value: object, at: str) -> TaggedPrecaution:
    table = _row(reader, value, at, ("tag", "side"))
    return TaggedPrecaution(
        reader.text(table.get("tag"), f"{at}.tag"), reader.text(table.get("side"), f"{at}.side")
    )


def _weakness(reader: Reader, value: object, at: str) -> Weakness:
    table = _row(reader, value, at, ("group", "side", "severity", "interpretable", "antigravity"))
    return Weakness(
        group=reader.text(table.get("group"), f"{at}.group"),
        side=reader.text(table.get("side"), f"{at}.side"),
        severity=reader.text(table.get("severity"), f"{at}.severity"),
        interpretable=reader.yes_no(table.get("interpretable"), f"{at}.interpretable"),
        antigravity=reader.yes_no(table.get("antigravity"), f"{at}.antigravity"),
    )


def _row(reader: Reader, value: object, at: str, keys: tuple[str, ...]) -> Mapping[str, object]:
    if value is None:
        reader.refuse(at, value, "not an object")
    return reader.table(value, at, keys)
