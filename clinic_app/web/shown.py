"""What the templates of tests and exercises ask for: pictures, the whole grades, and units."""

from flask import url_for

from clinic_app.domain.protocol import Field
from clinic_app.web import units
from clinic_app.web.field_kinds import input_names
from clinic_app.web.reference import picture
from clinic_app.web.wording.language import say


def in_templates() -> dict[str, object]:
    """The functions by their names in templates."""
    return {
        "illustration": illustration,
        "grade_anchors": grade_anchors,
        "shown_unit": units.shown_unit,
        "trials_of": input_names,
        "say": say,
    }


def illustration(name: str) -> str | None:
    """The address of the drawing of a test or exercise, None when there is none."""
    file = picture(name)
    return url_for("static", filename=file) if file else None


def grade_anchors(field: Field) -> list[dict[str, str]]:
    """The whole grades, strongest first, with what each stands for."""
    whole = [choice for choice in field.choices if choice.id.isdecimal()]
    return [{"value": choice.id, "text": choice.help} for choice in whole[::-1]]
