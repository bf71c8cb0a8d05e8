"""The revision of the programme that a form was made from."""

from flask import request

from clinic_app.records.programme import Programme


def typed_revision() -> int:
    """The revision in the form; 0, which none has, when it is missing."""
    return request.form.get("revision", 0, type=int)


def shown_revision(row: Programme, *, changed: bool) -> int:
    """The revision of the page that answers: what comes back to be mended stays as old as it was sent.

    `changed`: it is told that the programme was changed elsewhere, so the next save may replace that.
    """
    return typed_revision() if "revision" in request.form and not changed else row.revision
