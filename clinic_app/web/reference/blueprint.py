"""What the reference pages share: their address, the index, the sources behind a fact."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar, cast

from flask import Blueprint, abort, current_app
from flask.blueprints import BlueprintSetupState

from clinic_app.domain.evidence import Evidence
from clinic_app.domain.library import Library, Source
from clinic_app.web import current
from clinic_app.web.reference.entries import entries
from clinic_app.web.reference.index import Index

blueprint = Blueprint("reference", __name__)

T = TypeVar("T")


@dataclass(frozen=True)
class Row:
    """One line of a list: a link with its name, what stands under it, and what stands at its end."""

    href: str
    name: str
    detail: str = ""
    end: str = ""


@dataclass(frozen=True)
class Shelf:
    """A heading of a list and its lines."""

    name: str
    rows: Sequence[Row]


@blueprint.record_once
def _at_start(state: BlueprintSetupState) -> None:
    parts = state.app.extensions["clinic"]
    _made(parts, parts["library"])


def index() -> Index:
    """The index of the content as this clinic has set it."""
    parts, library = current_app.extensions["clinic"], current.library()
    indexed, made = parts["index"]
    return cast(Index, made) if indexed is library else _made(parts, library)


def _made(parts: dict[str, object], library: Library) -> Index:
    made = Index(tuple(entries(library)))
    # Folding every word is the slow part: it is done here, and not in somebody's first search.
    _ = made.rows, made.citing
    parts["index"] = (library, made)
    return made


def known(rows: Mapping[str, T], name: str) -> T:
    """The row of that id; a page that nobody wrote is not found."""
    return rows[name] if name in rows else abort(404)


def facts(told: Iterable[Evidence]) -> list[tuple[Evidence, Source]]:
    """Each fact with its source."""
    evidence = current.library().evidence
    return [(fact, evidence[fact.source]) for fact in told]


def cited(names: Iterable[str]) -> list[Source]:
    """The sources of these ids, each once."""
    evidence = current.library().evidence
    return [evidence[name] for name in dict.fromkeys(names) if name in evidence]
