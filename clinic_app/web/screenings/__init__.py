"""A screening at the table: steps, saving, red flags and stop, review, signature and the signed record."""

from clinic_app.web.screenings import (
    adding,
    carrying,
    deciding,
    presence,
    safety,
    saving,
    showing,
    signing,
    starting,
    steps,
    stopping,
    swapping,
)
from clinic_app.web.screenings.blueprint import blueprint

__all__ = [
    "adding",
    "blueprint",
    "carrying",
    "deciding",
    "presence",
    "safety",
    "saving",
    "showing",
    "signing",
    "starting",
    "steps",
    "stopping",
    "swapping",
]
