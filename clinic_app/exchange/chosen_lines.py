"""The lines of a programme while the therapist works on them, as they are stored, and back."""

import json
from collections.abc import Iterable
from typing import Any, cast

from cattrs.preconf.json import make_converter

from clinic_app.domain.report import ChosenLine

_CONVERTER = make_converter(omit_if_default=True)


def lines_to_json(lines: Iterable[ChosenLine]) -> list[Any]:
    """The lines in their order as plain JSON values, the same as a database gives them back."""
    return cast(list[Any], json.loads(_CONVERTER.dumps(list(lines))))


def lines_from_json(document: Iterable[Any]) -> tuple[ChosenLine, ...]:
    """The lines that `lines_to_json` wrote."""
    return tuple(_CONVERTER.structure(line, ChosenLine) for line in document)
