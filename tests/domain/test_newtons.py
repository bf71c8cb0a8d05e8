"""A force as the device showed it, in newtons."""

from decimal import Decimal

import pytest

from clinic_app.domain.force import newtons


@pytest.mark.parametrize(
    ("shown", "unit", "force"),
    [
        ("100.04", "N", "100.0"),
        ("100.05", "N", "100.1"),
        ("1", "kgf", "9.8"),
        ("12.3", "kgf", "120.6"),
        ("1", "lbf", "4.4"),
        ("27.1", "lbf", "120.5"),
        ("0", "kgf", "0.0"),
    ],
)
def test_a_force_is_stored_in_newtons_to_a_tenth_half_up(shown: str, unit: str, force: str) -> None:
    assert newtons(Decimal(shown), unit) == Decimal(force)


def test_an_unknown_unit_is_an_error() -> None:
    with pytest.raises(KeyError):
        newtons(Decimal(1), "stone")
