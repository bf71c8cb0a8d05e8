"""What was typed into a sheet that was changed elsewhere meanwhile, beside what stands there now."""

from collections.abc import Iterator

from flask import request

from clinic_app.domain.report import ChosenLine
from clinic_app.web import current
from clinic_app.web.programmes.agreed import agreed_now, day_views, day_words
from clinic_app.web.programmes.doses import DOSE, OF_A_LEG, dose_words, leg_name
from clinic_app.web.programmes.plan import Plan
from clinic_app.web.wording.language import say as _

# A field of the sheet as it stands: its name, what it is called, what is saved in it.
Field = tuple[str, str, str]


def differences(plan: Plan) -> list[str]:
    """A sentence for each field in which something else was typed, and for each exercise that is gone."""
    typed = [
        (what, _even(request.form.get(name, saved)), _even(saved)) for name, what, saved in _fields(plan)
    ]
    return [_told(what, text, saved) for what, text, saved in typed if text != saved] + list(_gone(plan))


def _fields(plan: Plan) -> Iterator[Field]:
    yield "goal", _("Goal"), agreed_now(plan.row).goal
    for day in day_views(plan.row, {}):
        yield day.name, day.label, day.value
    for line in plan.lines:
        yield from _of_line(line)


def _of_line(line: ChosenLine) -> Iterator[Field]:
    dose, words = line.prescription, dose_words()
    name = _(current.library().exercises.by_id[dose.exercise].name)
    for key in DOSE:
        yield f"{dose.exercise}-{key}", f"{name}, {words[key]}", str(getattr(dose, key))
    for key in OF_A_LEG:
        saved = str(getattr(dose.other, key)) if dose.other else ""
        yield f"{dose.exercise}-other_{key}", f"{name}, {leg_name(dose)}, {words[key]}", saved
    yield f"{dose.exercise}-note", _("%(exercise)s, note to the patient", exercise=name), line.note


def _told(what: str, typed: str, saved: str) -> str:
    said = {"what": what, "typed": day_words(typed), "saved": day_words(saved)}
    return _("%(what)s: you typed %(typed)s, saved is %(saved)s", **said)


def _gone(plan: Plan) -> Iterator[str]:
    """What was typed for an exercise that is on the sheet no more: it is told, and stands in no field."""
    known, here = current.library().exercises.by_id, {line.prescription.exercise for line in plan.lines}
    words, typed = dose_words(), dict[str, list[str]]()
    for name, text in request.form.items():
        exercise, dash, field = name.partition("-")
        if dash and exercise in known and exercise not in here and text.strip():
            what = words.get(field.removeprefix("other_"), _("note"))
            typed.setdefault(exercise, []).append(f"{what} {_even(text)}")
    for exercise, texts in typed.items():
        said = {"exercise": _(known[exercise].name), "typed": ", ".join(texts)}
        yield _("%(exercise)s is not on the sheet any more; you typed: %(typed)s", **said)


def _even(text: str) -> str:
    return " ".join(text.split())
