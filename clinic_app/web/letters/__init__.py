"""Referral letters: filled in from a screening, edited in plain text, signed, and then never changed."""

from clinic_app.web.letters import writing
from clinic_app.web.letters.blueprint import blueprint

__all__ = ["blueprint", "writing"]
