"""How long a session takes."""

from collections.abc import Iterable

from clinic_app.domain.exercise import Unit
from clinic_app.domain.exercise_library import ExerciseLibrary
from clinic_app.domain.programme import Prescription, SideDose, WorkMode


def session_minutes(prescriptions: Iterable[Prescription], library: ExerciseLibrary) -> int:
    """One session in whole minutes, half to even; also after the therapist changed the doses."""
    return round(sum(_seconds(line, library) for line in prescriptions) / 60)


def _seconds(line: Prescription, library: ExerciseLibrary) -> int:
    rules = library.selection.minutes
    one_set = _set_seconds(line, line.side_dose, library)
    if line.sides.mode is WorkMode.BOTH_SIDES:
        other = line.other or line.side_dose
        both = line.sets * one_set + other.sets * _set_seconds(line, other, library)
        return both + (max(line.sets, other.sets) - 1) * rules.turn_rest_s + rules.ready_s
    sets = line.sets * one_set + (line.sets - 1) * line.rest_s
    if line.sides.mode is WorkMode.ONE_SIDE_PLUS_1_SET_OTHER:
        sets += library.selection.dosing.other_side_sets * one_set
    return sets + rules.ready_s


def _set_seconds(line: Prescription, dose: SideDose, library: ExerciseLibrary) -> int:
    rules = library.selection.minutes
    unit = library.dose_class(library.by_id[line.exercise]).unit
    if unit is Unit.STEPS_EACH_WAY:
        return 2 * dose.reps * rules.step_s
    if unit is Unit.HOLDS:
        return dose.reps * dose.hold_s
    return dose.reps * (rules.repetition_s + dose.hold_s)
