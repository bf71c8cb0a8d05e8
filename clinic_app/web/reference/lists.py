"""Patterns and notes: what several findings suggest, and the remarks beside a class."""

from flask import render_template, url_for
from flask_babel import gettext as _

from clinic_app.web import current
from clinic_app.web.reference.blueprint import Row, Shelf, blueprint, cited, known


@blueprint.get("/help/patterns")
def patterns() -> str:
    """Every pattern; none is a diagnosis."""
    cards = current.library().patterns.values()
    rows = [
        Row(url_for("reference.pattern", pattern_id=card.id), f"{card.id}: {_(card.name)}", _(card.suggests))
        for card in cards
    ]
    return render_template(
        "reference/list.html",
        title=_("Patterns"),
        intro=_("What several findings suggest together. Never a diagnosis, and no class is changed by it."),
        shelves=[Shelf("", rows)],
    )


@blueprint.get("/help/patterns/<pattern_id>")
def pattern(pattern_id: str) -> str:
    """One pattern: what it requires, suggests and does, and on what evidence."""
    library = current.library()
    found = known(library.patterns, pattern_id)
    return render_template(
        "reference/pattern.html", pattern=found, sources=cited(found.sources), words=library.words
    )


@blueprint.get("/help/notes")
def notes() -> str:
    """Every note, with when it is printed and the rule behind it."""
    library = current.library()
    settings = {name: number.value for name, number in vars(library.rules.numbers).items()}
    return render_template(
        "reference/notes.html",
        notes={name: text.format(**settings) for name, text in library.notes.items()},
        when=library.guide.remarks,
        rules=library.rules.by_id,
    )
