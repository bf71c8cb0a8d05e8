"""From circumstances and findings to a home programme. Nothing contraindicated is ever offered."""

from collections.abc import Iterable
from dataclasses import replace

from clinic_app.domain.account import WITHHELD, account_of
from clinic_app.domain.case import Case, case_of
from clinic_app.domain.circumstances import Circumstances
from clinic_app.domain.dose import cautions_of, dose_of, is_hard, sides_of
from clinic_app.domain.exercise import Exercise
from clinic_app.domain.exercise_library import ExerciseLibrary
from clinic_app.domain.fill import Filled, fill
from clinic_app.domain.minutes import session_minutes
from clinic_app.domain.order import in_order
from clinic_app.domain.programme import Prescription, Programme, ProgrammeStatus, Slot, WorkedSides, WorkMode
from clinic_app.domain.protocol import Side
from clinic_app.domain.remarks import blocks_of, notices_of
from clinic_app.domain.safe import Filters, reasons
from clinic_app.domain.sheet import Chosen
from clinic_app.domain.withhold import Withheld, why_withheld


class ContraindicatedError(RuntimeError):
    """The selector was about to offer an exercise that a hard filter forbids; it never goes on from here."""


def prescribe(circumstances: Circumstances, library: ExerciseLibrary) -> Programme:
    """Choose, order and dose the exercises, or say why there are none."""
    withheld = why_withheld(circumstances, library)
    if withheld:
        return _withhold(withheld, circumstances, library)
    filters = Filters(case_of(circumstances, library), library)
    filled = fill(filters)
    lines = in_order(filled.chosen, filters.case, library)
    hard = any(is_hard(line.exercise, library) for line in lines)
    excluded = _excluded(filters)
    programme = Programme(
        status=_status(filled, filters.case, library),
        prescriptions=tuple(_prescription(line, filters, hard) for line in lines),
        uncovered=filled.uncovered,
        deferred=filled.deferred,
        excluded=excluded,
        not_offered=account_of(filled.sheet, excluded),
    )
    _refuse_contraindicated(programme.prescriptions, filters.case, library)
    return _finish(programme, circumstances, filters)


def prescription_for(
    exercise: Exercise, circumstances: Circumstances, library: ExerciseLibrary, beside: Iterable[Prescription]
) -> Prescription:
    """The line for an exercise that the therapist adds by hand, beside those already on the sheet.

    It does not ask whether the exercise is safe: show `why_unsafe` first.
    """
    filters = Filters(case_of(circumstances, library), library)
    needs = filters.case.needs
    direct = [need for need in needs if need.group in exercise.primary]
    need = next(iter(direct or [need for need in needs if need.group in exercise.secondary]), None)
    line = Chosen(
        exercise,
        need.group if need else None,
        Slot.STRENGTH,
        need.sides if need else filters.case.sides,
        indirect=need is not None and not direct,
    )
    hard = any(is_hard(library.by_id[other.exercise], library) for other in beside)
    return _prescription(line, filters, hard or is_hard(exercise, library))


def treated_sides(sides: WorkedSides) -> tuple[Side, ...]:
    """The legs that a line works, each of which must be safe."""
    if sides.mode is WorkMode.ONE_SIDE_ONLY and sides.side:
        return (sides.side,)
    return tuple(Side)


def _withhold(withheld: Withheld, circumstances: Circumstances, library: ExerciseLibrary) -> Programme:
    message = library.selection.messages[withheld.status].replace("{names}", ", ".join(withheld.names))
    none = {exercise.id: (WITHHELD,) for exercise in library.exercises}
    programme = Programme(withheld.status, message, not_offered=none)
    return replace(programme, blocks=blocks_of(programme, circumstances, None, library))


def _status(filled: Filled, case: Case, library: ExerciseLibrary) -> ProgrammeStatus:
    if not filled.chosen:
        return ProgrammeStatus.NONE_AVAILABLE
    if filled.uncovered:
        return ProgrammeStatus.PARTIAL
    enough = library.selection.size.short_below
    if case.most_exercises is not None:
        enough = min(enough, case.most_exercises)
    return ProgrammeStatus.SHORT if len(filled.chosen) < enough else ProgrammeStatus.OK


def _prescription(line: Chosen, filters: Filters, beside_hard: bool) -> Prescription:
    dose = dose_of(line.exercise, filters.case, filters.library, beside_hard)
    return Prescription(
        exercise=line.exercise.id,
        group=line.group,
        slot=line.slot,
        indirect=line.indirect,
        sets=dose.sets,
        reps=dose.reps,
        hold_s=dose.hold_s,
        rest_s=dose.rest_s,
        tempo=dose.tempo,
        days_per_week=dose.days_per_week,
        sessions_per_day=dose.sessions_per_day,
        rpe=dose.rpe,
        sides=sides_of(line.exercise, line.sides, filters),
        caution_keys=cautions_of(line.exercise, filters.case, filters.library),
    )


def _excluded(filters: Filters) -> dict[str, tuple[str, ...]]:
    sides = filters.case.sides
    found = ((exercise.id, filters.reasons(exercise, sides)) for exercise in filters.library.exercises)
    return {exercise: codes for exercise, codes in found if codes}


def _finish(programme: Programme, circumstances: Circumstances, filters: Filters) -> Programme:
    """Add what follows from the lines: message, pain limit, minutes, blocks and notices."""
    case, library = filters.case, filters.library
    if programme.prescriptions:
        programme = replace(
            programme,
            pain_limit=library.selection.pain[case.irritability].limit,
            session_minutes=session_minutes(programme.prescriptions, library),
        )
    return replace(
        programme,
        message=library.selection.messages.get(programme.status),
        blocks=blocks_of(programme, circumstances, case, library),
        notices=notices_of(programme, circumstances, case, library),
    )


def _refuse_contraindicated(lines: Iterable[Prescription], case: Case, library: ExerciseLibrary) -> None:
    """Look at every line afresh, without what the choice remembered."""
    for line in lines:
        codes = reasons(library.by_id[line.exercise], case, treated_sides(line.sides))
        if codes:
            raise ContraindicatedError(f"{line.exercise}: {', '.join(codes)}")
