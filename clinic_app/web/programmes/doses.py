"""The doses as they were typed into the sheet, each within its limit for this person."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import request

from clinic_app.domain.case import Case, case_of
from clinic_app.domain.dose import longest_hold
from clinic_app.domain.exercise import Exercise
from clinic_app.domain.report import ChosenLine
from clinic_app.web import current
from clinic_app.web.programmes.plan import Plan
from clinic_app.web.programmes.showing import DOSE
from clinic_app.web.wording.language import say as _

Sheet = tuple[ChosenLine, ...]
Errors = list[dict[str, str]]


def typed_doses(plan: Plan) -> tuple[Sheet, Errors]:
    """The lines with what was typed into them; a number beyond its limit is named and nothing is saved."""
    if not plan.lines:
        return (), []
    errors: Errors = []
    case = case_of(plan.circumstances, current.library().exercises)
    return tuple(_dosed(line, case, errors) for line in plan.lines), errors


def _dosed(line: ChosenLine, case: Case, errors: Errors) -> ChosenLine:
    exercise = current.library().exercises.by_id[line.prescription.exercise]
    typed: dict[str, Any] = {}
    for key in DOSE:
        name, (least, most) = f"{exercise.id}-{key}", _limits(exercise, case, key)
        text = request.form.get(name, str(getattr(line.prescription, key))).strip()
        if text.isascii() and text.isdecimal() and least <= int(text) <= most:
            typed[key] = int(text)
        else:
            what = f"{_(exercise.name)}, {_dose_words()[key]}"
            errors.append({"href": f"#{name}", "text": _does_not_fit(what, text, least, most)})
    return replace(line, prescription=replace(line.prescription, **typed))


def _limits(exercise: Exercise, case: Case, key: str) -> tuple[int, int]:
    exercises = current.library().exercises
    least, most = getattr(exercises.dosage.limits, key)
    return least, longest_hold(exercise, case, exercises) if key == "hold_s" else most


def _does_not_fit(what: str, text: str, least: int, most: int) -> str:
    return _(
        "%(what)s: %(value)s does not fit. Enter a whole number from %(least)s to %(most)s",
        what=what,
        value=text or _("nothing"),
        least=least,
        most=most,
    )


def _dose_words() -> Mapping[str, str]:
    return {
        "sets": _("sets"),
        "reps": _("repetitions"),
        "hold_s": _("hold"),
        "days_per_week": _("days a week"),
    }
