"""Reads a JSON document key by key and collects every problem, so that one answer names them all."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

T = TypeVar("T")

_YES_NO: Mapping[object, bool] = {"yes": True, "no": False}


@dataclass(frozen=True)
class Problem:
    """One thing wrong in a document: where, the value, what is wrong with it and what is allowed."""

    at: str
    value: object
    problem: str
    allowed: str = ""


class DocumentError(ValueError):
    """A document that is not of the shape it should have; holds all its problems."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(
            "; ".join(f"{problem.at or 'document'}: {problem.problem}" for problem in self.problems)
        )


def below(at: str, key: str) -> str:
    """The place of a key inside the object at `at`."""
    return f"{at}.{key}" if at else key


@dataclass
class Reader:
    """Takes values of the right type out of a document; null and an absent key read as None."""

    problems: list[Problem] = field(default_factory=list)

    def finish(self) -> None:
        """Raise `DocumentError` when anything was wrong."""
        if self.problems:
            raise DocumentError(self.problems)

    def refuse(self, at: str, value: object, problem: str, allowed: str = "") -> None:
        """Note one problem and go on reading."""
        self.problems.append(Problem(at, value, problem, allowed))

    def table(self, value: object, at: str, keys: Iterable[str]) -> Mapping[str, object]:
        """An object that holds none but these keys; an empty one when it is absent or wrong."""
        if value is None:
            return {}
        if not isinstance(value, Mapping):
            self.refuse(at, value, "not an object")
            return {}
        known = tuple(keys)
        for key in value:
            if key not in known:
                self.refuse(below(at, str(key)), value[key], "not a key of this document", " ".join(known))
        return value

    def rows(self, value: object, at: str, read: Callable[[object, str], T]) -> tuple[T, ...] | None:
        """A list, each entry read in turn; None when it is absent."""
        if value is None:
            return None
        if not isinstance(value, list):
            self.refuse(at, value, "not a list")
            return ()
        return tuple(read(entry, f"{at}[{place}]") for place, entry in enumerate(value))

    def text(self, value: object, at: str) -> str | None:
        """A word."""
        if value is None or isinstance(value, str):
            return value
        self.refuse(at, value, "not a text")
        return None

    def words(self, value: object, at: str) -> tuple[str, ...] | None:
        """A list of words; None when it is absent."""
        return self.rows(value, at, self._word)

    def whole(self, value: object, at: str, least: int, most: int) -> int | None:
        """A whole number from `least` to `most`."""
        if value is None:
            return None
        if type(value) is not int:
            self.refuse(at, value, "not a whole number", f"{least} to {most}")
            return None
        if not least <= value <= most:
            self.refuse(at, value, "out of range", f"{least} to {most}")
            return None
        return value

    def yes_no(self, value: object, at: str) -> bool | None:
        """True, false, "yes" or "no"."""
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, str) and value in _YES_NO:
            return _YES_NO[value]
        self.refuse(at, value, "not yes or no", "true false yes no")
        return None

    def _word(self, value: object, at: str) -> str:
        if not isinstance(value, str):
            self.refuse(at, value, "not a text")
            return ""
        return value
