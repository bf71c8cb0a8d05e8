"""What a step with the dynamometer shows beside its fields: unit, set-up, and what the forces come to."""

from typing import Any

from flask import url_for

from clinic_app.domain.assessment import Force
from clinic_app.domain.course import course_of
from clinic_app.domain.dynamometry import dynamometry_of
from clinic_app.domain.finding import Finding
from clinic_app.domain.force import GRAVITY, NEWTONS_IN
from clinic_app.domain.progress import Step
from clinic_app.domain.protocol import Side
from clinic_app.domain.setting_up import SET_UP, with_set_up
from clinic_app.web import current
from clinic_app.web.entered import set_up_of, unit_shown
from clinic_app.web.screening_forms import Forms
from clinic_app.web.screenings.page import ScreeningPage
from clinic_app.web.wording import value_words

_DIFFERING = frozenset({"method", "position", "stabilisation", "pad", "lever_cm"})


def forces_shown(page: ScreeningPage, step: Step, forms: Forms) -> dict[str, Any]:
    """The unit of each side, what is set up, and the forces recorded so far as they are worked out."""
    setup, recorded = set_up_of(page.facts.findings), page.findings_of(step.item.id)
    units = {str(side): unit_shown(recorded.get(side), setup) for side in Side}
    for side, form in forms.items():
        unit = form["entered.unit"]
        unit.data = units[side] = unit.data or units[side]
    worked = dynamometry_of(course_of(page.facts, current.library()))
    forces = {str(force.side): force for force in worked.forces if force.item == step.item.id}
    return {
        "units": units,
        "trials_names": [f"entered.trials.{n}" for n in range(step.item.field("trials_n").most)],
        "set_up": _set_up_words(setup, step),
        "set_up_url": url_for("screenings.show_step", screening_id=page.row.id, step=SET_UP),
        "worked": {side: _told(force) for side, force in forces.items()},
        "differs": any(_DIFFERING & finding.values.keys() for finding in recorded.values()),
        "arithmetic": _arithmetic(page, setup, step),
    }


def _told(force: Force) -> dict[str, Any]:
    return {
        "best": force.force_n,
        "mean": force.mean_n,
        "torque": force.torque_nm_kg,
        "share": force.percent_body_weight,
    }


def _set_up_words(setup: Finding | None, step: Step) -> list[str]:
    """How the direction of this test is set up, each in words; nothing where it is not."""
    item = step.item
    values = with_set_up(Finding(item.id), setup, item).values
    return [value_words(values[field.key], field) for field in item.fields if field.key in values]


def _arithmetic(page: ScreeningPage, setup: Finding | None, step: Step) -> dict[str, Any]:
    """What the page's script reckons with, so that no number stands in it."""
    lever = with_set_up(Finding(step.item.id), setup, step.item).values.get("lever_cm")
    spread = current.library().rules.numbers.trial_spread_pct.value
    return {
        "lever": lever or "",
        "mass": page.facts.subject.mass_kg or "",
        "gravity": GRAVITY,
        "spread": spread,
        **{unit.lower(): newtons for unit, newtons in NEWTONS_IN.items()},
    }
