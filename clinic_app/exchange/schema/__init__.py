"""JSON Schema of what the commands read and answer, written from the content and the closed sets."""

from collections.abc import Callable, Mapping

from clinic_app.domain.library import Library
from clinic_app.exchange.schema.assessment import assessment_schema
from clinic_app.exchange.schema.fields import Schema
from clinic_app.exchange.schema.programme import circumstances_schema, programme_schema
from clinic_app.exchange.schema.screening import screening_schema

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_MADE: Mapping[str, Callable[[Library], Schema]] = {
    "screening": screening_schema,
    "assessment": assessment_schema,
    "circumstances": circumstances_schema,
    "programme": programme_schema,
}
NAMES = tuple(_MADE)


def schema_of(name: str, library: Library) -> Schema:
    """The JSON Schema (2020-12) of one of `NAMES`; its `$id` carries the version of the content."""
    return {
        "$schema": DIALECT,
        "$id": f"urn:clinic:{name}:{library.version}",
        "title": name,
        **_MADE[name](library),
    }
