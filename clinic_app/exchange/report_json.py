"""A report as JSON and back, to the letter: what is signed is stored like this, and read from this alone."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from cattrs import Converter
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

from clinic_app.domain.assessment import Assessment, Flag, Information
from clinic_app.domain.change import Change
from clinic_app.domain.finding import Finding, Value
from clinic_app.domain.letter import ReportLetter
from clinic_app.domain.report import Report, ReportProgramme
from clinic_app.domain.screening import PrecautionRow, Screening

FORMAT = 1
# Not `decimal`, which the records mark theirs with and turn back when they are read.
DECIMAL = "exact"

T = TypeVar("T")


def report_to_json(report: Report) -> dict[str, Any]:
    """A report as plain JSON values; what equals its default is left out."""
    return _write(report)


def report_from_json(document: Mapping[str, Any]) -> Report:
    """The report that `report_to_json` wrote."""
    return _read(document, Report)


def assessment_from_json(document: Mapping[str, Any]) -> Assessment:
    """The assessment alone of a report that `report_to_json` wrote, for lists of many."""
    return _read({"format": document.get("format"), **document["assessment"]}, Assessment)


def facts_from_json(document: Mapping[str, Any]) -> Screening:
    """The recorded facts alone of a report that `report_to_json` wrote, to reason about them anew."""
    return _read({"format": document.get("format"), **document["facts"]}, Screening)


def programme_to_json(programme: ReportProgramme) -> dict[str, Any]:
    """An approved programme as plain JSON values."""
    return _write(programme)


def programme_from_json(document: Mapping[str, Any]) -> ReportProgramme:
    """The programme that `programme_to_json` wrote."""
    return _read(document, ReportProgramme)


def letter_to_json(letter: ReportLetter) -> dict[str, Any]:
    """A signed letter as plain JSON values."""
    return _write(letter)


def letter_from_json(document: Mapping[str, Any]) -> ReportLetter:
    """The letter that `letter_to_json` wrote."""
    return _read(document, ReportLetter)


def canonical_bytes(document: Mapping[str, Any]) -> bytes:
    """The one byte string of a JSON document: keys in order, no spaces, UTF-8."""
    text = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8")


def sha256_of(document: Mapping[str, Any]) -> str:
    """The SHA-256 of a document's canonical bytes, in hex."""
    return hashlib.sha256(canonical_bytes(document)).hexdigest()


def _write(value: object) -> dict[str, Any]:
    return {"format": FORMAT, **_CONVERTER.unstructure(value)}


def _read(document: Mapping[str, Any], wanted: type[T]) -> T:
    if document.get("format") != FORMAT:
        raise ValueError(f"report format {document.get('format')!r} is not {FORMAT}")
    return _CONVERTER.structure({key: value for key, value in document.items() if key != "format"}, wanted)


def _value_to_json(value: Value) -> Any:
    """A recorded value; a decimal is told apart from a text by being wrapped."""
    if isinstance(value, Decimal):
        return {DECIMAL: str(value)}
    if isinstance(value, Mapping):
        return {key: _value_to_json(part) for key, part in value.items()}
    if isinstance(value, tuple | list):
        return [_value_to_json(part) for part in value]
    return value


def _value_from_json(value: Any, _type: Any = None) -> Value:
    if isinstance(value, dict):
        if set(value) == {DECIMAL}:
            return Decimal(value[DECIMAL])
        return {key: _value_from_json(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return tuple(_value_from_json(part) for part in value)
    return value  # type: ignore[no-any-return]


def _converter() -> Converter:
    converter = Converter(omit_if_default=True, unstruct_collection_overrides={tuple: list})
    for moment in (date, datetime):
        converter.register_unstructure_hook(moment, lambda value: value.isoformat())
        converter.register_structure_hook(moment, lambda text, wanted: wanted.fromisoformat(text))
    converter.register_unstructure_hook(Decimal, str)
    converter.register_structure_hook(Decimal, lambda text, _type: Decimal(text))
    _recorded(converter, Finding, "values")
    _recorded(converter, PrecautionRow, "extra")
    _recorded(converter, Information, "value")
    _recorded(converter, Flag, "value")
    _recorded(converter, Change, "then", "now")
    return converter


def _recorded(converter: Converter, kind: type, *keys: str) -> None:
    """Read and write the attributes `keys`, which hold values as they were recorded, with their types."""
    as_recorded = override(struct_hook=_value_from_json, unstruct_hook=_value_to_json)
    options: dict[str, Any] = dict.fromkeys(keys, as_recorded)
    converter.register_structure_hook(kind, make_dict_structure_fn(kind, converter, **options))
    options["_cattrs_omit_if_default"] = True
    converter.register_unstructure_hook(kind, make_dict_unstructure_fn(kind, converter, **options))


_CONVERTER = _converter()
