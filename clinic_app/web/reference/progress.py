"""What a returned log leads to: the rules with what they propose, and how each dose class moves on."""

from typing import NamedTuple

from flask import render_template
from flask_babel import gettext as _

from clinic_app.domain.exercise_library import DoseClass
from clinic_app.domain.progress_rules import ClassProgress, Step
from clinic_app.web import current
from clinic_app.web.reference.blueprint import blueprint
from clinic_app.web.wording.log import advice_words


class Onward(NamedTuple):
    """A dose class: when it moves on, for how many days or sessions, and its steps in order."""

    name: str
    dose: DoseClass
    moves: ClassProgress
    steps: str


@blueprint.get("/help/progress")
def progress() -> str:
    """Every rule of the returned log, with its basis and sources."""
    exercises = current.library().exercises
    rules, doses = exercises.progress, exercises.dosage.classes
    steps = {
        Step.SET: _("one set more"),
        Step.LOAD: _("more load"),
        Step.EXERCISE: _("a harder exercise"),
    }
    return render_template(
        "reference/progress.html",
        log=rules.log,
        rules=[(rule, said, advice_words(said.proposes)) for rule, said in rules.rules.items()],
        classes=[
            Onward(name, doses[name], moves, ", ".join(steps[step] for step in moves.by))
            for name, moves in rules.classes.items()
        ],
        words=current.library().words,
    )
