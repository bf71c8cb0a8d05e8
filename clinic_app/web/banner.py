"""The bar over every page of a patient's record: who it is, how old on the day, and the precautions."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _

from clinic_app.records.patient import Patient, PatientPrecaution
from clinic_app.web import current


@dataclass(frozen=True)
class Banner:
    """The person as the bar shows them; `age` in whole years on the day of the page."""

    id: int
    family_name: str
    given_names: str
    preferred_name: str
    born_on: date
    age: int
    sex: str
    record_number: str
    language: str
    print_size: str
    note: str


def banner(patient: Patient, on: date) -> dict[str, Any]:
    """What a record page needs for its bar: `patient` and `precautions_shown`."""
    return {
        "patient": Banner(
            patient.id,
            patient.family_name,
            patient.given_names,
            patient.preferred_name,
            patient.born_on,
            patient.age_on(on),
            patient.sex,
            patient.record_number,
            patient.language,
            patient.print_size,
            patient.note,
        ),
        "precautions_shown": [shown(row) for row in patient.precautions if not row.cleared],
    }


def shown(row: PatientPrecaution) -> dict[str, str]:
    """A precaution with its side in words, what it changes, and the note."""
    precaution = current.library().precautions[row.precaution]
    sides = {"left": _("left"), "right": _("right"), "": _("both sides")}
    where = f", {sides[row.side]}" if precaution.sided else ""
    return {
        "title": _(precaution.name) + where,
        "text": " ".join(part for part in (_(precaution.effect), row.note) if part),
    }
