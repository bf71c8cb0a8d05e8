"""The revision of the programme that a form was made from."""

from flask import request


def typed_revision() -> int:
    """The revision in the form; 0, which none has, when it is missing."""
    return request.form.get("revision", 0, type=int)
