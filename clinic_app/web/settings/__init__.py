"""Clinic settings of an administrator: thresholds, protocols and favourite exercises of the clinic's own."""

from clinic_app.web.settings import favourites, protocols, thresholds
from clinic_app.web.settings.blueprint import blueprint

__all__ = ["blueprint", "favourites", "protocols", "thresholds"]
