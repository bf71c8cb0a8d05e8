"""Reference pages: the exercises, what the screen is, its rules and its tests, each with its evidence."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from flask import Blueprint, abort, current_app, render_template
from flask_babel import gettext as _

from clinic_app.domain.evidence import Evidence
from clinic_app.domain.exercise import Exercise
from clinic_app.domain.flags import LABELS
from clinic_app.domain.library import Source
from clinic_app.domain.protocol import Group
from clinic_app.web import current

blueprint = Blueprint("reference", __name__)


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
    return render_template("reference/exercises.html", shelves=shelves, picture=picture)


@blueprint.get("/exercises/<exercise_id>")
def exercise(exercise_id: str) -> str:
    """One exercise: how it is done, its dose, its evidence, and whom it may harm."""
    library = current.library().exercises
    found = library.by_id.get(exercise_id) or abort(404)
    dose = library.dose_class(found)
    return render_template(
        "reference/exercise.html",
        exercise=found,
        spoken=_spoken(found),
        dose=dose,
        limits=library.dosage.limits,
        picture=picture(found.id),
        sources=[(fact, library.sources.get(fact.source)) for fact in found.emg],
        dose_sources=[library.sources[source] for source in dose.basis.sources if source in library.sources],
        groups=_groups,
        abbreviations=current.library().guide.abbreviations,
        mark_words=current.library().words["mark"],
        tag_words=current.library().words["tag"],
        easier=library.easier(found),
        harder=[library.by_id[other] for other in found.progression_to],
        cautions=library.handout.cautions,
    )


@blueprint.get("/help")
def help_page() -> str:
    """What the screen is, its words, what the glutes do, and the conditions that go with weakness."""
    library = current.library()
    return render_template("reference/help.html", guide=library.guide, library=library, cited=_facts)


@blueprint.get("/help/rules/<rule_id>")
def rule(rule_id: str) -> str:
    """One rule: what it reads, its limits, and who says so."""
    library = current.library()
    found = library.rules.by_id.get(rule_id) or abort(404)
    cited = (*found.sources, *(source for step in found.steps for source in step.sources))
    return render_template(
        "reference/rule.html",
        rule=found,
        items=[library.items[item] for item in found.items],
        note=library.notes.get(rule_id, ""),
        sources=_cited(cited),
        against=_cited(found.against),
        words=library.words,
        level_word=_level_word,
    )


@blueprint.get("/help/tests/<item_id>")
def test(item_id: str) -> str:
    """One test: how it is done, what is recorded, and on what evidence."""
    library = current.library()
    found = library.items.get(item_id) or abort(404)
    return render_template(
        "reference/test.html",
        item=found,
        picture=picture(found.id),
        evidence=_facts(found.evidence),
        rules=library.rules.reading(item_id),
        words=library.words,
    )


def picture(name: str) -> str | None:
    """The drawing of this exercise or test, None when there is none."""
    file = f"illustrations/{name}.svg"
    return file if (Path(str(current_app.static_folder)) / file).is_file() else None


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


def _level_word(level: int | None) -> str:
    """How much a reason of that level says; without a level it raises no flag."""
    words = current.library().words["level"]
    return str(_("No flag") if level is None else _(words[LABELS[level]]))


def _facts(told: Iterable[Evidence]) -> list[tuple[Evidence, Source]]:
    evidence = current.library().evidence
    return [(fact, evidence[fact.source]) for fact in told]


def _cited(names: Iterable[str]) -> list[Source]:
    evidence = current.library().evidence
    return [evidence[name] for name in dict.fromkeys(names) if name in evidence]
