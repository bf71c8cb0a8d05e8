"""Reads items/, with the grades and stop rules that they share, and protocols/."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol as Shape
from typing import TypeVar

from clinic_app.domain.evidence import Evidence
from clinic_app.domain.protocol import Choice, Field, FieldKind, Item, Protocol
from clinic_app.library.errors import ContentError
from clinic_app.library.safety import ItemIds, load_item_ids
from clinic_app.library.structure import read

GRADES = "grades.toml"
STOP = "stop.toml"


@dataclass(frozen=True)
class Grades:
    """The manual grades, weakest first; up to `unlikely_twice` both sides seldom share one."""

    grades: tuple[Choice, ...]
    unlikely_twice: str


@dataclass(frozen=True)
class _StopRules:
    stop: tuple[str, ...]
    at: tuple[str, ...]
    evidence: tuple[Evidence, ...]


class _Named(Shape):
    @property
    def id(self) -> str: ...


N = TypeVar("N", bound=_Named)


def load_items(folder: Path) -> dict[str, Item]:
    """Read every test of `folder`/items.

    A graded field gets the grades, a test with pain the stop rules; a kind of tests is replaced by its tests.
    """
    grades = read(folder / GRADES, Grades)
    shared = read(folder / STOP, _StopRules)
    ids = load_item_ids(folder)
    items = {name: _with_tests(item, ids) for name, item in read_each(folder / "items", Item)}
    return {name: _shared(item, grades, shared) for name, item in items.items()}


def load_protocols(folder: Path) -> dict[str, Protocol]:
    """Read every protocol below `folder`/protocols."""
    return dict(read_each(folder / "protocols", Protocol))


def read_each(folder: Path, wanted: type[N]) -> Iterator[tuple[str, N]]:
    """Read one value from each file of a folder, by id, which must be the name of the file."""
    for file in sorted(folder.glob("*.toml")):
        value = read(file, wanted)
        if file_name(value.id) != file.name:
            raise ContentError(file.name, "id", f"{value.id} is not the name of the file")
        yield value.id, value


def file_name(name: str) -> str:
    """The file that holds the content of this id."""
    return f"{name.lower().replace('-', '_')}.toml"


def _with_tests(item: Item, ids: ItemIds) -> Item:
    return replace(item, closes=tuple(replace(each, items=ids.tests(each.items)) for each in item.closes))


def _shared(item: Item, grades: Grades, shared: _StopRules) -> Item:
    fields = tuple(_graded(field, grades) for field in item.fields)
    if not item.asks_pain:
        return replace(item, fields=fields)
    evidence = item.evidence + shared.evidence
    stop, stop_at = shared.stop + item.stop, shared.at + item.stop
    return replace(item, fields=fields, stop=stop, stop_at=stop_at, evidence=evidence)


def _graded(field: Field, grades: Grades) -> Field:
    if field.kind is not FieldKind.GRADE:
        return field
    return replace(field, choices=grades.grades, unlikely_twice=grades.unlikely_twice)
