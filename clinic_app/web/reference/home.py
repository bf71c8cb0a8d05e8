"""The first page of the reference, and the search over all of it."""

from typing import NamedTuple

from flask import render_template, request, url_for
from flask_babel import gettext as _

from clinic_app.web import current
from clinic_app.web.reference.blueprint import Row, Shelf, blueprint, index
from clinic_app.web.reference.entry import Kind
from clinic_app.web.reference.index import LONGEST, Found
from clinic_app.web.reference.kinds import kind_words

FEW = 6


class Heap(NamedTuple):
    """The results of one kind: its word, how many there are, and those that are shown."""

    kind: Kind
    name: str
    total: int
    shown: list[Found]


@blueprint.get("/help")
def help_page() -> str:
    """Where everything stands, what a screen is not, and the five words."""
    return render_template(
        "reference/help.html", guide=current.library().guide, shelves=_shelves(), longest=LONGEST
    )


@blueprint.get("/help/search")
def search() -> str:
    """What holds all the words that were typed, by kind; every one of a kind when that kind is asked for."""
    typed = " ".join(request.args.get("q", "").split())[:LONGEST]
    wanted = request.args.get("kind", "")
    names = kind_words()
    heaps = [
        Heap(kind, names[kind], len(found), found if wanted == kind else found[:FEW])
        for kind, found in index().search(typed).items()
        if wanted in ("", kind)
    ]
    return render_template("reference/search.html", typed=typed, wanted=wanted, heaps=heaps, longest=LONGEST)


def _shelves() -> list[Shelf]:
    library = current.library()
    guide, evidence = library.guide, (*library.evidence, *library.exercises.sources)

    def row(endpoint: str, name: str, detail: str, held: int | None = None) -> Row:
        return Row(url_for(f"reference.{endpoint}"), name, detail, "" if held is None else str(held))

    screen = [
        row("tests", _("Tests"), _("How each is done, what is recorded, its evidence"), len(library.items)),
        row("red_flags", _("Red flags"), _("What stops a screen"), len(library.red_flags)),
        row("precautions", _("Precautions"), _("What each closes and sets"), len(library.precautions)),
        row("exercises", _("Exercises"), _("Dose, evidence, not for"), len(library.exercises.exercises)),
    ]
    reasoning = [
        row("rules", _("Rules"), _("Limits and worked examples"), len(library.rules.by_id)),
        row("patterns", _("Patterns"), _("What findings suggest together"), len(library.patterns)),
        row("notes", _("Notes"), _("Remarks beside a class"), len(library.notes)),
        row("numbers", _("Settings"), _("Each number, its source"), len(vars(library.rules.numbers))),
        row("progress", _("Returned log"), _("What it proposes"), len(library.exercises.progress.rules)),
    ]
    measuring = [
        row("norms", _("Reference values"), _("In whom, how, for what"), len(library.norms)),
        row("measurement", _("Measurement error"), _("What counts as a change"), len(guide.measures)),
    ]
    background = [
        row("muscles", _("What the gluteal muscles do"), _("And what is known of weakness")),
        row("conditions", _("Conditions that go with weakness"), _("The evidence"), len(guide.conditions)),
        row("glossary", _("Glossary"), _("Words and abbreviations"), len(guide.glossary)),
        row("sources", _("Bibliography"), _("What was read, what recalled"), len(evidence)),
        row("review", _("Version and review"), _("Reviewed by: not yet")),
    ]
    return [
        Shelf(_("The screen"), screen),
        Shelf(_("The reasoning"), reasoning),
        Shelf(_("The measuring"), measuring),
        Shelf(_("Background"), background),
    ]
