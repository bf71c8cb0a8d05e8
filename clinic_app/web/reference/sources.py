"""The bibliography: what was read and where, what was recalled, and what cites it."""

import re
from itertools import groupby
from typing import NamedTuple

from flask import abort, render_template, url_for
from flask_babel import gettext as _

from clinic_app.domain.evidence import Mark
from clinic_app.web import current
from clinic_app.web.reference.blueprint import Row, Shelf, blueprint, index
from clinic_app.web.reference.kinds import kind_words

_DOI = re.compile(r"10\.\d{4,9}/\S+")


class Work(NamedTuple):
    """One source as its page shows it."""

    id: str
    citation: str
    status: str
    seen: str
    doi: str


@blueprint.get("/help/sources")
def sources() -> str:
    """Every source: those of the screen by how they are known, then those of the exercises."""
    library = current.library()
    words = library.words["mark"]
    shelves = [
        Shelf(
            f"{_('The screen')}: {_(words[mark]).lower()} [{mark}]",
            [
                Row(_page(one.id), one.citation, one.seen, one.id)
                for one in library.evidence.values()
                if one.mark is mark
            ],
        )
        for mark in Mark
    ]
    studied = library.exercises.sources.items()
    rows = [Row(_page(name), one.citation, one.status, name) for name, one in studied]
    return render_template(
        "reference/list.html",
        title=_("Bibliography"),
        intro=_("What was read, often an abstract or a summary, and what was recalled and must be checked."),
        shelves=[shelf for shelf in (*shelves, Shelf(_("The exercises"), rows)) if shelf.rows],
    )


@blueprint.get("/help/sources/<source_id>")
def source(source_id: str) -> str:
    """One source: its citation, how it is known, where it was seen, and everything that cites it."""
    citing = index().citing.get(source_id, ())
    names = kind_words()
    return render_template(
        "reference/source.html",
        work=_work(source_id) or abort(404),
        citing=[(names[kind], list(named)) for kind, named in groupby(citing, key=lambda entry: entry.kind)],
    )


def _page(name: str) -> str:
    return url_for("reference.source", source_id=name)


def _work(name: str) -> Work | None:
    library = current.library()
    if one := library.evidence.get(name):
        doi = _DOI.search(one.citation)
        mark = library.words["mark"][one.mark]
        return Work(
            name, one.citation, f"{_(mark)} [{one.mark}]", one.seen, doi[0].rstrip(".,;") if doi else ""
        )
    if studied := library.exercises.sources.get(name):
        return Work(name, studied.citation, studied.status, studied.url, studied.doi)
    return None
