"""Why each exercise that is not on the sheet is not there: every one of the library has its reason."""

from collections.abc import Iterator, Mapping

from clinic_app.domain.exercise import Exercise
from clinic_app.domain.sheet import Sheet

WITHHELD = "withheld"


def account_of(sheet: Sheet, excluded: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """The reason codes of every exercise that was not chosen, at least one each, in library order.

    `excluded` holds those of the hard filters. A code may name another exercise after a colon: one of the
    same family, a near-duplicate, or the one that scored higher.
    """
    chosen = {line.exercise.id for line in sheet.chosen}
    others = (one for one in sheet.library.exercises if one.id not in chosen)
    return {
        exercise.id: excluded.get(exercise.id) or tuple(_passed_over(exercise, sheet)) for exercise in others
    }


def above_ceiling(exercise: Exercise, sheet: Sheet) -> bool:
    """The level is above that of a flagged group that it targets, or of all that it works at all."""
    direct = [need.ceiling for need in sheet.case.needs if need.group in exercise.primary]
    indirect = [need.ceiling for need in sheet.case.needs if need.group in exercise.secondary]
    most = min(direct) if direct else max(indirect, default=exercise.level)
    return exercise.level > most


def works_a_need(exercise: Exercise, sheet: Sheet) -> bool:
    """It works a flagged group, as primary or secondary."""
    return any(need.group in (*exercise.primary, *exercise.secondary) for need in sheet.case.needs)


def rivals_on(exercise: Exercise, sheet: Sheet) -> Iterator[str]:
    """A code for each exercise of the sheet beside which this one may not stand."""
    rivals = sheet.library.rivals[exercise.id]
    for line in sheet.chosen:
        other = line.exercise
        if other.id in rivals and other.id != exercise.id:
            same = other.family == exercise.family
            yield f"family:{other.id}" if same else f"near_duplicate:{other.id}"


def _passed_over(exercise: Exercise, sheet: Sheet) -> Iterator[str]:
    if not works_a_need(exercise, sheet):
        yield "not_flagged"
        return
    if above_ceiling(exercise, sheet):
        yield "above_ceiling"
        return
    targets = [need.target for need in sheet.case.needs if need.group in exercise.primary]
    if rivals := tuple(rivals_on(exercise, sheet)):
        yield from rivals
        return
    if exercise.id in sheet.beaten:
        yield f"lower_score:{sheet.beaten[exercise.id]}"
    elif not targets:
        yield "indirect"
    if sheet.full:
        yield "full"
    elif targets and exercise.level > max(targets):
        yield "above_target"
