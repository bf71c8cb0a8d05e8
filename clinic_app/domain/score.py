"""How well an exercise fits a need at this point of the sheet: the points of the content file, added up."""

from collections.abc import Collection
from dataclasses import dataclass

from clinic_app.domain.case import Case
from clinic_app.domain.exercise import Exercise, SideMode
from clinic_app.domain.exercise_library import ExerciseLibrary
from clinic_app.domain.needs import Need
from clinic_app.domain.protocol import Group
from clinic_app.domain.selection import ScoreRules


@dataclass(frozen=True)
class Moment:
    """What the points depend on beside the exercise: the need, the round and the sheet so far.

    `open_groups` are the other flagged groups not yet covered; `blocks` the position blocks in use.
    """

    case: Case
    library: ExerciseLibrary
    need: Need
    round_: int
    open_groups: tuple[Group, ...]
    blocks: Collection[int]
    functional: bool


def score(exercise: Exercise, moment: Moment) -> int:
    """The points of this exercise now; the highest sum is chosen."""
    rules = moment.library.selection.score
    return (
        _group(exercise, moment, rules)
        + _fit(exercise, moment, rules)
        + _sides(exercise, moment, rules)
        + _variety(exercise, moment, rules)
    )


def _group(exercise: Exercise, moment: Moment, rules: ScoreRules) -> int:
    points = rules.primary if moment.need.group in exercise.primary else rules.secondary
    for group in moment.open_groups:
        if group in exercise.primary:
            points += rules.also_primary
        elif group in exercise.secondary:
            points += rules.also_secondary
    return points


def _fit(exercise: Exercise, moment: Moment, rules: ScoreRules) -> int:
    need, case = moment.need, moment.case
    aim = need.target if moment.round_ == 1 else need.ceiling
    points = exercise.priority + rules.level_away * abs(exercise.level - aim)
    points += rules.caution * len(case.tags.keys() & exercise.caution.keys())
    if not moment.library.preferred[exercise.id].isdisjoint(case.pathways):
        points += rules.preferred
    if not need.antigravity and exercise.gravity_minimised:
        points += rules.gravity_minimised
    if exercise.id in moment.library.favourites:
        points += rules.favourite
    return points


def _sides(exercise: Exercise, moment: Moment, rules: ScoreRules) -> int:
    mode = exercise.limbs.side_mode
    if len(moment.need.sides) > 1:
        return rules.both_sides_at_once if mode is not SideMode.UNILATERAL else 0
    one_sided = mode is SideMode.BILATERAL and exercise.level >= rules.basic_level
    return rules.one_side_but_bilateral if one_sided else 0


def _variety(exercise: Exercise, moment: Moment, rules: ScoreRules) -> int:
    opens = moment.library.selection.blocks[exercise.place.posture] not in moment.blocks
    points = rules.further_block if opens and len(moment.blocks) > 1 else 0
    if moment.round_ == 1:
        return points
    if exercise.functional and not moment.functional:
        points += rules.first_functional
    if exercise.level >= rules.basic_level and opens and len(moment.blocks) == 1:
        points += rules.second_block
    return points
