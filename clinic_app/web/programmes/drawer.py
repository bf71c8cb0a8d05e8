"""The drawer: every exercise of the library, found by words and filters, each with why it is where it is."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import request

from clinic_app.domain.exercise import Equipment, Exercise, Posture
from clinic_app.domain.protocol import Group
from clinic_app.web import current
from clinic_app.web.programmes.doses import Sheet
from clinic_app.web.programmes.plan import Plan
from clinic_app.web.programmes.since_last import reasons_words
from clinic_app.web.wording.language import say as _

NOTHING = "none"
WORDS, FILTERS = "q", ("group", "position", "equipment", "level")


@dataclass(frozen=True)
class DrawerRow:
    """One exercise of the library; `shown` as far as the filters let it."""

    exercise: Exercise
    why: str
    on_sheet: bool
    shown: bool
    facts: Mapping[str, str]


@dataclass(frozen=True)
class FilterView:
    """One filter: its name, its label, its values with their words, and the one chosen."""

    name: str
    label: str
    options: Mapping[str, str]
    chosen: str


@dataclass(frozen=True)
class Drawer:
    """What may be added, with what is on the sheet already, and what was left out."""

    words: str
    filters: tuple[FilterView, ...]
    safe: tuple[DrawerRow, ...]
    left_out: tuple[DrawerRow, ...]

    @property
    def filtered(self) -> bool:
        """Something was searched or chosen."""
        return bool(self.words or any(one.chosen for one in self.filters))


def drawer_of(lines: Sheet, plan: Plan) -> Drawer:
    """The whole library beside this sheet."""
    chosen = {line.prescription.exercise for line in lines}
    excluded = plan.suggested.excluded
    rows = [_row(exercise, exercise.id in chosen, plan) for exercise in current.library().exercises.exercises]
    return Drawer(
        _chosen(WORDS),
        tuple(FilterView(name, label, options, _chosen(name)) for name, label, options in _filters()),
        tuple(row for row in rows if row.on_sheet or row.exercise.id not in excluded),
        tuple(row for row in rows if not row.on_sheet and row.exercise.id in excluded),
    )


def chosen_filters() -> dict[str, str]:
    """What is searched and filtered by, to be kept in the address of the next page."""
    return {name: value for name in (WORDS, *FILTERS) if (value := _chosen(name))}


def facts_of(exercise: Exercise) -> dict[str, str]:
    """What an exercise is found by; several values stand with spaces between them."""
    return {
        WORDS: " ".join((_(exercise.name), _(exercise.plain_name))).casefold(),
        "group": " ".join((*exercise.primary, *exercise.secondary)),
        "position": exercise.place.posture.value,
        "equipment": " ".join(exercise.place.equipment) or NOTHING,
        "level": str(exercise.level),
    }


def fits(facts: Mapping[str, str], chosen: Mapping[str, str]) -> bool:
    """Every word that was searched is in the names, and every filter holds."""
    searched = chosen.get(WORDS, "").casefold().split()
    if not all(word in facts[WORDS] for word in searched):
        return False
    return all(chosen[name] in facts[name].split() for name in FILTERS if name in chosen)


def _row(exercise: Exercise, on_sheet: bool, plan: Plan) -> DrawerRow:
    facts = facts_of(exercise)
    return DrawerRow(
        exercise,
        _("On the sheet") if on_sheet else _why(exercise, plan),
        on_sheet,
        fits(facts, chosen_filters()),
        facts,
    )


def _why(exercise: Exercise, plan: Plan) -> str:
    """Why it was left out or passed over; one that the suggestion held was taken off by hand."""
    suggested = plan.suggested
    codes = suggested.excluded.get(exercise.id) or suggested.not_offered.get(exercise.id)
    return reasons_words(codes) if codes else _("Taken off the sheet by hand")


def _chosen(name: str) -> str:
    return request.values.get(name, "").strip()


def _filters() -> list[tuple[str, str, Mapping[str, str]]]:
    words, levels = current.library().words, current.library().exercises.selection.levels
    return [
        ("group", _("Muscle group"), {group.value: _(words["group"][group]) for group in Group}),
        ("position", _("Position"), {one.value: _(words["position"][one]) for one in Posture}),
        (
            "equipment",
            _("Equipment"),
            {NOTHING: _("None needed"), **{one.value: _(words["equipment"][one]) for one in Equipment}},
        ),
        (
            "level",
            _("Level"),
            {str(n): str(n) for n in range(1, levels.highest + 1)},
        ),
    ]
