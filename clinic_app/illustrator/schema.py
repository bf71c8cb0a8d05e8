"""Reads the tables of a file into dataclasses: the fields are the keys, and their types the check."""

import math
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from types import NoneType, UnionType
from typing import Annotated, Any, NoReturn, TypeVar, get_args, get_origin, get_type_hints

Record = TypeVar("Record")


class PoseError(Exception):
    """A pose file is wrong: the sentence names the file, the key and what stands there."""

    def __init__(self, file: str, key: str, value: object, reason: str) -> None:
        super().__init__(f"{file}: {key} = {value!r}: {reason}" if key else f"{file}: {reason}")
        self.file, self.key, self.value, self.reason = file, key, value, reason


class Reader:
    """Reads what one file holds.

    A class may read itself: `read(reader, value, key)`. A union of dataclasses is told apart by `kind`, the
    name of the class in small letters. A field that is a Python word ends in "_", its key does not.
    """

    def __init__(self, file: str) -> None:
        self.file = file

    def refuse(self, key: str, value: object, reason: str) -> NoReturn:
        """Stop with the file, the key and the value."""
        raise PoseError(self.file, key, value, reason)

    def record(self, kind: type[Record], value: object, key: str) -> Record:
        """The dataclass `kind` made from a table; an unknown, missing or ill-typed key is refused."""
        table = self.table(value, key)
        types = get_type_hints(kind, include_extras=True)
        known = {field.name.rstrip("_"): field for field in fields(kind)}  # type: ignore[arg-type]
        for name in table:
            self.one_of(name, tuple(known), f"{key}.{name}".lstrip("."), table[name])
        read = {}
        for name, field in known.items():
            here = f"{key}.{name}".lstrip(".")
            if name in table:
                read[field.name] = self.value(types[field.name], table[name], here)
            elif field.default is MISSING and field.default_factory is MISSING:
                self.refuse(here, None, "is missing")
        return kind(**read)

    def value(self, kind: Any, value: object, key: str) -> Any:
        """`value` as the type `kind` wants it."""
        if hasattr(kind, "read"):
            return kind.read(self, value, key)
        if is_dataclass(kind):
            return self.record(kind, value, key)  # type: ignore[arg-type]
        if kind is float:
            return self.number(value, key)
        origin = get_origin(kind)
        composed = {Annotated: self._named, tuple: self._row, UnionType: self._either, dict: self._each}
        if origin in composed:
            return composed[origin](kind, value, key)
        if type(value) is not kind:
            self.refuse(key, value, f"must be of type {kind.__name__}")
        return value

    def table(self, value: object, key: str) -> Mapping[str, object]:
        """`value`, which must be a table."""
        if not isinstance(value, dict):
            self.refuse(key, value, "must be a table")
        return value

    def number(self, value: object, key: str) -> float:
        """`value`, which must be a finite number."""
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            self.refuse(key, value, "must be a number")
        return float(value)

    def one_of(self, name: object, allowed: tuple[str, ...], key: str, value: object) -> str:
        """`name`, which must be one of `allowed`."""
        if not isinstance(name, str) or name not in allowed:
            self.refuse(key, value, f"{name!r} is unknown; known: {', '.join(allowed)}")
        return name

    def _named(self, kind: Any, value: object, key: str) -> str:
        return self.one_of(value, get_args(kind)[1], key, value)

    def _row(self, kind: Any, value: object, key: str) -> tuple[Any, ...]:
        if not isinstance(value, list):
            self.refuse(key, value, "must be a list")
        types = get_args(kind)
        if types[-1] is Ellipsis:
            types = types[:1] * len(value)
        if len(types) != len(value):
            self.refuse(key, value, f"must hold {len(types)} values")
        pairs = enumerate(zip(types, value, strict=True), start=1)
        return tuple(self.value(inner, item, f"{key}[{number}]") for number, (inner, item) in pairs)

    def _each(self, kind: Any, value: object, key: str) -> dict[str, Any]:
        names, inner = get_args(kind)
        table = self.table(value, key)
        return {
            self.value(names, name, f"{key}.{name}"): self.value(inner, item, f"{key}.{name}")
            for name, item in table.items()
        }

    def _either(self, kind: Any, value: object, key: str) -> Any:
        choices = [choice for choice in get_args(kind) if choice is not NoneType]
        if len(choices) == 1:
            return self.value(choices[0], value, key)
        kinds = {choice.__name__.lower(): choice for choice in choices}
        table = dict(self.table(value, key))
        name = table.pop("kind", None)
        return self.record(kinds[self.one_of(name, tuple(kinds), f"{key}.kind", name)], table, key)
