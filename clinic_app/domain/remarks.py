"""What goes with a programme: the text blocks of the handout and the notices to the therapist."""

from collections.abc import Iterable

from clinic_app.domain.case import Case
from clinic_app.domain.circumstances import Circumstances
from clinic_app.domain.exercise_library import ExerciseLibrary
from clinic_app.domain.minutes import session_minutes
from clinic_app.domain.programme import Prescription, Programme, WorkMode

MANY, LONG = "many_exercises", "long_session"


def blocks_of(
    programme: Programme, circumstances: Circumstances, case: Case | None, library: ExerciseLibrary
) -> tuple[str, ...]:
    """The ids of the text blocks that print, in the order of the handout's content file."""
    facts = {f"status:{programme.status}"}
    if case is not None:
        facts |= _found(circumstances, case)
    if case is not None and programme.prescriptions:
        facts |= {"programme", *_equipment(programme, library)}
        facts |= {f"tag:{tag}" for tag in case.tags} | {f"pathway:{pathway}" for pathway in case.pathways}
    return tuple(block.id for block in library.handout.blocks if facts.intersection(block.when))


def notices_of(
    programme: Programme, circumstances: Circumstances, case: Case, library: ExerciseLibrary
) -> tuple[str, ...]:
    """The ids of the notices to the therapist; their words are in the library's selection."""
    pathways = library.selection.pathways
    facts = {
        "unclear_finding": any(weakness.interpretable is False for weakness in circumstances.findings or ()),
        "cannot_lift_against_gravity": any(not need.antigravity for need in case.needs),
        "indirect": any(line.indirect for line in programme.prescriptions),
        "one_side_only": any(line.sides.mode is WorkMode.ONE_SIDE_ONLY for line in programme.prescriptions),
        "group_deferred": bool(programme.deferred),
        "long_session": LONG in too_much(programme.prescriptions, library),
    }
    facts |= {
        rules.notice: True for name, rules in pathways.items() if rules.notice and name in case.pathways
    }
    return tuple(notice for notice in library.selection.notices if facts.get(notice))


def too_much(lines: Iterable[Prescription], library: ExerciseLibrary) -> tuple[str, ...]:
    """The ids of the notices that a sheet asks of a patient more than will be done."""
    sheet, rules = tuple(lines), library.selection
    facts = {
        MANY: len(sheet) > rules.size.nudge_above,
        LONG: session_minutes(sheet, library) > rules.minutes.most_minutes,
    }
    return tuple(notice for notice, holds in facts.items() if holds)


def _found(circumstances: Circumstances, case: Case) -> set[str]:
    facts = {f"found:{need.severity}" for need in case.needs}
    if any(len(need.sides) > 1 for need in case.needs):
        facts.add("found:both_sides")
    if any(weakness.interpretable is False for weakness in circumstances.findings or ()):
        facts.add("found:unclear")
    return facts


def _equipment(programme: Programme, library: ExerciseLibrary) -> set[str]:
    used = (library.by_id[line.exercise].place.equipment for line in programme.prescriptions)
    return {f"equipment:{item}" for items in used for item in items}
