"""The log that a patient brings back: entering it, what it leads to, and the patient's own page for it."""

from clinic_app.web.logs import beside, entering
from clinic_app.web.logs.blueprint import blueprint

__all__ = ["beside", "blueprint", "entering"]
