"""The clinic's unit of body mass: what is typed and shown in pounds is stored in kilograms."""

from decimal import Decimal

from clinic_app.domain.protocol import Field
from clinic_app.web import current

# Exact by definition of the international pound.
KG_PER_LB = Decimal("0.45359237")
_STORED = Decimal("0.1")


def shown_unit(field: Field) -> str:
    """The unit that stands beside the field."""
    return "lb" if _in_pounds(field) else field.unit


def stored(field: Field, number: Decimal | int) -> Decimal | int:
    """A typed number in the unit of the record."""
    return (number * KG_PER_LB).quantize(_STORED) if _in_pounds(field) else number


def typed(field: Field, number: Decimal | int) -> Decimal | int:
    """A recorded number, or a limit, in the unit of the page; pounds are shown whole."""
    return round(number / KG_PER_LB) if _in_pounds(field) else number


def _in_pounds(field: Field) -> bool:
    clinic = current.clinic()
    return field.unit == "kg" and clinic is not None and clinic.mass_unit == "lb"
