"""What was typed into the lines of a sheet: doses within their limits for this person, and the notes."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import request

from clinic_app.domain.case import Case, case_of
from clinic_app.domain.dose import longest_hold
from clinic_app.domain.exercise import Exercise
from clinic_app.domain.programme import Prescription, SideDose
from clinic_app.domain.report import ChosenLine
from clinic_app.domain.side_doses import other_dose, with_other_dose
from clinic_app.web import current
from clinic_app.web.programmes.plan import Plan
from clinic_app.web.wording.language import say as _

Sheet = tuple[ChosenLine, ...]
Errors = list[dict[str, str]]

OF_A_LEG = ("sets", "reps", "hold_s")
DOSE = (*OF_A_LEG, "days_per_week")


def typed_lines(plan: Plan) -> tuple[Sheet, Errors]:
    """The lines with what was typed into them; what is beyond its limit is named and nothing is saved."""
    if not plan.lines:
        return (), []
    errors: Errors = []
    case = case_of(plan.circumstances, current.library().exercises)
    return tuple(_typed_line(line, case, errors) for line in plan.lines), errors


def typed_text(name: str, shown: str, most: int, what: str) -> tuple[str, Errors]:
    """A text for the patient in one piece, and what is wrong with it; `shown` where the page did not ask."""
    text = " ".join(_printable(request.form.get(name, shown)).split())
    if len(text) <= most:
        return text, []
    said = _(
        "%(what)s: %(count)s characters do not fit. Use at most %(most)s",
        what=what,
        count=len(text),
        most=most,
    )
    return text, [{"href": f"#{name}", "text": said}]


def leg_name(line: Prescription) -> str:
    """The leg whose dose stands second, for the labels of its fields."""
    return _("Left leg") if line.sides.side and line.sides.side.other == "left" else _("Right leg")


def _printable(text: str) -> str:
    """Without what no page can print and no database stores: control characters but for breaks and tabs."""
    return "".join(letter for letter in text if letter >= " " or letter in "\n\r\t")


@dataclass(frozen=True)
class _Typed:
    """Reads what was typed for one exercise, and gathers what does not fit."""

    exercise: Exercise
    case: Case
    errors: Errors

    def text(self, field: str, shown: str) -> str:
        """What was typed into that field; what is shown where the page did not ask."""
        return request.form.get(f"{self.exercise.id}-{field}", shown).strip()

    def number(self, field: str, key: str, text: str, label: str) -> int:
        """The number that was typed, 0 with an error where it does not fit."""
        name, (least, most) = f"{self.exercise.id}-{field}", self._limits(key)
        if text.isascii() and text.isdecimal() and least <= int(text) <= most:
            return int(text)
        what = f"{_(self.exercise.name)}, {label}"
        self.errors.append({"href": f"#{name}", "text": does_not_fit(what, text, least, most)})
        return 0

    def note(self, shown: str) -> str:
        """The note to the patient."""
        most = current.library().exercises.selection.texts.most_note
        what = _("%(exercise)s, note to the patient", exercise=_(self.exercise.name))
        text, wrong = typed_text(f"{self.exercise.id}-note", shown, most, what)
        self.errors.extend(wrong)
        return text

    def _limits(self, key: str) -> tuple[int, int]:
        exercises = current.library().exercises
        least, most = getattr(exercises.dosage.limits, key)
        return least, longest_hold(self.exercise, self.case, exercises) if key == "hold_s" else most


def _typed_line(line: ChosenLine, case: Case, errors: Errors) -> ChosenLine:
    before, words = line.prescription, dose_words()
    typed = _Typed(current.library().exercises.by_id[before.exercise], case, errors)
    numbers: dict[str, Any] = {
        key: typed.number(key, key, typed.text(key, str(getattr(before, key))), words[key]) for key in DOSE
    }
    prescription = _with_other_leg(replace(before, **numbers), typed)
    return replace(line, prescription=prescription, note=typed.note(line.note))


def _with_other_leg(line: Prescription, typed: _Typed) -> Prescription:
    """The line with the dose of its other leg; what is left empty there is as usual."""
    library, words = current.library().exercises, dose_words()
    usual = other_dose(replace(line, other=None), library)
    if usual is None:
        return line
    numbers: dict[str, int] = {}
    for key in OF_A_LEG:
        field, shown = f"other_{key}", str(getattr(line.other, key)) if line.other else ""
        text = typed.text(field, shown) or str(getattr(usual, key))
        numbers[key] = typed.number(field, key, text, f"{leg_name(line)}, {words[key]}")
    return with_other_dose(line, SideDose(**numbers), library)


def does_not_fit(what: str, text: str, least: int, most: int) -> str:
    """That a number is not within its limits."""
    return _(
        "%(what)s: %(value)s does not fit. Enter a whole number from %(least)s to %(most)s",
        what=what,
        value=text or _("nothing"),
        least=least,
        most=most,
    )


def dose_words() -> Mapping[str, str]:
    """What each number of a dose is called in a sentence."""
    return {
        "sets": _("sets"),
        "reps": _("repetitions"),
        "hold_s": _("hold"),
        "days_per_week": _("days a week"),
    }
