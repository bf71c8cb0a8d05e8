"""Reads own_limits.toml, which numbers a clinic may set, and own_numbers.toml, those it set in a file."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from clinic_app.domain.applying import with_numbers
from clinic_app.domain.evidence import Mark
from clinic_app.domain.library import Library
from clinic_app.domain.own import FaultKind, Limit, NumberFault, OwnLimits, number_faults
from clinic_app.library.errors import ContentError
from clinic_app.library.problem import Problem
from clinic_app.library.structure import read_rows, read_table, structure

LIMITS = "own_limits.toml"
OWN_NUMBERS = "own_numbers.toml"
SETTABLE = (Mark.READ, Mark.CONVENTION)


@dataclass(frozen=True)
class _OwnNumber:
    """A line of own_numbers.toml; the reason is for whoever reads the file."""

    id: str
    value: Decimal
    reason: str


@dataclass(frozen=True)
class _Orders:
    ordered: tuple[tuple[str, ...], ...]
    stricter: tuple[str, ...]


def load_own_limits(folder: Path) -> OwnLimits:
    """Read `folder`/own_limits.toml."""
    file = folder / LIMITS
    table: dict[str, Any] = dict(read_table(file))
    rows = table.pop("limits", {})
    orders = structure(table, _Orders, file)
    limits = {name: structure({**row, "id": name}, Limit, file) for name, row in rows.items()}
    return OwnLimits(limits, orders.ordered, frozenset(orders.stricter))


def with_own_numbers(library: Library, folder: Path) -> Library:
    """The library with the numbers of `folder`/own_numbers.toml, if there is one; a wrong one is an error."""
    if not (folder / OWN_NUMBERS).exists():
        return library
    rows = read_rows(folder / OWN_NUMBERS, _OwnNumber)
    for row in rows.values():
        if not row.reason.strip():
            raise ContentError(OWN_NUMBERS, f"{row.id}.reason", "say why")
    numbers = {name: row.value for name, row in rows.items()}
    published = {name: row.value for name, row in vars(library.rules.numbers).items()}
    for fault in number_faults(numbers, published, library.own_limits):
        key = fault.name if fault.kind is FaultKind.NOT_SET else f"{fault.name}.value"
        raise ContentError(OWN_NUMBERS, key, _reason(fault, library.own_limits))
    return with_numbers(library, numbers)


def limit_problems(library: Library) -> Iterator[Problem]:
    """Each limit that fits no number, and each number that its own limits would refuse."""
    numbers, limits = vars(library.rules.numbers), library.own_limits
    named = {*limits.limits, *limits.stricter, *(name for row in limits.ordered for name in row)}
    for name in sorted(named):
        if name not in numbers:
            yield LIMITS, name, "there is no number of that name"
        elif name not in limits.limits:
            yield LIMITS, name, "it is named, but has no limits"
        elif numbers[name].mark not in SETTABLE:
            yield LIMITS, f"limits.{name}", "only what was read or is a convention is set by a clinic"
    if not named - numbers.keys():
        published = {name: row.value for name, row in numbers.items()}
        own = {name: published[name] for name in limits.limits}
        for fault in number_faults(own, published, limits):
            yield LIMITS, f"limits.{fault.name}", _reason(fault, limits)


def _reason(fault: NumberFault, limits: OwnLimits) -> str:
    if fault.kind is FaultKind.NOT_SET:
        return "this number is not set by a clinic"
    if fault.kind is FaultKind.OUTSIDE:
        limit = limits.limits[fault.name]
        return f"{fault.value} is not from {limit.least} to {limit.most} in steps of {limit.step}"
    if fault.kind is FaultKind.LOOSER:
        return f"{fault.value} is above the published {fault.bound}: a clinic may only be stricter"
    where = "above" if fault.kind is FaultKind.TOO_LOW else "below"
    return f"{fault.value} has to be {where} {fault.bound}, which is {fault.other}"
