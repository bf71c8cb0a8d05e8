"""The order of the exercises on the sheet."""

from clinic_app.domain.case import Case
from clinic_app.domain.circumstances import Irritability
from clinic_app.domain.exercise_library import ExerciseLibrary
from clinic_app.domain.sheet import Chosen


def in_order(chosen: tuple[Chosen, ...], case: Case, library: ExerciseLibrary) -> tuple[Chosen, ...]:
    """Harder standing work first for the calm and able; for everyone else the lightest and lying first."""
    blocks = library.selection.blocks
    able = case.irritability is Irritability.LOW and all(need.antigravity for need in case.needs)

    def place(line: Chosen) -> tuple[int, int, int]:
        block, level = blocks[line.exercise.place.posture], line.exercise.level
        return (block, -level, line.exercise.order) if able else (level, -block, line.exercise.order)

    return tuple(sorted(chosen, key=place))
