"""Force as devices show it, in newtons, the unit that is stored."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeAlias

# Newtons in a kilogram-force: the standard acceleration of gravity in m/s².
GRAVITY = Decimal("9.80665")

NEWTONS_IN: Mapping[str, Decimal] = {"N": Decimal(1), "kgf": GRAVITY, "lbf": Decimal("4.44822")}
_STEP = Decimal("0.1")


def newtons(value: Decimal, unit: str) -> Decimal:
    """A force in N, kgf or lbf as newtons, half up to 0.1 N; `KeyError` for another unit."""
    return (value * NEWTONS_IN[unit]).quantize(_STEP, ROUND_HALF_UP)


Ratio: TypeAlias = tuple[Decimal, Decimal]
"""What is divided and by what: kept apart until it is rounded, so that no limit is missed by a rounding."""


def torque_of(force_n: Decimal, lever_cm: Decimal | None, mass_kg: Decimal | None) -> Ratio | None:
    """Force x lever / mass, in N·m/kg; None without lever or mass."""
    if lever_cm is None or mass_kg is None:
        return None
    return force_n * lever_cm, 100 * mass_kg


def share_of(force_n: Decimal, mass_kg: Decimal | None) -> Ratio | None:
    """Force / (mass x g) x 100, in % of body weight; None without mass."""
    return None if mass_kg is None else (force_n * 100, mass_kg * GRAVITY)


def rounded(ratio: Ratio, places: int) -> Decimal:
    """A ratio to so many decimals, half away from zero; zero has no sign."""
    above, below = ratio
    return (above / below).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP) + 0
