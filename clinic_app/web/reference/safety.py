"""Red flags and precautions: what stops a screen, what closes a test, what leaves an exercise out."""

from flask import render_template, url_for
from flask_babel import gettext as _

from clinic_app.domain.exercise import Exercise
from clinic_app.domain.safety import Consequence, Precaution
from clinic_app.web import current
from clinic_app.web.reference.blueprint import Row, Shelf, blueprint, cited, known


@blueprint.get("/help/red-flags")
def red_flags() -> str:
    """Every red-flag row, the gravest consequence first."""
    library = current.library()
    rows = library.red_flags.values()
    return render_template(
        "reference/red_flags.html",
        shelves=[
            (library.words["consequence"][each], [row for row in rows if row.consequence is each])
            for each in Consequence
        ],
        cited=cited,
    )


@blueprint.get("/help/precautions")
def precautions() -> str:
    """Every precaution of the one list."""
    rows = [
        Row(url_for("reference.precaution", row_id=row.id), _(row.name), _(row.effect))
        for row in current.library().precautions.values()
    ]
    return render_template(
        "reference/list.html",
        title=_("Precautions"),
        intro=_("Each closes tests, or sets what leaves exercises out. A blank answer is never read as no."),
        shelves=[Shelf("", rows)],
    )


@blueprint.get("/help/precautions/<row_id>")
def precaution(row_id: str) -> str:
    """One precaution: what is asked, which tests it closes, which exercises it leaves out."""
    library = current.library()
    found = known(library.precautions, row_id)
    return render_template(
        "reference/precaution.html",
        row=found,
        items=library.items,
        tags=[(each.tag, _left_out(each.tag), _with_care(each.tag)) for each in found.sets],
        not_valid=[library.items[item] for item in found.not_valid],
        positions=_positions(found),
        sources=cited(found.sources),
        words=library.words,
    )


def _left_out(tag: str) -> list[Exercise]:
    return [one for one in current.library().exercises.exercises if tag in one.exclude]


def _with_care(tag: str) -> list[Exercise]:
    return [one for one in current.library().exercises.exercises if tag in one.caution]


def _positions(row: Precaution) -> dict[str, str]:
    words = current.library().words["position"]
    return {position: words[position] for each in row.closes for position in each.positions}
