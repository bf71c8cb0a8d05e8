"""The lines of a sheet as the editor shows them: reason, dose of either leg, note, what the patient reads."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask import request

from clinic_app.domain.exercise import Exercise, Unit
from clinic_app.domain.neighbours import Neighbour, neighbours_of
from clinic_app.domain.programme import Prescription
from clinic_app.domain.report import ChosenLine, ReportProgramme
from clinic_app.domain.side_doses import other_dose
from clinic_app.web import current
from clinic_app.web.programmes.doses import DOSE, OF_A_LEG, Sheet, leg_name
from clinic_app.web.programmes.patient_words import patient_words
from clinic_app.web.programmes.plan import Plan
from clinic_app.web.programmes.since_last import reasons_words, since_last
from clinic_app.web.wording import group_word, worked_sides_words
from clinic_app.web.wording.language import say as _


@dataclass(frozen=True)
class BesideView:
    """The way to an easier or a harder exercise: those offered, and for the others why not."""

    way: str
    offered: tuple[Exercise, ...]
    refused: tuple[tuple[Exercise, str], ...]


@dataclass(frozen=True)
class NumberView:
    """One number of a dose: its name, its label in full and short, what stands in it, what holds if empty."""

    name: str
    label: str
    short: str
    value: str
    empty: str = ""


@dataclass(frozen=True)
class LineView:
    """One exercise on the sheet, with what may be changed and what was typed.

    `other_leg` names the leg whose dose may differ, with the numbers of `other`; empty where none may.
    """

    exercise: Exercise
    line: ChosenLine
    why: str
    sides: str
    dose: tuple[NumberView, ...]
    other_leg: str
    other: tuple[NumberView, ...]
    note: str
    words: str
    since: tuple[str, ...]
    beside: tuple[BesideView, ...]


def line_views(lines: Sheet, plan: Plan, last: ReportProgramme | None) -> Iterator[LineView]:
    """The lines in their order, beside what stood in the last programme."""
    exercises = current.library().exercises
    for line in lines:
        prescription = line.prescription
        exercise = exercises.by_id[prescription.exercise]
        words = _short_words(exercises.dose_class(exercise).unit)
        other = tuple(_other(prescription, words))
        yield LineView(
            exercise=exercise,
            line=line,
            why=_why(prescription),
            sides=worked_sides_words(prescription.sides),
            dose=tuple(
                NumberView(name, *words[key], _typed(name, getattr(prescription, key)))
                for key in DOSE
                if (name := f"{exercise.id}-{key}")
            ),
            other_leg=leg_name(prescription) if other else "",
            other=other,
            note=_typed(f"{exercise.id}-note", line.note),
            words=patient_words(prescription, plan),
            since=since_last(prescription, last),
            beside=_beside(prescription, lines, plan),
        )


def _typed(name: str, recorded: object) -> str:
    return request.form.get(name, str(recorded))


def _other(line: Prescription, words: Mapping[str, tuple[str, str]]) -> Iterator[NumberView]:
    usual = other_dose(line, current.library().exercises)
    for key in OF_A_LEG if usual else ():
        name = f"{line.exercise}-other_{key}"
        own = getattr(line.other, key) if line.other else ""
        yield NumberView(name, *words[key], _typed(name, own), str(getattr(usual, key)))


def _short_words(unit: Unit) -> Mapping[str, tuple[str, str]]:
    times = {
        Unit.REPS: (_("Repetitions"), _("reps")),
        Unit.HOLDS: (_("Holds"), _("holds")),
        Unit.STEPS_EACH_WAY: (_("Steps each way"), _("steps")),
    }
    return {
        "sets": (_("Sets"), _("sets")),
        "reps": times[unit],
        "hold_s": (_("Hold, seconds"), _("s hold")),
        "days_per_week": (_("Days a week"), _("days a week")),
    }


def _why(line: Prescription) -> str:
    words = current.library().words
    if line.group is None:
        return _(words["slot"][line.slot])
    name = group_word(line.group, words)
    return _("%(group)s, worked indirectly", group=name) if line.indirect else name


def _beside(line: Prescription, lines: Sheet, plan: Plan) -> tuple[BesideView, ...]:
    """The easier and the harder exercises, safe for this person or not, while the sheet can be changed."""
    if not plan.open:
        return ()
    on_sheet = [other.prescription for other in lines]
    found = neighbours_of(line, plan.circumstances, current.library().exercises, on_sheet)
    return (_way(_("Easier"), found.easier), _way(_("Harder"), found.harder))


def _way(way: str, found: tuple[Neighbour, ...]) -> BesideView:
    return BesideView(
        way,
        tuple(one.exercise for one in found if one.offered),
        tuple((one.exercise, reasons_words(one.against)) for one in found if not one.offered),
    )
