"""The word for each kind of entry."""

from flask_babel import gettext as _

from clinic_app.web.reference.entry import Kind


def kind_words() -> dict[Kind, str]:
    """By kind, its word in the plural."""
    return {
        Kind.TEST: _("Tests"),
        Kind.RULE: _("Rules"),
        Kind.PATTERN: _("Patterns"),
        Kind.EXERCISE: _("Exercises"),
        Kind.CONDITION: _("Conditions"),
        Kind.RED_FLAG: _("Red flags"),
        Kind.PRECAUTION: _("Precautions"),
        Kind.NORM: _("Reference values"),
        Kind.NUMBER: _("Settings"),
        Kind.MEASURE: _("Measurement error"),
        Kind.NOTE: _("Notes"),
        Kind.MUSCLE: _("What the gluteal muscles do"),
        Kind.TERM: _("Words"),
        Kind.SOURCE: _("Bibliography"),
    }
