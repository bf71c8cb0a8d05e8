"""The programme cases, and circumstances to start from: an adult of 40 with a chair, nothing forbidden."""

import copy
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from clinic_app.domain.exercise_library import ExerciseLibrary
from clinic_app.domain.prescribe import prescribe
from clinic_app.domain.programme import Programme
from clinic_app.exchange.programme_json import read_circumstances
from clinic_app.library.exercises import load_exercise_library
from clinic_app.library.folder import PACKAGED

CASES = sorted((Path(__file__).parent / "cases" / "programmes").glob("*.toml"))

ADULT: dict[str, Any] = {
    "patient": {"age": 40, "falls_risk": "low", "goal": "daily"},
    "gate": {"red_flags_unresolved": False, "screen_valid": True},
    "irritability": "low",
    "weight_bearing": {"left": "fwb", "right": "fwb"},
    "precautions": [],
    "equipment": ["chair"],
    "floor_transfer_ok": True,
    "findings": [],
}


@cache
def library() -> ExerciseLibrary:
    """The library that is shipped, read once."""
    return load_exercise_library(PACKAGED)


def case(file: Path) -> dict[str, Any]:
    """One case as it stands in its file."""
    return tomllib.loads(file.read_text("utf-8"))


def weak(group: str, side: str, severity: str = "moderate", **more: object) -> dict[str, Any]:
    """A finding of weakness that can be interpreted."""
    return {"group": group, "side": side, "severity": severity, "interpretable": True, **more}


def document(*findings: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """The adult's circumstances with these findings; a change to a table changes only the keys it names."""
    made = copy.deepcopy(ADULT) | {"findings": list(findings)}
    for key, value in changes.items():
        made[key] = {**made[key], **value} if isinstance(value, dict) else value
    return made


def programme(*findings: dict[str, Any], **changes: Any) -> Programme:
    """What is prescribed for the adult with these findings and changes."""
    return prescribe(read_circumstances(document(*findings, **changes)), library())


def ids(made: Programme) -> list[str]:
    """The exercises in order."""
    return [line.exercise for line in made.prescriptions]
