"""Clinic settings of an administrator: own thresholds, protocols, favourite exercises, and share links."""

from clinic_app.web.settings import favourites, protocols, share, thresholds
from clinic_app.web.settings.blueprint import blueprint

__all__ = ["blueprint", "favourites", "protocols", "share", "thresholds"]
