"""Patients: finding them, their details, their precautions, their page, and then beside now."""

from clinic_app.web.patients import compare, details, listing, page, precautions
from clinic_app.web.patients.blueprint import blueprint

__all__ = ["blueprint", "compare", "details", "listing", "page", "precautions"]
