"""Reads safety/: the red flags, the precautions, and the names of tests that a precaution may close."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from clinic_app.domain.safety import Precaution, RedFlag
from clinic_app.library.structure import read, read_rows

RED_FLAGS = "red_flags.toml"
PRECAUTIONS = "precautions.toml"
ITEM_IDS = "item_ids.toml"


@dataclass(frozen=True)
class ItemIds:
    """The kinds: one name for several tests."""

    kinds: Mapping[str, tuple[str, ...]]

    def tests(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """These names with each kind replaced by its tests, every test once."""
        return tuple(dict.fromkeys(test for name in names for test in self.kinds.get(name, (name,))))


def load_item_ids(folder: Path) -> ItemIds:
    """Read `folder`/item_ids.toml."""
    return read(folder / ITEM_IDS, ItemIds)


def load_red_flags(folder: Path) -> dict[str, RedFlag]:
    """Read `folder`/safety/red_flags.toml, in the order in which the rows are asked."""
    return read_rows(folder / "safety" / RED_FLAGS, RedFlag)


def load_precautions(folder: Path, ids: ItemIds) -> dict[str, Precaution]:
    """Read `folder`/safety/precautions.toml; a kind of tests is replaced by its tests."""
    rows = read_rows(folder / "safety" / PRECAUTIONS, Precaution)
    return {name: _with_tests(row, ids) for name, row in rows.items()}


def _with_tests(row: Precaution, ids: ItemIds) -> Precaution:
    return replace(row, closes=tuple(replace(each, items=ids.tests(each.items)) for each in row.closes))
