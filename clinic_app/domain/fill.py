"""Filling the sheet: round 1 for every need, the special slots, then further rounds until it is full."""

from collections.abc import Collection
from dataclasses import dataclass

from clinic_app.domain.case import Case
from clinic_app.domain.circumstances import FallsRisk, Irritability
from clinic_app.domain.exercise import Exercise
from clinic_app.domain.exercise_library import ExerciseLibrary
from clinic_app.domain.needs import Need
from clinic_app.domain.programme import Slot
from clinic_app.domain.protocol import Group
from clinic_app.domain.safe import Filters
from clinic_app.domain.score import score
from clinic_app.domain.sheet import Chosen, Sheet

_SUPPORT_ROUND = 3


@dataclass(frozen=True)
class Filled:
    """The sheet as it was filled, and the groups left without an exercise."""

    sheet: Sheet
    uncovered: tuple[Group, ...]
    deferred: tuple[Group, ...]

    @property
    def chosen(self) -> tuple[Chosen, ...]:
        """The chosen exercises in the order of choice."""
        return tuple(self.sheet.chosen)


def fill(filters: Filters) -> Filled:
    """Choose the exercises. Uncovered groups have no safe exercise; deferred ones found no place."""
    case, library = filters.case, filters.library
    sheet = Sheet(filters)
    servable = tuple(
        need for need in case.needs if any(sheet.offers(e, need) for e in library.working[need.group])
    )
    sheet.size = size_of(case, len(servable), library)
    _first_round(sheet, servable)
    if servable and case.irritability is not Irritability.HIGH:
        _slots(sheet)
    _further_rounds(sheet, servable)
    return Filled(
        sheet,
        uncovered=tuple(need.group for need in case.needs if need not in servable),
        deferred=tuple(need.group for need in servable if not sheet.covered(need)),
    )


def size_of(case: Case, groups: int, library: ExerciseLibrary) -> int:
    """How many exercises to aim at for this number of groups."""
    rules = library.selection.size
    if case.irritability is Irritability.HIGH:
        size = rules.high_irritability
    else:
        size = rules.by_groups[max(0, min(groups, len(rules.by_groups)) - 1)]
    if case.sport and case.irritability is Irritability.LOW:
        size += rules.sport_more
    if case.age >= rules.older_from_age or case.falls_risk is not FallsRisk.LOW:
        size = min(size, rules.older_or_falls_most)
    if case.most_exercises is not None:
        size = min(size, case.most_exercises)
    return max(rules.least, min(size, rules.most))


def _first_round(sheet: Sheet, needs: tuple[Need, ...]) -> None:
    for need in needs:
        if sheet.covered(need) or sheet.widen(need) or sheet.full:
            continue
        offered = [e for e in sheet.library.working[need.group] if sheet.offers(e, need) and sheet.free(e)]
        direct = [exercise for exercise in offered if need.group in exercise.primary]
        _add_best(sheet, need, direct or offered, round_=1)


def _slots(sheet: Sheet) -> None:
    case = sheet.case
    for slot, rules in sheet.library.selection.slots.items():
        barred = rules.not_after_surgery and case.after_surgery
        on_sheet = any(line.exercise.id in rules.exercises for line in sheet.chosen)
        if rules.pathway not in case.pathways or barred or on_sheet or sheet.full:
            continue
        most = min(case.highest_ceiling, rules.most_level or case.highest_ceiling)
        listed = (sheet.library.by_id[exercise] for exercise in rules.exercises)
        exercise = next((e for e in listed if e.level <= most and _fits_slot(sheet, e)), None)
        if exercise:
            sheet.chosen.append(Chosen(exercise, None, slot, case.sides))


def _fits_slot(sheet: Sheet, exercise: Exercise) -> bool:
    return sheet.within_ceilings(exercise) and sheet.free(exercise) and sheet.safe(exercise, sheet.case.sides)


def _further_rounds(sheet: Sheet, needs: tuple[Need, ...]) -> None:
    for round_ in range(2, sheet.library.selection.size.rounds + 1):
        before = len(sheet.chosen)
        for need in needs:
            if sheet.full:
                return
            support = round_ == _SUPPORT_ROUND and len(needs) == 1 and _add_support(sheet, need)
            if not support:
                _add_best(sheet, need, _direct(sheet, need), round_)
        if len(sheet.chosen) == before:
            return


def _direct(sheet: Sheet, need: Need) -> list[Exercise]:
    return [e for e in _addable(sheet, need) if need.group in e.primary]


def _add_support(sheet: Sheet, need: Need) -> bool:
    if sheet.functional or sheet.case.irritability is Irritability.HIGH:
        return False
    functional = [exercise for exercise in _addable(sheet, need) if exercise.functional]
    return _add_best(sheet, need, functional, _SUPPORT_ROUND, Slot.SUPPORT)


def _addable(sheet: Sheet, need: Need) -> list[Exercise]:
    above = sum(line.above_target for line in sheet.chosen)
    most = need.ceiling if above < sheet.library.selection.levels.most_above_target else need.target
    return [
        exercise
        for exercise in sheet.library.working[need.group]
        if exercise.level <= most and sheet.free(exercise) and sheet.offers(exercise, need)
    ]


def _add_best(
    sheet: Sheet, need: Need, candidates: Collection[Exercise], round_: int, slot: Slot = Slot.STRENGTH
) -> bool:
    moment = sheet.moment(need, round_)
    best = min(candidates, key=lambda e: (-score(e, moment), e.level, e.order), default=None)
    if best is None:
        return False
    for exercise in candidates:
        sheet.beaten.setdefault(exercise.id, best.id)
    sheet.chosen.append(
        Chosen(
            best,
            need.group,
            slot,
            need.sides,
            indirect=need.group not in best.primary,
            above_target=best.level > need.target,
        )
    )
    return True
