"""Reference values: in whom, how and for what; and how far a measure may change by error alone."""

from flask import render_template, url_for
from flask_babel import gettext as _

from clinic_app.domain.library import Library
from clinic_app.domain.reference import Norm, NormUse
from clinic_app.web import current
from clinic_app.web.reference.blueprint import Row, Shelf, blueprint, cited, facts, known

CHANGE = "chg_"


@blueprint.get("/help/norms")
def norms() -> str:
    """Every set of reference values by what it may be used for, and those that could not be read."""
    library = current.library()
    words = library.words["norm_use"]
    shelves = [
        Shelf(_(words[use]), [_row(norm, library) for norm in library.norms.values() if norm.use is use])
        for use in NormUse
    ]
    return render_template(
        "reference/norms.html",
        title=_("Reference values"),
        shelves=[shelf for shelf in shelves if shelf.rows],
        unread=[(one, library.evidence[one.source]) for one in library.guide.unread],
    )


@blueprint.get("/help/norms/<norm_id>")
def norm(norm_id: str) -> str:
    """One set of reference values: population, method, values, source and caveats."""
    library = current.library()
    found = known(library.norms, norm_id)
    shown = ("mean", "sd", "limit", "low", "high", "n")
    return render_template(
        "reference/norm.html",
        norm=found,
        columns=[name for name in shown if any(getattr(row, name) is not None for row in found.rows)],
        items=[library.items[item] for item in found.items],
        rules=[
            rule
            for rule in library.rules.by_id.values()
            if any(found.id in step.limits.values() for step in rule.steps)
        ],
        source=cited([found.source])[0],
        words=library.words,
    )


@blueprint.get("/help/measurement")
def measurement() -> str:
    """How repeatable each measure is, and which change is likely real."""
    library = current.library()
    settings = vars(library.rules.numbers).items()
    return render_template(
        "reference/measurement.html",
        measures=library.guide.measures,
        changes=[(name, number) for name, number in settings if name.startswith(CHANGE)],
        library=library,
        facts=facts,
        words=library.words,
    )


def _row(norm: Norm, library: Library) -> Row:
    href = url_for("reference.norm", norm_id=norm.id)
    unit = _(library.words["norm_unit"][norm.unit])
    return Row(href, _(norm.name), _(norm.population), unit)
