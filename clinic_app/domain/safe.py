"""The hard filters: why an exercise may not be offered to this person. Reason codes, never sentences."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from clinic_app.domain.case import Case, case_of
from clinic_app.domain.circumstances import Circumstances
from clinic_app.domain.exercise import Exercise, LiesOn, Load, Posture, SideMode
from clinic_app.domain.exercise_library import ExerciseLibrary
from clinic_app.domain.protocol import Side
from clinic_app.domain.withhold import why_withheld

_LOADS = {load: place for place, load in enumerate(Load)}


class WithheldError(ValueError):
    """Safety was asked about a person for whom no programme may be made at all."""


def why_unsafe(
    exercise: Exercise, circumstances: Circumstances, library: ExerciseLibrary, sides: Iterable[Side]
) -> tuple[str, ...]:
    """The reason codes that forbid this exercise on these sides; empty when it is safe.

    Raises `WithheldError` when the circumstances withhold every exercise: nothing is safe then.
    """
    withheld = why_withheld(circumstances, library)
    if withheld:
        raise WithheldError(f"{withheld.status}: {', '.join(withheld.names)}")
    return reasons(exercise, case_of(circumstances, library), tuple(sides))


def reasons(exercise: Exercise, case: Case, sides: tuple[Side, ...]) -> tuple[str, ...]:
    """The reason codes for a person already read, in the order of the filters."""
    codes: list[str] = []
    for check in _CHECKS:
        codes += check(exercise, case, sides)
    return tuple(dict.fromkeys(codes)) if codes else ()


@dataclass
class Filters:
    """The hard filters for one person; each exercise and choice of sides is looked at once."""

    case: Case
    library: ExerciseLibrary
    _seen: dict[tuple[str, tuple[Side, ...]], tuple[str, ...]] = field(default_factory=dict)

    def reasons(self, exercise: Exercise, sides: tuple[Side, ...]) -> tuple[str, ...]:
        """The reason codes that forbid this exercise on these sides."""
        key = exercise.id, sides
        if key not in self._seen:
            self._seen[key] = reasons(exercise, self.case, sides)
        return self._seen[key]


def _precautions(exercise: Exercise, case: Case, _sides: tuple[Side, ...]) -> Iterable[str]:
    if case.tags.keys().isdisjoint(exercise.exclude):
        return ()
    return (f"precaution:{tag}" for tag in exercise.exclude if tag in case.tags)


def _equipment(exercise: Exercise, case: Case, _sides: tuple[Side, ...]) -> Iterable[str]:
    needed = exercise.place.equipment
    return [f"equipment:{item}" for item in needed if item not in case.equipment] if needed else ()


def _place(exercise: Exercise, case: Case, _sides: tuple[Side, ...]) -> Iterable[str]:
    unsteady, low = exercise.place.balance > case.balance, exercise.place.floor and not case.floor
    if unsteady or low:
        return [code for code, holds in (("balance", unsteady), ("floor", low)) if holds]
    return ()


def _stage(exercise: Exercise, case: Case, _sides: tuple[Side, ...]) -> Iterable[str]:
    jolts, early = exercise.impact and not case.cleared_for_impact, exercise.level > case.highest_level
    if jolts or early:
        return [code for code, holds in (("impact_not_cleared", jolts), ("late_stage_only", early)) if holds]
    return ()


def _position(exercise: Exercise, case: Case, sides: tuple[Side, ...]) -> Iterable[str]:
    if not case.not_tolerated:
        return ()
    lain = (f"{Posture.SIDE_LYING}_{side}" for side in lain_on(exercise, sides))
    wanted = (exercise.place.posture.value, *lain)
    return (f"position:{position}" for position in wanted if position in case.not_tolerated)


def _weight_bearing(exercise: Exercise, case: Case, sides: tuple[Side, ...]) -> Iterable[str]:
    limbs = exercise.limbs
    if not case.limited or (limbs.load_worked is Load.NONE and limbs.load_other is Load.NONE):
        return ()
    treated = sides if limbs.side_mode is SideMode.UNILATERAL else tuple(Side)
    carried = [(side, limbs.load_worked) for side in treated]
    carried += [(side.other, limbs.load_other) for side in treated]
    return (f"weight_bearing:{side}" for side, load in carried if _LOADS[load] > _LOADS[case.most_load[side]])


def _sore_side(exercise: Exercise, case: Case, sides: tuple[Side, ...]) -> Iterable[str]:
    if not case.sore_sides:
        return ()
    return (f"lies_on_sore_side:{side}" for side in lain_on(exercise, sides) if side in case.sore_sides)


def lain_on(exercise: Exercise, sides: tuple[Side, ...]) -> tuple[Side, ...]:
    """The sides of the body that one lies on when these legs are treated."""
    lies_on = exercise.place.lies_on
    if lies_on is None:
        return ()
    return tuple(side if lies_on is LiesOn.SAME else side.other for side in sides)


_CHECKS: tuple[Callable[[Exercise, Case, tuple[Side, ...]], Iterable[str]], ...] = (
    _precautions,
    _equipment,
    _place,
    _stage,
    _position,
    _weight_bearing,
    _sore_side,
)
