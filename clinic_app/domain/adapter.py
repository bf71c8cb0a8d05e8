"""From the result of a screen to what `prescribe` reads: severities, tags and what is unresolved."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from clinic_app.domain.assessment import Assessment, CannotSay, GroupResult
from clinic_app.domain.circumstances import (
    Circumstances,
    FallsRisk,
    Gate,
    Irritability,
    Patient,
    Severity,
    Sport,
    TaggedPrecaution,
    Weakness,
    WeightBearing,
)
from clinic_app.domain.falls import falls_risk_of
from clinic_app.domain.finding import Value
from clinic_app.domain.library import Library
from clinic_app.domain.protocol import Side
from clinic_app.domain.screening import Class, PrecautionRow, Screening
from clinic_app.domain.selection import FromScreen, ScreenClass

_SEVERITIES = tuple(Severity)
_RISKS = tuple(FallsRisk)
_STRICTEST_FIRST = tuple(WeightBearing)
_IRRITABILITY = {"not_painful": Irritability.LOW}
_SPORTS = {"running": Sport.RUNNING, "soccer": Sport.OTHER, "court": Sport.OTHER, "other": Sport.OTHER}


def circumstances_of(
    screening: Screening,
    assessment: Assessment,
    given: Circumstances,
    library: Library,
    confirmed: Collection[str] = (),
) -> Circumstances:
    """Complete the circumstances that the therapist gave with what the screen holds.

    `confirmed` are the ids of patterns that the therapist resolved in writing. What nobody said is missing.
    """
    rows = tuple(row for row in screening.precautions.rows if not row.cleared)
    return replace(
        given,
        patient=_patient(screening, assessment, given.patient, library),
        gate=_gate(
            assessment,
            given.gate,
            unresolved(screening, assessment, library, confirmed),
            surgical=any(library.precautions[row.id].needs_surgeon for row in rows),
        ),
        irritability=_irritability(screening) or given.irritability,
        weight_bearing={side: _weight_bearing(side, rows, given) for side in Side},
        precautions=_precautions(screening, assessment, given, rows, library),
        findings=weaknesses_of(assessment, library.exercises.selection.from_screen),
    )


def weaknesses_of(assessment: Assessment, rules: FromScreen) -> tuple[Weakness, ...]:
    """A finding for each class of weakness, and one that cannot be interpreted where the test could not say.

    A group that was not tested gives none, unless no group at all could be classed.
    """
    silent = all(result.final is Class.CANNOT_SAY for result in assessment.groups)
    found = (_weakness(result, rules, silent) for result in assessment.groups)
    return tuple(weakness for weakness in found if weakness)


def unresolved(
    screening: Screening, assessment: Assessment, library: Library, confirmed: Collection[str] = ()
) -> tuple[str, ...]:
    """The ids of what withholds a programme: open red flags, patterns and precautions not cleared."""
    patterns = (
        p.id for p in assessment.patterns if library.patterns[p.id].withholds and p.id not in confirmed
    )
    rows = (row.id for row in screening.precautions.rows if not row.cleared)
    return (
        *(flag.row for flag in assessment.safety.open),
        *dict.fromkeys(patterns),
        *(row for row in rows if library.precautions[row].withholds),
    )


def _weakness(result: GroupResult, rules: FromScreen, silent: bool) -> Weakness | None:
    if result.final is Class.NONE_FOUND:
        return None
    if result.final is Class.CANNOT_SAY:
        untested = result.cannot_say is CannotSay.NOT_TESTED and not silent
        return None if untested else Weakness(result.group, result.side, interpretable=False)
    severity = rules.severity[_screen_class(result)]
    graded = next((rule for rule in rules.grades if result.grade in rule.grades), None)
    if graded:
        severity = max(severity, graded.severity, key=_SEVERITIES.index)
    return Weakness(
        result.group,
        result.side,
        severity,
        interpretable=True,
        antigravity=graded is None or graded.antigravity,
    )


def _screen_class(result: GroupResult) -> ScreenClass:
    if result.final is not Class.POSSIBLE:
        return ScreenClass(result.final.value)
    return ScreenClass.POSSIBLE_MEASURED if result.has_absolute_measure else ScreenClass.POSSIBLE_UNMEASURED


def _patient(screening: Screening, assessment: Assessment, given: Patient, library: Library) -> Patient:
    rules = library.exercises.selection.from_screen.falls_risk
    unsteady = any(told.rule in rules.moderate_rules for told in assessment.information)
    falls = next(_values(screening, "symptom_behaviour", "falls_12m"), None)
    aids = [aid for aid in _values(screening, "gait_observation", "aid") if isinstance(aid, str)]
    shown = falls_risk_of(falls if isinstance(falls, int) else None, aids, rules)
    said = _higher(given.falls_risk, shown)
    return replace(
        given,
        age=screening.subject.age,
        falls_risk=_higher(said, FallsRisk.MODERATE) if said and unsteady else said,
        sport=given.sport or _SPORTS.get(screening.subject.sport or ""),
    )


def _higher(given: str | None, shown: FallsRisk | None) -> str | None:
    """The screen may raise what the therapist said, never lower it; an unknown word is left to be refused."""
    if shown is None or (given is not None and given not in _RISKS):
        return given
    return shown if given is None else max(FallsRisk(given), shown, key=_RISKS.index)


def _gate(assessment: Assessment, given: Gate, unresolved_ids: tuple[str, ...], surgical: bool) -> Gate:
    """An unanswered safety question leaves the gate unanswered; it is never read as clear."""
    open_: bool | None = bool(unresolved_ids)
    if not open_ and assessment.safety.unanswered:
        open_ = None
    return replace(given, red_flags_unresolved=open_, post_op=given.post_op or surgical)


def _irritability(screening: Screening) -> str | None:
    level = next(_values(screening, "irritability", "level"), None)
    return _IRRITABILITY.get(level, level) if isinstance(level, str) else None


def _weight_bearing(side: Side, rows: Iterable[PrecautionRow], given: Circumstances) -> str | None:
    """The strictest status of that leg; a word that is not one is left for the gate to refuse."""
    said = [given.weight_bearing.get(side)]
    said += [
        str(row.extra["weight_bearing"]) for row in _of_side(rows, side) if row.extra.get("weight_bearing")
    ]
    statuses = [status for status in said if status is not None]
    unknown = [status for status in statuses if status not in _STRICTEST_FIRST]
    return next(iter(unknown), min(statuses, key=_place, default=None))


def _place(status: str) -> int:
    return _STRICTEST_FIRST.index(WeightBearing(status)) if status in _STRICTEST_FIRST else -1


def _precautions(
    screening: Screening,
    assessment: Assessment,
    given: Circumstances,
    rows: Iterable[PrecautionRow],
    library: Library,
) -> tuple[TaggedPrecaution, ...] | None:
    if given.precautions is None and not screening.precautions.answered:
        return None
    set_by_rows = (
        TaggedPrecaution(tag, row.side) for row in rows for tag in library.precautions[row.id].tags(row.extra)
    )
    set_by_patterns = (
        TaggedPrecaution(tag, pattern.side)
        for pattern in assessment.patterns
        for tag in library.patterns[pattern.id].sets
    )
    return tuple(dict.fromkeys((*(given.precautions or ()), *set_by_rows, *set_by_patterns)))


def _of_side(rows: Iterable[PrecautionRow], side: Side) -> Iterator[PrecautionRow]:
    return (row for row in rows if row.side in (None, side))


def _values(screening: Screening, item: str, key: str) -> Iterator[Value]:
    """What was recorded under that key, on any side, where the test was done."""
    found = (
        finding.values.get(key) for finding in screening.findings if finding.item == item and finding.done
    )
    return (value for value in found if value is not None)
