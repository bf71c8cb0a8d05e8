"""Turns a content file into frozen values; an unknown key, a missing one or a wrong type is an error."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import is_dataclass
from decimal import Decimal
from enum import Enum
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, TypeVar

from cattrs import Converter, ForbiddenExtraKeysError, transform_error
from cattrs.v import format_exception

from clinic_app.library.errors import ContentError

T = TypeVar("T")

_UNKNOWN = "unknown key"
_PLAIN = {"Couldn't disambiguate": "its keys fit no kind that is known"}


def _exactly(wanted: type) -> Callable[[Any, Any], Any]:
    """Take a value of just this type, or the member of an enumeration that is made of it."""

    def structure(value: Any, type_: Any) -> Any:
        if type_ is not wanted:
            return _member(value, type_)
        if type(value) is not wanted:
            raise TypeError(f"{value!r} is not {wanted.__name__}")
        return value

    return structure


def _member(value: Any, closed_set: type[Enum]) -> Enum:
    try:
        return closed_set(value)
    except ValueError:
        allowed = ", ".join(str(member.value) for member in closed_set)
        raise ValueError(f"{value!r} is not one of {allowed}") from None


def _decimal(value: Any, _type: Any) -> Decimal:
    if type(value) not in (int, Decimal):
        raise TypeError(f"{value!r} is not a number")
    return Decimal(value)


def _converter(detailed_validation: bool) -> Converter:
    converter = Converter(forbid_extra_keys=True, detailed_validation=detailed_validation)
    # Generated once for each class, and not again for every field that holds it.
    converter.register_structure_hook_factory(is_dataclass, cache(converter.gen_structure_attrs_fromdict))
    for wanted in (str, int, bool):
        converter.register_structure_hook(wanted, _exactly(wanted))
    converter.register_structure_hook(Decimal, _decimal)
    return converter


# The second one tells which key is wrong; it is slower, and only used where something is.
_CONVERTER, _TELLING_CONVERTER = _converter(detailed_validation=False), _converter(detailed_validation=True)


def read_table(file: Path) -> Mapping[str, Any]:
    """Read one TOML file, numbers with a point as `Decimal`; `ContentError` when it is not TOML."""
    try:
        return _parsed(file.read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise ContentError(file.name, "", str(error)) from error


@lru_cache(maxsize=512)
def _parsed(text: str) -> Mapping[str, Any]:
    """Parsing is the slow part of reading, and most files are the same when the content is read again."""
    return tomllib.loads(text, parse_float=Decimal)


def structure(table: object, wanted: type[T], file: Path) -> T:
    """Make a `wanted` value of a table read from `file`; `ContentError` names the key and the reason."""
    try:
        return _CONVERTER.structure(table, wanted)
    except Exception:
        try:
            return _TELLING_CONVERTER.structure(table, wanted)
        except Exception as error:
            key, reason = _first_problem(error)
            raise ContentError(file.name, key, reason) from error


def read(file: Path, wanted: type[T]) -> T:
    """Read one content file as one `wanted` value."""
    return structure(read_table(file), wanted, file)


def read_rows(file: Path, wanted: type[T]) -> dict[str, T]:
    """Read one content file as rows, each a `wanted` value that takes its name as `id`."""
    rows: dict[str, T] = {}
    for name, row in read_table(file).items():
        if not isinstance(row, dict):
            raise ContentError(file.name, name, "a row is a table")
        try:
            rows[name] = structure({**row, "id": name}, wanted, file)
        except ContentError as error:
            raise ContentError(file.name, f"{name}.{error.key}".rstrip("."), error.reason) from error
    return rows


def _first_problem(error: Exception) -> tuple[str, str]:
    """The problem to mend first: a key that is not known explains one that is missing."""
    problems = transform_error(error, format_exception=_reason)
    first = next((problem for problem in problems if problem.startswith(_UNKNOWN)), problems[0])
    reason, _, key = first.partition(" @ $")
    return key.lstrip("."), reason


def _reason(error: BaseException, wanted: type | None) -> str:
    if isinstance(error, ForbiddenExtraKeysError):
        return f"{_UNKNOWN}: {', '.join(sorted(error.extra_fields))}"
    told = str(error) if type(error) in (TypeError, ValueError) else format_exception(error, wanted)
    return _PLAIN.get(told, told)
