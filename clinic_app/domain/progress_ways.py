"""What accepting a proposal may do to a line: its sets, a neighbour in the progression, or nothing."""

from collections.abc import Iterator
from dataclasses import dataclass

from clinic_app.domain.exercise import Exercise
from clinic_app.domain.exercise_library import ExerciseLibrary
from clinic_app.domain.neighbours import Neighbours
from clinic_app.domain.programme import Prescription
from clinic_app.domain.progress_proposal import Proposal
from clinic_app.domain.progress_rules import Advice, Step


@dataclass(frozen=True)
class Way:
    """One step, with the exercise that takes the place, or the sets that the line then has."""

    step: Step
    exercise: str = ""
    sets: int = 0

    @property
    def key(self) -> str:
        """What tells it from the others of one proposal."""
        return f"{self.step}:{self.exercise}" if self.exercise else self.step.value


def ways_of(
    proposal: Proposal, line: Prescription, neighbours: Neighbours, library: ExerciseLibrary
) -> tuple[Way, ...]:
    """What may be done with this line, what the rules name first; only safe neighbours are among it."""
    if proposal.advice is Advice.PROGRESS:
        ways = tuple(_harder(line, neighbours, library))
    elif proposal.advice is Advice.EASE:
        ways = tuple(_gentler(proposal, line, neighbours, library))
    elif proposal.advice is Advice.STOP:
        ways = (Way(Step.REMOVE),)
    else:
        ways = ()
    return ways or (Way(Step.KEEP),)


def _harder(line: Prescription, neighbours: Neighbours, library: ExerciseLibrary) -> Iterator[Way]:
    exercise = library.by_id[line.exercise]
    steps = library.progress.classes[exercise.dose].by
    for step in steps:
        if step is Step.SET and line.sets < library.dosage.limits.sets[1]:
            # First the set, then the next exercise.
            yield Way(Step.SET, sets=line.sets + 1)
            return
        if step is Step.LOAD:
            yield Way(Step.LOAD)
        if step is Step.EXERCISE:
            yield from (Way(step, one.exercise.id) for one in neighbours.harder if one.offered)
    if _ends_here(exercise) and Step.LOAD not in steps:
        yield Way(Step.LOAD)


def _ends_here(exercise: Exercise) -> bool:
    """Nothing follows in the progression: it goes on by load only."""
    return not exercise.progression_to


def _gentler(
    proposal: Proposal, line: Prescription, neighbours: Neighbours, library: ExerciseLibrary
) -> Iterator[Way]:
    least = library.dosage.limits.sets[0]
    if proposal.missed_week and (half := max(line.sets // 2, least)) < line.sets:
        yield Way(Step.HALF_SETS, sets=half)
    elif line.sets > least:
        yield Way(Step.FEWER_SETS, sets=line.sets - 1)
    yield from (Way(Step.EASIER, one.exercise.id) for one in neighbours.easier if one.offered)
