"""The bar over every page of a patient's record: who it is, how old on the day, and the precautions."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _

from clinic_app.domain.protocol import Side
from clinic_app.domain.screening import Screening
from clinic_app.records.patient import Patient, PatientPrecaution
from clinic_app.web import current
from clinic_app.web.wording.language import say

LOCATION, SITES = "symptom_location", "sites"


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


def sides_in_view(facts: Screening) -> list[dict[str, str]]:
    """The painful side with its places, and the kicking leg, as far as they were asked: name and words."""
    told = [(_("Painful"), _painful(facts)), (_("Kicks with"), _kicks(facts))]
    return [{"name": name, "words": words} for name, words in told if words]


def painful_sides(facts: Screening) -> dict[Side, str]:
    """The sides on which something hurts, each with its places in words."""
    return {side: places for side in Side if (places := _places(facts, side))}


def _painful(facts: Screening) -> str:
    sides = {Side.LEFT: _("left"), Side.RIGHT: _("right")}
    painful = painful_sides(facts)
    if len(painful) > 1 and len(set(painful.values())) == 1:
        return str(_("both sides (%(places)s)", places=painful[Side.LEFT]))
    return ", ".join(f"{sides[side]} ({places})" for side, places in painful.items())


def _places(facts: Screening, side: Side) -> str:
    found = [one for one in facts.findings if one.item == LOCATION and one.side is side and one.done]
    chosen = found[0].values.get(SITES) if found else None
    if not isinstance(chosen, tuple):
        return ""
    places = current.library().items[LOCATION].field(SITES).choices
    return ", ".join(say(one.label).lower() for one in places if one.id in chosen and not one.alone)


def _kicks(facts: Screening) -> str:
    words = {"left": _("left"), "right": _("right"), "unknown": _("not known")}
    return str(words.get(facts.subject.kicking_leg or "", ""))


def shown(row: PatientPrecaution) -> dict[str, str]:
    """A precaution with its side in words, what it changes, and the note."""
    precaution = current.library().precautions[row.precaution]
    sides = {"left": _("left"), "right": _("right"), "": _("both sides")}
    where = f", {sides[row.side]}" if precaution.sided else ""
    return {
        "title": _(precaution.name) + where,
        "text": " ".join(part for part in (_(precaution.effect), row.note) if part),
    }
