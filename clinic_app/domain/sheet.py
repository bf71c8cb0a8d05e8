"""The sheet while it fills: what is chosen so far, what may still be added, and which groups are covered."""

from dataclasses import dataclass, field

from clinic_app.domain.case import Case
from clinic_app.domain.exercise import Exercise, SideMode
from clinic_app.domain.exercise_library import ExerciseLibrary
from clinic_app.domain.needs import Need, worse_first
from clinic_app.domain.programme import Slot
from clinic_app.domain.protocol import Group, Side
from clinic_app.domain.safe import Filters
from clinic_app.domain.score import Moment


@dataclass(frozen=True)
class Chosen:
    """An exercise on the sheet, for which group (none in a slot), and the treated sides, worse first."""

    exercise: Exercise
    group: Group | None
    slot: Slot
    sides: tuple[Side, ...]
    indirect: bool = False
    above_target: bool = False


@dataclass
class Sheet:
    """The exercises chosen so far for one person, and the number aimed at.

    `beaten` maps an exercise that could have been chosen to the first that was chosen in its place.
    """

    filters: Filters
    size: int = 0
    chosen: list[Chosen] = field(default_factory=list)
    beaten: dict[str, str] = field(default_factory=dict)

    @property
    def case(self) -> Case:
        """The person the sheet is for."""
        return self.filters.case

    @property
    def library(self) -> ExerciseLibrary:
        """Where the exercises come from."""
        return self.filters.library

    @property
    def full(self) -> bool:
        """The number aimed at is reached."""
        return len(self.chosen) >= self.size

    @property
    def blocks(self) -> set[int]:
        """The position blocks in use."""
        return {self.library.selection.blocks[line.exercise.place.posture] for line in self.chosen}

    @property
    def functional(self) -> bool:
        """A functional exercise is on the sheet."""
        return any(line.exercise.functional for line in self.chosen)

    def moment(self, need: Need, round_: int) -> Moment:
        """What the points of a candidate for this need depend on now."""
        open_groups = tuple(
            other.group for other in self.case.needs if other is not need and not self.covered(other)
        )
        return Moment(self.case, self.library, need, round_, open_groups, self.blocks, self.functional)

    def free(self, exercise: Exercise) -> bool:
        """Neither this exercise nor one of its family or a near-duplicate is on the sheet."""
        rivals = self.library.rivals[exercise.id]
        return not any(line.exercise.id in rivals for line in self.chosen)

    def safe(self, exercise: Exercise, sides: tuple[Side, ...]) -> bool:
        """No hard filter speaks against it on these sides."""
        return not self.filters.reasons(exercise, sides)

    def within_ceilings(self, exercise: Exercise) -> bool:
        """The level is allowed for every flagged group that it has as primary."""
        return all(
            exercise.level <= need.ceiling for need in self.case.needs if need.group in exercise.primary
        )

    def offers(self, exercise: Exercise, need: Need) -> bool:
        """An exercise that works the need's group could be given for it, whatever else is on the sheet."""
        return (
            exercise.level <= need.ceiling
            and self.within_ceilings(exercise)
            and self.safe(exercise, need.sides)
        )

    def covers(self, line: Chosen, need: Need) -> bool:
        """This line is the need's own, or works its group as primary on every flagged side."""
        if line.group is need.group and line.slot is Slot.STRENGTH:
            return True
        if need.group not in line.exercise.primary:
            return False
        return line.exercise.limbs.side_mode is not SideMode.UNILATERAL or set(need.sides) <= set(line.sides)

    def covered(self, need: Need) -> bool:
        """Some line covers the need."""
        return any(self.covers(line, need) for line in self.chosen)

    def widen(self, need: Need) -> bool:
        """Let an exercise already chosen serve this need too, on the union of sides, where that is safe."""
        for place, line in enumerate(self.chosen):
            if need.group not in line.exercise.primary:
                continue
            sides = self._worse_first({*line.sides, *need.sides}, line.exercise)
            if self.safe(line.exercise, sides):
                self.chosen[place] = Chosen(
                    line.exercise, line.group, line.slot, sides, line.indirect, line.above_target
                )
                return True
        return False

    def _worse_first(self, sides: set[Side], exercise: Exercise) -> tuple[Side, ...]:
        served = [need for need in self.case.needs if need.group in exercise.primary]
        ordered = worse_first(tuple(found for need in served for found in need.severities))
        return tuple(side for side in ordered if side in sides)
