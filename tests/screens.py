"""Screenings of the tests: worked cases read from tests/cases/screens, and small ones made by hand."""

import tomllib
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from clinic_app.domain.assess import assess
from clinic_app.domain.assessment import Assessment, Force, Note, Pattern, Symmetry
from clinic_app.domain.finding import Finding
from clinic_app.domain.library import Library
from clinic_app.domain.protocol import Group, Side
from clinic_app.domain.screening import Answer, Precautions, Screening, Sex, Subject
from clinic_app.exchange.screening_json import read_screening
from clinic_app.library import load_library

FOLDER = Path(__file__).parent / "cases" / "screens"
LEFT, RIGHT = Side.LEFT, Side.RIGHT

USUAL: dict[str, Any] = {
    "protocol": "quick",
    "subject": {"age": 40, "sex": "female"},
    "red_flags": "all_no",
    "precautions": {"answered": True},
}


@cache
def library() -> Library:
    """The product's own content, read once."""
    return load_library()


@cache
def cases() -> tuple[Any, ...]:
    """Every case of every file, each with its name; read once."""
    return tuple(_cases())


def _cases() -> Iterator[Any]:
    for file in sorted(FOLDER.glob("*.toml")):
        table = tomllib.loads(file.read_text("utf-8"), parse_float=Decimal)
        for place, case in enumerate(table.get("cases", [table])):
            yield {"name": f"{file.stem}-{place}" if "cases" in table else file.stem, **case}


def case_screening(case: dict[str, Any]) -> Screening:
    """The screening of a case; what the case does not say is as usual, and other red flags are no."""
    document = {**USUAL, **case["screening"]}
    if isinstance(document["red_flags"], dict):
        document["red_flags"] = {**dict.fromkeys(library().red_flags, "no"), **document["red_flags"]}
    return read_screening(document, library())


def told_of(assessment: Assessment) -> dict[str, Any]:
    """What an assessment says, in the words in which a case file expects it."""
    results = assessment.groups
    return {
        "outcome": assessment.outcome,
        "advice": assessment.safety.advice,
        "classes": {g: [_words(r.cls, r.cannot_say) for r in results if r.group is g] for g in Group},
        "confidence": {g: [r.confidence or "" for r in results if r.group is g] for g in Group},
        "flags": [_words(f.rule, r.side, f.level) for r in results for f in r.flags],
        "lowered": [_words(f.rule, r.side, *f.lowered_by) for r in results for f in r.flags if f.lowered_by],
        "unread": list({_words(e.item, r.side, e.because): 0 for r in results for e in r.not_interpretable}),
        "notes": [_note(note) for note in assessment.notes],
        "information": [_words(entry.rule, entry.side, entry.value) for entry in assessment.information],
        "patterns": [_pattern(pattern) for pattern in assessment.patterns],
        "lower_limb": assessment.lower_limb,
        "forces": [_force(force) for force in assessment.forces],
        "symmetry": [_symmetry(one) for one in assessment.symmetry],
        "opened": [f"{opened.item}: {opened.because}" for opened in assessment.opened],
        "closed": [_words(closed.item, closed.side, closed.because) for closed in assessment.closed],
        "missing": [_words(missing.item, missing.side) for missing in assessment.missing],
        "overridden": [_words(row.row, row.consequence, row.reason) for row in assessment.safety.overridden],
    }


def _words(*parts: object) -> str:
    return " ".join(str(part) for part in parts if part is not None)


def _note(note: Note) -> str:
    return _words(note.id, note.group, note.side, f"suggest {note.suggest}" if note.suggest else None)


def _pattern(pattern: Pattern) -> str:
    missing = f"; missing {' '.join(pattern.missing)}" if pattern.missing else ""
    return f"{pattern.id} {pattern.side}: {' '.join(pattern.because)}{missing}"


def _force(force: Force) -> str:
    """`item side torque %BW`, then `z -1.00`, `percent 98.2` or `lacking method`; `-` for what is unknown."""
    known = force.score
    told = {"z": known.z, "percent": known.percent_predicted, "lacking": known.lacking}
    norm = (f"{key} {value}" for key, value in told.items() if value is not None)
    numbers = ("-" if n is None else n for n in (force.torque_nm_kg, force.percent_body_weight))
    more = "another trial" if force.another_trial else None
    return _words(force.item, force.side, *numbers, *norm, more)


def _symmetry(one: Symmetry) -> str:
    """`item LSI weaker`, `item unlike method pad` or `item not read left`; the item alone: two zeros."""
    unlike = ("unlike", *one.unlike) if one.unlike else ()
    not_read = ("not read", *one.not_read) if one.not_read else ()
    return _words(one.item, one.lsi, one.weaker, *unlike, *not_read)


def document(*findings: dict[str, Any], **other: Any) -> dict[str, Any]:
    """A screening as JSON with these findings."""
    return {**USUAL, "findings": list(findings), **other}


def screen(*findings: Finding, age: int = 40, **other: Any) -> Screening:
    """A screening without red flag or precaution, and with these findings."""
    asked = (row.id for row in library().red_flags.values() if row.under_age is None)
    usual: dict[str, Any] = {
        "protocol": "quick",
        "subject": Subject(age, Sex.FEMALE),
        "red_flags": dict.fromkeys(asked, Answer.NO),
        "precautions": Precautions(answered=True),
    }
    return Screening(**{**usual, "findings": findings, **other})


def assessed(*findings: Finding, age: int = 40, **other: Any) -> Assessment:
    """The assessment of such a screening."""
    return assess(screen(*findings, age=age, **other), library())


def grade(item: str, side: Side, value: str, pain: int | None = 0, **other: Any) -> Finding:
    """A manual grade."""
    alt = other.pop("alt_position", None)
    values = {"grade": value} if alt is None else {"grade": value, "alt_position": alt}
    return Finding(item, side, values=values, pain=pain, **other)


def abduction(side: Side, value: str, pain: int | None = 0, **other: Any) -> Finding:
    """A manual grade of hip abduction."""
    return grade("mmt_hip_abduction", side, value, pain, **other)


def extension(side: Side, value: str, pain: int | None = 0, **other: Any) -> Finding:
    """A manual grade of hip extension."""
    return grade("mmt_hip_extension", side, value, pain, **other)


def stance(side: Side, result: str, pain: int | None = 0) -> Finding:
    """A Trendelenburg result of the leg stood on."""
    return Finding("trendelenburg_30s", side, values={"result": result}, pain=pain)


def walking(side: Side, *patterns: str, degree: str | None = None, pain: int | None = 0) -> Finding:
    """A gait observation of the leg stood on."""
    values: dict[str, Any] = {"patterns": patterns, "degree": degree}
    return Finding("gait_observation", side, values=values, pain=pain)
