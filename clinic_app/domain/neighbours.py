"""The easier and the harder exercise beside one on the sheet, and whether it is safe for this person."""

from collections.abc import Iterable
from dataclasses import dataclass

from clinic_app.domain.account import above_ceiling, rivals_on
from clinic_app.domain.case import case_of
from clinic_app.domain.circumstances import Circumstances
from clinic_app.domain.exercise import Exercise
from clinic_app.domain.exercise_library import ExerciseLibrary
from clinic_app.domain.prescribe import prescription_for, treated_sides
from clinic_app.domain.programme import Prescription, Slot
from clinic_app.domain.safe import Filters
from clinic_app.domain.sheet import Chosen, Sheet


@dataclass(frozen=True)
class Neighbour:
    """An exercise that could take the place of one on the sheet; with reason codes it may not."""

    exercise: Exercise
    against: tuple[str, ...] = ()

    @property
    def offered(self) -> bool:
        """It is safe, within every ceiling, and no rival of what else stands on the sheet."""
        return not self.against


@dataclass(frozen=True)
class Neighbours:
    """The neighbours of one exercise in the order of progression, both ways; either may be empty."""

    easier: tuple[Neighbour, ...] = ()
    harder: tuple[Neighbour, ...] = ()

    def find(self, exercise: str) -> Neighbour | None:
        """The neighbour of that id."""
        return next((one for one in (*self.easier, *self.harder) if one.exercise.id == exercise), None)


def neighbours_of(
    line: Prescription,
    circumstances: Circumstances,
    library: ExerciseLibrary,
    on_sheet: Iterable[Prescription],
) -> Neighbours:
    """What could stand in place of this line, beside the other lines of the sheet.

    The circumstances must be those of a programme that is not withheld.
    """
    filters = Filters(case_of(circumstances, library), library)
    others = [other for other in on_sheet if other.exercise != line.exercise]
    sheet = Sheet(filters, chosen=[_chosen(other, library) for other in others])
    exercise = library.by_id[line.exercise]

    def looked_at(ones: Iterable[Exercise]) -> tuple[Neighbour, ...]:
        return tuple(Neighbour(one, _against(one, line, sheet, circumstances)) for one in ones)

    harder = (library.by_id[following] for following in exercise.progression_to)
    return Neighbours(looked_at(library.easier(exercise)), looked_at(harder))


def _chosen(line: Prescription, library: ExerciseLibrary) -> Chosen:
    return Chosen(library.by_id[line.exercise], line.group, line.slot, treated_sides(line.sides))


def _against(
    exercise: Exercise, line: Prescription, sheet: Sheet, circumstances: Circumstances
) -> tuple[str, ...]:
    if any(other.exercise.id == exercise.id for other in sheet.chosen):
        return ("on_sheet",)
    made = prescription_for(exercise, circumstances, sheet.library, ())
    codes = list(sheet.filters.reasons(exercise, treated_sides(made.sides)))
    works = (*exercise.primary, *exercise.secondary)
    if line.slot is Slot.STRENGTH and line.group and line.group not in works:
        codes.append("not_flagged")
    elif above_ceiling(exercise, sheet):
        codes.append("above_ceiling")
    return (*codes, *rivals_on(exercise, sheet))
