"""What we remember: the rows, one noun per file. Importing it makes every table known."""

from clinic_app.records import (
    attempt,
    audit,
    clinic,
    decision,
    document,
    finding,
    login,
    norm,
    patient,
    presence,
    programme,
    programme_template,
    screening,
    setting,
    user,
)

__all__ = [
    "attempt",
    "audit",
    "clinic",
    "decision",
    "document",
    "finding",
    "login",
    "norm",
    "patient",
    "presence",
    "programme",
    "programme_template",
    "screening",
    "setting",
    "user",
]
