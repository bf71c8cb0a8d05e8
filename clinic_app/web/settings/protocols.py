"""The protocols: the order of the tests, and which optional ones the clinic always does or leaves out."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from clinic_app.domain.applying import may_swap, with_lines
from clinic_app.domain.own import OwnLine
from clinic_app.domain.protocol import Inclusion, Item, Protocol
from clinic_app.records.setting import PROTOCOL, Setting, history, key_of
from clinic_app.web import current
from clinic_app.web.fields import problems
from clinic_app.web.settings.blueprint import Page, blueprint
from clinic_app.web.settings.forms import ProtocolForm

OFF = "off"
UP, DOWN, PUBLISHED = "up", "down", "published"


@dataclass(frozen=True)
class Row:
    """One line as the page shows it; `use` is an inclusion or `off`, `choices` empty where it is fixed."""

    item: Item
    use: str
    choices: tuple[str, ...]
    up: bool = False
    down: bool = False


@blueprint.get("/protocols")
def protocols() -> str:
    """The protocols, and which of them the clinic arranged itself."""
    ours, published = current.library().protocols, current.content().protocols
    return render_template(
        "settings/protocols.html",
        protocols=[(protocol, ours[protocol.id] != protocol) for protocol in published.values()],
    )


@blueprint.route("/protocols/<protocol_id>", methods=["GET", "POST"])
def protocol(protocol_id: str) -> Page:
    """One protocol: move its lines, take optional tests in or out; kept only with a reason."""
    published = current.content().protocols.get(protocol_id) or abort(404)
    changes = history(current.session(), key_of(PROTOCOL, protocol_id))
    form = ProtocolForm(data={"seen": changes[0].id if changes else 0})
    if not form.is_submitted():
        return _page(form, published, _standing(published), changes)
    chosen = _sent(published)
    if moved := _moved(chosen, published):
        form.process(request.form)
        return _page(form, published, moved, changes)
    if form.validate():
        return _keep(form, published, chosen, changes)
    return _page(form, published, chosen, changes)


def _standing(published: Protocol) -> list[OwnLine | tuple[str, str]]:
    """The lines as they are used now, with those left out where they were published."""
    used = [(line.item, line.inclusion) for line in current.library().protocols[published.id].lines]
    return _with_those_left_out(list(used), published)


def _with_those_left_out(used: list[Any], published: Protocol) -> list[Any]:
    for place, line in enumerate(published.lines):
        if line.item not in dict(used):
            before = published.lines[place - 1].item if place else ""
            places = [item for item, _use in used]
            used.insert(places.index(before) + 1 if before in places else place, (line.item, OFF))
    return used


def _sent(published: Protocol) -> list[Any]:
    """The lines as the page sent them; those that it did not send are left out where they may be."""
    known = {line.item for line in published.lines}
    sent = list(dict.fromkeys(item for item in request.form.getlist("item") if item in known))
    uses = {line.item: line.inclusion for line in published.lines}
    asked = {item: request.form.get(f"use-{item}") for item in sent if uses[item] is Inclusion.OPTIONAL}
    chosen = [(item, asked.get(item) or uses[item]) for item in sent]
    return _with_those_left_out(chosen, published)


def _moved(chosen: list[Any], published: Protocol) -> list[Any] | None:
    """The lines after the button that was pressed, None when it was the one that keeps them."""
    if request.form.get("act") == PUBLISHED:
        return [(line.item, line.inclusion) for line in published.lines]
    way, _colon, item = request.form.get("move", "").partition(":")
    places = [name for name, _use in chosen]
    if way not in (UP, DOWN) or item not in places:
        return None
    here = places.index(item)
    there = here + (1 if way == DOWN else -1)
    if 0 <= there < len(chosen) and may_swap(places[here], places[there], current.content()):
        chosen[here], chosen[there] = chosen[there], chosen[here]
    return chosen


def _keep(form: ProtocolForm, published: Protocol, chosen: list[Any], changes: list[Setting]) -> Page:
    key = key_of(PROTOCOL, published.id)
    kept = tuple((item, Inclusion(use)) for item, use in chosen if use in set(Inclusion))
    made = with_lines(published, kept, current.content())
    value = None if made == published else [[line.item, str(line.inclusion)] for line in made.lines]
    if not form.keep(key, value):
        return _page(form, published, chosen, changes)
    flash(_("Kept. Screenings that are not signed follow it from now on."))
    return redirect(url_for("settings.protocols"), 303)


def _page(
    form: ProtocolForm, published: Protocol, chosen: list[Any], changes: list[Setting]
) -> tuple[str, int]:
    errors = problems(form) if form.is_submitted() else []
    page = render_template(
        "settings/protocol.html",
        form=form,
        protocol=published,
        rows=_rows(chosen, published),
        changes=changes,
        change_words=_change_words,
        errors=errors,
        words=current.content().words,
    )
    return page, 422 if errors else 200


def _change_words(change: Setting) -> str:
    return str(_("As published again") if change.value is None else _("Own order or choice of tests"))


def _rows(chosen: list[Any], published: Protocol) -> list[Row]:
    library = current.content()
    optional = {line.item for line in published.lines if line.inclusion is Inclusion.OPTIONAL}
    swaps = [may_swap(one, two, library) for (one, _), (two, _) in pairwise(chosen)]
    choices = (str(Inclusion.OPTIONAL), str(Inclusion.CORE), OFF)
    return [
        Row(
            library.items[item],
            str(use),
            choices if item in optional else (),
            up=place > 0 and swaps[place - 1],
            down=place < len(swaps) and swaps[place],
        )
        for place, (item, use) in enumerate(chosen)
    ]
