"""Reads a dynamometer's forces: as the device showed them, in newtons, or both when they agree."""

from collections.abc import Mapping
from decimal import Decimal

from clinic_app.domain.finding import Value
from clinic_app.domain.force import newtons
from clinic_app.domain.protocol import Item
from clinic_app.exchange.document import Reader, below

FORCES, ENTERED, UNIT, TRIALS = "trials_n", "entered", "unit", "trials"


def with_forces(reader: Reader, values: dict[str, Value], at: str, item: Item) -> dict[str, Value]:
    """The values with `trials_n` from what the device showed; two that contradict each other are refused."""
    shown = values.get(ENTERED)
    trials, unit = _shown(shown)
    if not trials:
        return values
    forces = tuple(newtons(trial, unit) for trial in trials)
    limits = item.field(FORCES)
    if limits.maximum is not None and max(forces) > limits.maximum:
        place = below(below(at, ENTERED), TRIALS)
        words = f"{limits.minimum} to {limits.maximum} {limits.unit}"
        reader.refuse(place, _words(trials, unit), "out of range", words)
    elif values.get(FORCES, forces) != forces:
        said = f"does not agree with the entered {_words(trials, unit)}"
        reader.refuse(below(at, FORCES), values[FORCES], said, _words(forces, "N"))
    return {FORCES: forces, **values}


def _shown(entered: Value) -> tuple[tuple[Decimal, ...], str]:
    if not isinstance(entered, Mapping):
        return (), ""
    trials, unit = entered.get(TRIALS), entered.get(UNIT)
    if not isinstance(trials, tuple) or not unit:
        return (), ""
    return tuple(trial for trial in trials if isinstance(trial, Decimal)), str(unit)


def _words(trials: tuple[Decimal, ...], unit: str) -> str:
    return f"{' '.join(format(trial, 'f') for trial in trials)} {unit}"
