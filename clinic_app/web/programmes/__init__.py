"""A home programme: what it depends on, the suggestion, the therapist's changes, and the approval."""

from clinic_app.web.programmes import (
    approving,
    asking,
    confirming,
    editing,
    keeping,
    patient_words,
    proposing,
    showing,
    starting_from,
)
from clinic_app.web.programmes.blueprint import blueprint

__all__ = [
    "approving",
    "asking",
    "blueprint",
    "confirming",
    "editing",
    "keeping",
    "patient_words",
    "proposing",
    "showing",
    "starting_from",
]
