"""The lines of a programme while the therapist works on them, as they are stored, and back."""

from collections.abc import Iterable
from typing import Any

from cattrs import Converter

from clinic_app.domain.report import ChosenLine

_CONVERTER = Converter(omit_if_default=True)


def lines_to_json(lines: Iterable[ChosenLine]) -> list[Any]:
    """The lines in their order as plain JSON values."""
    return [_CONVERTER.unstructure(line) for line in lines]


def lines_from_json(document: Iterable[Any]) -> tuple[ChosenLine, ...]:
    """The lines that `lines_to_json` wrote."""
    return tuple(_CONVERTER.structure(line, ChosenLine) for line in document)
