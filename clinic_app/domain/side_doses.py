"""A dose of its own for each leg: which lines may have one, and what it makes of the line."""

from dataclasses import replace

from clinic_app.domain.exercise_library import ExerciseLibrary
from clinic_app.domain.programme import Prescription, SideDose, WorkedSides, WorkMode

_TWO_LEGS = frozenset({WorkMode.BOTH_SIDES, WorkMode.ONE_SIDE_PLUS_1_SET_OTHER})


def other_dose(line: Prescription, library: ExerciseLibrary) -> SideDose | None:
    """What the other leg does; None where the legs do not take turns or one of them does nothing."""
    if line.sides.mode not in _TWO_LEGS:
        return None
    if line.sides.mode is WorkMode.ONE_SIDE_PLUS_1_SET_OTHER:
        return replace(line.side_dose, sets=library.selection.dosing.other_side_sets)
    return line.other or line.side_dose


def with_other_dose(line: Prescription, other: SideDose, library: ExerciseLibrary) -> Prescription:
    """The line with that dose for the other leg; the mode follows, so that the usual sentences are used.

    A line whose legs do not take turns stays as it is.
    """
    usual = other_dose(replace(line, other=None), library)
    if usual is None or other == usual:
        return replace(line, other=None)
    one_set = replace(line.side_dose, sets=library.selection.dosing.other_side_sets)
    if other == one_set:
        return replace(
            line, sides=WorkedSides(WorkMode.ONE_SIDE_PLUS_1_SET_OTHER, line.sides.side), other=None
        )
    own = None if other == line.side_dose else other
    return replace(line, sides=WorkedSides(WorkMode.BOTH_SIDES, line.sides.side), other=own)
