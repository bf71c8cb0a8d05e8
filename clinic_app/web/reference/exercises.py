"""The exercises: how each is done, its dose, its evidence, and whom it may harm."""

from collections.abc import Iterable
from typing import Any

from flask import render_template
from flask_babel import gettext as _

from clinic_app.domain.exercise import Exercise
from clinic_app.domain.protocol import Group
from clinic_app.web import current
from clinic_app.web.reference.blueprint import blueprint, known


@blueprint.get("/exercises")
def exercises() -> str:
    """Every exercise, by the muscle group it works first."""
    library = current.library()
    shelves = [
        (
            library.words["group"][group],
            [one for one in library.exercises.exercises if one.primary[:1] == (group,)],
        )
        for group in Group
    ]
    return render_template("reference/exercises.html", shelves=shelves)


@blueprint.get("/exercises/<exercise_id>")
def exercise(exercise_id: str) -> str:
    """One exercise: how it is done, its dose, its evidence, and whom it may harm."""
    library = current.library().exercises
    found = known(library.by_id, exercise_id)
    dose = library.dose_class(found)
    return render_template(
        "reference/exercise.html",
        exercise=found,
        spoken=_spoken(found),
        dose=dose,
        limits=library.dosage.limits,
        sources=[(fact, library.sources.get(fact.source)) for fact in found.emg],
        dose_sources=[source for source in dose.basis.sources if source in library.sources],
        groups=_groups,
        abbreviations=current.library().guide.abbreviations,
        words=current.library().words,
        bibliography=library.sources,
        easier=library.easier(found),
        harder=[library.by_id[other] for other in found.progression_to],
        cautions=library.handout.cautions,
    )


def _spoken(found: Exercise) -> dict[str, Any]:
    """The exercise's words with the tokens filled for no particular side."""
    library = current.library().exercises
    sides = library.handout.sides
    dose = library.dose_class(found)

    def fill(text: str) -> str:
        return text.format(leg=sides.worked_leg, other_leg=sides.other_leg, hold=dose.hold_s)

    words = found.words
    return {
        "steps": [fill(step) for step in words.steps],
        "mistakes": [fill(mistake) for mistake in words.mistakes],
        **{name: fill(getattr(words, name)) for name in ("feel", "stop_if", "easier", "harder", "why")},
    }


def _groups(groups: Iterable[Group]) -> str:
    words = current.library().words["group"]
    return ", ".join(_(words[group]) for group in groups)
