"""What must hold of a reference value before it may be used: each broken promise as file, key and reason."""

from collections.abc import Callable, Iterator
from itertools import combinations

from clinic_app.domain.library import Library
from clinic_app.domain.protocol import Item
from clinic_app.domain.reference import FORCE_UNITS, Norm, NormRow, NormUse
from clinic_app.library.field_checks import Fault
from clinic_app.library.items import file_name
from clinic_app.library.problem import Problem, unknown

_SCORED = (NormUse.Z, NormUse.PERCENT)
_BETTER = ("more", "less")
_OF_THE_TEST = ("method", "position", "stabilisation")


def norm_problems(library: Library) -> Iterator[Problem]:
    """Everything wrong with the norms, one file each."""
    for norm in library.norms.values():
        file = file_name(norm.id)
        yield from ((file, key, reason) for key, reason in _norm_faults(norm, library))
        yield from unknown(file, "items", norm.items, library.items)
        yield from unknown(file, "source", [norm.source], library.evidence)


def _norm_faults(norm: Norm, library: Library) -> Iterator[Fault]:
    for check in _CHECKS:
        yield from check(norm)
    for item in norm.items:
        if norm.use in _SCORED and item in library.items:
            yield from _measured(norm, library.items[item])


def _words(norm: Norm) -> Iterator[Fault]:
    for key in ("name", "population", "source", "items"):
        if not getattr(norm, key):
            yield key, "it is empty"
    if norm.better not in _BETTER:
        yield "better", f"{norm.better} is not one of {', '.join(_BETTER)}"


def _rows(norm: Norm) -> Iterator[Fault]:
    for number, row in enumerate(norm.rows, 1):
        if row.age_min > row.age_max:
            yield f"rows.{number}.age_min", f"{row.age_min} is above {row.age_max}"
        if row.low is not None and row.high is not None and row.low > row.high:
            yield f"rows.{number}.low", f"{row.low} is above {row.high}"
    for one, other in combinations(norm.rows, 2):
        if _overlap(one, other):
            yield "rows", f"two rows are for {max(one.age_min, other.age_min)} years"


def _overlap(one: NormRow, other: NormRow) -> bool:
    same_sex = one.sex is None or other.sex is None or one.sex is other.sex
    return same_sex and one.age_min <= other.age_max and other.age_min <= one.age_max


def _values(norm: Norm) -> Iterator[Fault]:
    """What it is used for asks for values: a mean with its spread, a mean, or a limit."""
    if norm.use is NormUse.CUT_OFF and not any(row.limit is not None for row in norm.rows):
        yield "rows", "a cut-off has a limit"
    if norm.use not in _SCORED:
        return
    if not norm.rows and not norm.equation:
        yield "rows", "without a mean nothing is set beside it"
    if any(row.mean is None or row.mean <= 0 for row in norm.rows):
        yield "rows", "each row needs a mean above zero"
    spreads = [norm.equation.sd] if norm.equation else [row.sd for row in norm.rows]
    if norm.use is NormUse.Z and not all(sd and sd > 0 for sd in spreads):
        yield "rows", "a z needs a standard deviation above zero"


def _own(norm: Norm) -> Iterator[Fault]:
    """A table that a clinic entered says how it was measured, by whom it was entered, and from which page."""
    if not norm.own:
        return
    for key in ("method", "position", "page", "entered_by"):
        if not getattr(norm, key):
            yield key, "a table of the clinic's own says so"
    if norm.checked_by and norm.checked_by == norm.entered_by:
        yield "checked_by", "it is checked by somebody else than who entered it"


_CHECKS: tuple[Callable[[Norm], Iterator[Fault]], ...] = (_words, _rows, _values, _own)


def _measured(norm: Norm, item: Item) -> Iterator[Fault]:
    """Only a force is set beside it, in words that the test has."""
    if not item.set_up_by:
        yield "items", f"{item.id} is no dynamometer test"
        return
    if norm.unit not in FORCE_UNITS:
        yield "unit", f"{norm.unit} is no unit of force"
    for key in _OF_THE_TEST:
        known = [choice.id for choice in item.field(key).choices]
        if getattr(norm, key) and getattr(norm, key) not in known:
            yield key, f"{getattr(norm, key)} is not one of {', '.join(known)}"
