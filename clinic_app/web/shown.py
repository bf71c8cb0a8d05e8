"""What the templates of tests and exercises ask for: pictures, the whole grades, and units."""

from collections.abc import Mapping
from pathlib import Path

from flask import current_app

from clinic_app.domain.protocol import Field, Side
from clinic_app.web import language, units
from clinic_app.web.body_map import View, body_map
from clinic_app.web.field_kinds import input_names
from clinic_app.web.pictures import Picture, picture_of
from clinic_app.web.wording.language import say


def in_templates() -> dict[str, object]:
    """The functions by their names in templates."""
    return {
        "illustration": illustration,
        "body_map": drawn_map,
        "grade_anchors": grade_anchors,
        "shown_unit": units.shown_unit,
        "trials_of": input_names,
        "say": say,
        "said_otherwise": language.said_otherwise,
    }


def illustration(name: str, side: Side | None = None) -> Picture | None:
    """The drawing of that name with this leg at work, None when there is none."""
    return picture_of(name, Path(str(current_app.static_folder)), side)


def drawn_map() -> Mapping[str, View]:
    """The views of the body map."""
    return body_map(Path(str(current_app.static_folder)))


def grade_anchors(field: Field) -> list[dict[str, str]]:
    """The whole grades, strongest first, with what each stands for."""
    whole = [choice for choice in field.choices if choice.id.isdecimal()]
    return [{"value": choice.id, "text": choice.help} for choice in whole[::-1]]
