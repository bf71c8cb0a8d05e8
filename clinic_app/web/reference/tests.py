"""The tests: how each is done, when it is asked, what may be entered, and what reads it."""

from collections.abc import Iterator
from typing import NamedTuple

from flask import render_template, url_for
from flask_babel import gettext as _

from clinic_app.domain.library import Library
from clinic_app.domain.protocol import Inclusion, Item
from clinic_app.web import current
from clinic_app.web.reference.blueprint import Row, Shelf, blueprint, facts, known
from clinic_app.web.reference.limits import limits_of


class Closing(NamedTuple):
    """Why something closes a test, and the page of what closes it."""

    href: str
    name: str
    because: str


@blueprint.get("/help/tests")
def tests() -> str:
    """Every test in the order of the full screen, by the position of the patient."""
    library = current.library()
    order = {line.item: place for place, line in enumerate(library.protocols["full"].lines)}
    items = sorted(library.items.values(), key=lambda item: order.get(item.id, len(order)))
    words = library.words["position"]
    shelves = [
        Shelf(_(words[position]), [_row(item, library) for item in items if item.position is position])
        for position in dict.fromkeys(item.position for item in items)
    ]
    return render_template(
        "reference/list.html",
        title=_("Tests"),
        intro=_("In the order of the full screen, by the position of the patient."),
        shelves=shelves,
    )


@blueprint.get("/help/tests/<item_id>")
def test(item_id: str) -> str:
    """One test: how it is done, what is recorded, and on what evidence."""
    library = current.library()
    found = known(library.items, item_id)
    return render_template(
        "reference/test.html",
        item=found,
        evidence=facts(found.evidence),
        protocols=[
            (protocol.name, library.words["inclusion"][line.inclusion])
            for protocol in library.protocols.values()
            for line in protocol.lines
            if line.item == item_id
        ],
        conditional=_conditional(item_id, library),
        limits=list(limits_of(found.fields)),
        rules=library.rules.reading(item_id),
        norms=[norm for norm in library.norms.values() if item_id in norm.items],
        closed_by=list(_closed_by(item_id, library)),
        measures=[measure for measure in library.guide.measures if item_id in measure.items],
        words=library.words,
        facts=facts,
    )


def _row(item: Item, library: Library) -> Row:
    named = [
        protocol.name
        for protocol in library.protocols.values()
        if any(line.item == item.id for line in protocol.lines)
    ]
    href = url_for("reference.test", item_id=item.id)
    return Row(href, _(item.name), _(item.purpose), ", ".join(_(name) for name in named))


def _conditional(item_id: str, library: Library) -> bool:
    lines = (line for protocol in library.protocols.values() for line in protocol.lines)
    return any(line.item == item_id and line.inclusion is Inclusion.CONDITIONAL for line in lines)


def _closed_by(item_id: str, library: Library) -> Iterator[Closing]:
    position = library.items[item_id].position
    for row in library.precautions.values():
        for each in row.closes:
            if item_id in each.items or (not each.items and position in each.positions):
                yield Closing(url_for("reference.precaution", row_id=row.id), row.name, each.because)
    for item in library.items.values():
        for answer in item.closes:
            if item_id in answer.items:
                yield Closing(url_for("reference.test", item_id=item.id), item.name, answer.because)
