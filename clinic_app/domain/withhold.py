"""When no programme is made: the checks in their order, the first that fits is told."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from clinic_app.domain.circumstances import (
    Circumstances,
    FallsRisk,
    Goal,
    Irritability,
    NotTolerated,
    Pathway,
    Severity,
    Sport,
    Stage,
    TagSide,
    Weakness,
    WeightBearing,
)
from clinic_app.domain.exercise import Equipment
from clinic_app.domain.exercise_library import ExerciseLibrary
from clinic_app.domain.programme import ProgrammeStatus
from clinic_app.domain.protocol import Group, Side


@dataclass(frozen=True)
class Withheld:
    """Why there is no programme; `names` are the answers missing or the values unknown."""

    status: ProgrammeStatus
    names: tuple[str, ...] = ()


def why_withheld(circumstances: Circumstances, library: ExerciseLibrary) -> Withheld | None:
    """The first reason to make no programme, or None when all is answered, known and clear."""
    return next((found for check in _CHECKS if (found := check(circumstances, library))), None)


def missing_answers(circumstances: Circumstances) -> tuple[str, ...]:
    """The required answers that were not given, named as in the JSON document."""
    c = circumstances
    needed: list[tuple[str, object]] = [
        ("gate.red_flags_unresolved", c.gate.red_flags_unresolved),
        ("gate.screen_valid", c.gate.screen_valid),
        ("irritability", c.irritability),
        ("patient.age", c.patient.age),
        ("patient.falls_risk", c.patient.falls_risk),
        ("patient.goal", c.patient.goal),
        *((f"weight_bearing.{side}", c.weight_bearing.get(side)) for side in Side),
        ("precautions", c.precautions),
        *((f"precautions[{n}].tag", row.tag) for n, row in enumerate(c.precautions or ())),
        ("equipment", c.equipment),
        ("findings", c.findings),
    ]
    for n, weakness in enumerate(c.findings or ()):
        needed += [(f"findings[{n}].{key}", value) for key, value in _needed_of(weakness)]
    return tuple(name for name, value in needed if value is None)


def unknown_values(circumstances: Circumstances, library: ExerciseLibrary) -> tuple[str, ...]:
    """The coded values that no list holds, each as `name: value`."""
    pairs = _coded(circumstances, frozenset(library.tags))
    return tuple(
        f"{name}: {value}" for name, value, known in pairs if value is not None and value not in known
    )


def _needed_of(weakness: Weakness) -> tuple[tuple[str, object], ...]:
    """An uninterpretable finding may lack its severity."""
    always = (
        ("group", weakness.group),
        ("side", weakness.side),
        ("interpretable", weakness.interpretable),
    )
    return always if weakness.interpretable is False else (*always, ("severity", weakness.severity))


Coded = tuple[str, str | None, frozenset[str]]


def _coded(c: Circumstances, tags: frozenset[str]) -> Iterator[Coded]:
    yield "irritability", c.irritability, _values(Irritability)
    yield "patient.falls_risk", c.patient.falls_risk, _values(FallsRisk)
    yield "patient.goal", c.patient.goal, _values(Goal)
    yield "patient.sport", c.patient.sport, _values(Sport)
    yield "stage", c.stage, _values(Stage)
    for side, status in c.weight_bearing.items():
        yield f"weight_bearing.{side}", status, _values(WeightBearing)
    for n, row in enumerate(c.precautions or ()):
        yield f"precautions[{n}].tag", row.tag, tags
        yield f"precautions[{n}].side", row.side, _values(TagSide)
    yield from _each("pathways", c.pathways, _values(Pathway))
    yield from _each("equipment", c.equipment or (), _values(Equipment))
    yield from _each("positions_not_tolerated", c.positions_not_tolerated, _values(NotTolerated))
    for n, weakness in enumerate(c.findings or ()):
        yield f"findings[{n}].group", weakness.group, _values(Group)
        yield f"findings[{n}].side", weakness.side, _values(Side)
        yield f"findings[{n}].severity", weakness.severity, _values(Severity)


def _each(name: str, values: Iterable[str], known: frozenset[str]) -> Iterator[Coded]:
    return ((f"{name}[{n}]", value, known) for n, value in enumerate(values))


_KNOWN: dict[type[StrEnum], frozenset[str]] = {}


def _values(words: type[StrEnum]) -> frozenset[str]:
    if words not in _KNOWN:
        _KNOWN[words] = frozenset(word.value for word in words)
    return _KNOWN[words]


def _red_flag(c: Circumstances, _library: ExerciseLibrary) -> Withheld | None:
    return Withheld(ProgrammeStatus.WITHHELD_RED_FLAG) if c.gate.red_flags_unresolved else None


def _screen_not_valid(c: Circumstances, _library: ExerciseLibrary) -> Withheld | None:
    return Withheld(ProgrammeStatus.WITHHELD_UNINTERPRETABLE) if c.gate.screen_valid is False else None


def _missing(c: Circumstances, _library: ExerciseLibrary) -> Withheld | None:
    names = missing_answers(c)
    return Withheld(ProgrammeStatus.WITHHELD_MISSING_DATA, names) if names else None


def _unknown(c: Circumstances, library: ExerciseLibrary) -> Withheld | None:
    names = unknown_values(c, library)
    return Withheld(ProgrammeStatus.WITHHELD_INVALID_INPUT, names) if names else None


def _no_surgical_clearance(c: Circumstances, library: ExerciseLibrary) -> Withheld | None:
    surgical = c.gate.post_op or any(library.tags[row.tag or ""].surgical for row in c.precautions or ())
    if surgical and not c.gate.surgeon_clearance:
        return Withheld(ProgrammeStatus.WITHHELD_NO_SURGICAL_CLEARANCE)
    return None


def _minor_unconfirmed(c: Circumstances, library: ExerciseLibrary) -> Withheld | None:
    if (c.patient.age or 0) < library.selection.adult_from_age and not c.patient.minor_confirmed:
        return Withheld(ProgrammeStatus.WITHHELD_MINOR_UNCONFIRMED)
    return None


def _nothing_interpretable(c: Circumstances, _library: ExerciseLibrary) -> Withheld | None:
    if c.findings and not any(weakness.interpretable for weakness in c.findings):
        return Withheld(ProgrammeStatus.WITHHELD_UNINTERPRETABLE)
    return None


def _no_findings(c: Circumstances, _library: ExerciseLibrary) -> Withheld | None:
    return None if c.findings else Withheld(ProgrammeStatus.NO_FLAGS)


_CHECKS: tuple[Callable[[Circumstances, ExerciseLibrary], Withheld | None], ...] = (
    _red_flag,
    _screen_not_valid,
    _missing,
    _unknown,
    _no_surgical_clearance,
    _minor_unconfirmed,
    _nothing_interpretable,
    _no_findings,
)
