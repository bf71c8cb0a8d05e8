"""What a person does of an exercise: the dose class, changed for this person and this sheet."""

from dataclasses import dataclass, replace

from clinic_app.domain.case import Case
from clinic_app.domain.circumstances import Irritability
from clinic_app.domain.exercise import Exercise, Posture, SideMode, Unit
from clinic_app.domain.exercise_library import DoseClass, ExerciseLibrary
from clinic_app.domain.programme import WorkedSides, WorkMode
from clinic_app.domain.protocol import Side
from clinic_app.domain.safe import Filters


@dataclass(frozen=True)
class Dose:
    """How much: sets, repetitions, hold and rest in seconds, days a week, times a day, effort out of 10."""

    sets: int
    reps: int
    hold_s: int
    rest_s: int
    tempo: str
    days_per_week: int
    sessions_per_day: int
    rpe: tuple[int, int]


def dose_of(exercise: Exercise, case: Case, library: ExerciseLibrary, beside_hard: bool) -> Dose:
    """The dose for this person; `beside_hard`: some exercise of the sheet is at the hard level."""
    dose = _of_class(library.dose_class(exercise))
    dose = _days(dose, exercise, case, library, beside_hard)
    dose = _strength(dose, exercise, case, library)
    dose = _irritability(dose, exercise, case, library)
    return _held_shorter(dose, exercise, case, library)


def sides_of(exercise: Exercise, sides: tuple[Side, ...], filters: Filters) -> WorkedSides:
    """Which legs do the sets, for these treated sides, worse first."""
    mode = exercise.limbs.side_mode
    if mode is SideMode.BILATERAL:
        return WorkedSides(WorkMode.BOTH_TOGETHER)
    if mode is SideMode.ALTERNATING:
        return WorkedSides(WorkMode.BOTH_WAYS)
    if len(sides) > 1:
        return WorkedSides(WorkMode.BOTH_SIDES, sides[0])
    other_unsafe = filters.reasons(exercise, (sides[0].other,))
    return WorkedSides(
        WorkMode.ONE_SIDE_ONLY if other_unsafe else WorkMode.ONE_SIDE_PLUS_1_SET_OTHER, sides[0]
    )


def cautions_of(exercise: Exercise, case: Case, library: ExerciseLibrary) -> tuple[str, ...]:
    """The caution sentences that must print, by key, the falls sentence of a standing exercise last."""
    keys = sorted({key for tag, key in exercise.caution.items() if tag in case.tags})
    falls = library.selection.dosing.falls_cautions.get(case.falls_risk)
    if falls and exercise.place.posture is Posture.STANDING:
        keys = [*(key for key in keys if key != falls), falls]
    return tuple(keys)


def longest_hold(exercise: Exercise, case: Case, library: ExerciseLibrary) -> int:
    """The longest hold in seconds that this person may be given, also by hand."""
    straining = any(library.tags[tag].limits_holds for tag in case.tags)
    counted = library.dose_class(exercise).unit is Unit.REPS and not exercise.impact
    _least, most = library.dosage.limits.hold_s
    return library.selection.dosing.most_hold_s if straining and counted else most


def is_hard(exercise: Exercise, library: ExerciseLibrary) -> bool:
    """The level at which muscles need days of rest."""
    return exercise.level >= library.selection.dosing.hard_level


def _of_class(dose: DoseClass) -> Dose:
    return Dose(
        dose.sets,
        dose.reps,
        dose.hold_s,
        dose.rest_s,
        dose.tempo,
        dose.days_per_week,
        dose.sessions_per_day,
        dose.rpe,
    )


def _days(dose: Dose, exercise: Exercise, case: Case, library: ExerciseLibrary, beside_hard: bool) -> Dose:
    rules = library.selection.dosing
    if exercise.level >= rules.basic_level:
        return (
            replace(dose, days_per_week=rules.days_beside_hard)
            if beside_hard and not exercise.impact
            else dose
        )
    if case.irritability is not Irritability.LOW:
        return dose
    days = rules.days_beside_hard if beside_hard else rules.activation_days
    return replace(dose, days_per_week=days, sessions_per_day=rules.activation_sessions)


def _strength(dose: Dose, exercise: Exercise, case: Case, library: ExerciseLibrary) -> Dose:
    rules = library.selection.dosing
    if exercise.dose != rules.strength_class:
        return dose
    if case.age >= library.selection.size.older_from_age:
        fixed = rules.older
    elif case.sport and case.irritability is Irritability.LOW:
        fixed = rules.sport
    else:
        return dose
    rest_s = dose.rest_s if fixed.rest_s is None else fixed.rest_s
    return replace(dose, sets=fixed.sets, reps=fixed.reps, rest_s=rest_s)


def _irritability(dose: Dose, exercise: Exercise, case: Case, library: ExerciseLibrary) -> Dose:
    rules = library.selection.dosing
    if case.irritability is Irritability.HIGH:
        return replace(dose, rpe=rules.high_irritability_rpe)
    if case.irritability is Irritability.LOW or exercise.level < rules.basic_level:
        return dose
    most = rules.moderate_irritability_most_rpe
    return replace(
        dose,
        sets=max(1, dose.sets - rules.moderate_irritability_fewer_sets),
        rpe=(min(dose.rpe[0], most), min(dose.rpe[1], most)),
    )


def _held_shorter(dose: Dose, exercise: Exercise, case: Case, library: ExerciseLibrary) -> Dose:
    """Holds counted in repetitions are cut short for whoever must not strain; planks and landings are not."""
    most = longest_hold(exercise, case, library)
    if dose.hold_s <= most:
        return dose
    least = library.selection.dosing.least_reps_when_held_shorter
    return replace(dose, hold_s=most, reps=max(dose.reps, least))
