"""Forces in the unit that the device shows: the form asks for them, and newtons follow from them."""

from collections.abc import Iterable, Mapping
from typing import Any

from clinic_app.domain.finding import Finding, Value
from clinic_app.domain.protocol import Field, Item
from clinic_app.domain.setting_up import SET_UP
from clinic_app.exchange.force_json import ENTERED, FORCES, TRIALS, UNIT

NEWTON = "N"


def typed_fields(fields: Iterable[Field]) -> tuple[Field, ...]:
    """The fields that are typed: not the newtons that follow from what the device showed."""
    fields = tuple(fields)
    keys = {field.key for field in fields}
    return tuple(field for field in fields if field.key != FORCES or ENTERED not in keys)


def as_entered(values: Mapping[str, Value], item: Item) -> Mapping[str, Value]:
    """Recorded values as the form holds them: newtons that came without a unit were shown as newtons."""
    if FORCES not in values or ENTERED not in item.field_keys:
        return values
    rest = {key: value for key, value in values.items() if key != FORCES}
    return {ENTERED: {UNIT: NEWTON, TRIALS: values[FORCES]}, **rest}


def without_bare_unit(values: dict[str, Any]) -> dict[str, Any]:
    """A unit beside which no trial was typed is no answer."""
    entered = values.get(ENTERED)
    if isinstance(entered, Mapping) and not entered.get(TRIALS):
        return {key: value for key, value in values.items() if key != ENTERED}
    return values


def unit_shown(finding: Finding | None, setup: Finding | None) -> str:
    """The unit of what was entered before, else that of the set-up, else newtons."""
    entered = finding.values.get(ENTERED) if finding else None
    if isinstance(entered, Mapping) and entered.get(UNIT):
        return str(entered[UNIT])
    if finding and finding.done and FORCES in finding.values:
        return NEWTON
    return str((setup.values.get(UNIT) if setup else None) or NEWTON)


def set_up_of(findings: Iterable[Finding]) -> Finding | None:
    """The dynamometer's set-up, if it is recorded."""
    return next((finding for finding in findings if finding.item == SET_UP and finding.done), None)
