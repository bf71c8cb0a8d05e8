"""The exercise library as one value: exercises, doses, tags, rules of choice and the words of the handout."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from clinic_app.domain.exercise import Basis, Exercise, Source, Unit
from clinic_app.domain.handout import Handout
from clinic_app.domain.progress_rules import ProgressRules
from clinic_app.domain.protocol import Group
from clinic_app.domain.selection import Selection, Tag


@dataclass(frozen=True)
class DoseClass:
    """A default dose and when to move on. Rest and hold in seconds, `rir` repetitions in reserve."""

    sets: int
    reps: int
    unit: Unit
    hold_s: int
    rest_s: int
    days_per_week: int
    sessions_per_day: int
    tempo: str
    rpe: tuple[int, int]
    progress_when: str
    progress_to: str
    basis: Basis
    rir: int | None = None


@dataclass(frozen=True)
class DoseLimits:
    """The least and the most that a therapist may set by hand."""

    basis: Basis
    sets: tuple[int, int]
    reps: tuple[int, int]
    hold_s: tuple[int, int]
    days_per_week: tuple[int, int]
    sessions_per_day: tuple[int, int]


@dataclass(frozen=True)
class Dosage:
    """The dose classes and the limits of what may be set by hand."""

    version: str
    limits: DoseLimits
    classes: Mapping[str, DoseClass]


@dataclass(frozen=True)
class ExerciseLibrary:
    """All that `prescribe` needs to know; exercises in library order.

    `favourites` are the ids that the clinic prefers where several fit; `log_words` is what a patient reads
    who fills in the log.
    """

    exercises: tuple[Exercise, ...]
    dosage: Dosage
    tags: Mapping[str, Tag]
    selection: Selection
    handout: Handout
    progress: ProgressRules
    log_words: Mapping[str, str]
    sources: Mapping[str, Source]
    favourites: frozenset[str] = frozenset()

    @cached_property
    def by_id(self) -> Mapping[str, Exercise]:
        """Each exercise by its id."""
        return {exercise.id: exercise for exercise in self.exercises}

    @cached_property
    def rivals(self) -> Mapping[str, frozenset[str]]:
        """For each exercise, itself, its family and its near-duplicates: one of them may stand on a sheet."""
        sets = [set(ids) for ids in self.selection.near_duplicates]
        for family in {exercise.family for exercise in self.exercises}:
            sets.append({exercise.id for exercise in self.exercises if exercise.family == family})
        return {e.id: frozenset().union(*(ids for ids in sets if e.id in ids)) for e in self.exercises}

    @cached_property
    def preferred(self) -> Mapping[str, frozenset[str]]:
        """For each exercise, the pathways that prefer it."""
        pathways = self.selection.pathways
        return {
            e.id: frozenset(name for name, rules in pathways.items() if e.id in rules.preferred)
            for e in self.exercises
        }

    @cached_property
    def working(self) -> Mapping[Group, tuple[Exercise, ...]]:
        """For each group, the exercises that work it as primary or secondary."""
        return {
            group: tuple(e for e in self.exercises if group in e.primary or group in e.secondary)
            for group in Group
        }

    def dose_class(self, exercise: Exercise) -> DoseClass:
        """The default dose of an exercise."""
        return self.dosage.classes[exercise.dose]

    def easier(self, exercise: Exercise) -> tuple[Exercise, ...]:
        """The exercises that progress to this one."""
        return tuple(e for e in self.exercises if exercise.id in e.progression_to)
