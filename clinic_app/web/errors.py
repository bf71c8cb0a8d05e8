"""Domain and database errors become answers in one place, in words."""

from flask import Flask, Response, current_app, jsonify, render_template
from werkzeug.exceptions import HTTPException

from clinic_app.records.refusal import Conflict, Frozen, NoScreening, Outdated, Refusal
from clinic_app.web.reporting import ChangedRecordError
from clinic_app.web.security import wants_json

Answer = tuple[Response | str, int]

CODES = {NoScreening: 404, Conflict: 409, Outdated: 409, Frozen: 423}


def init_app(app: Flask) -> None:
    """Answer every error with a page, or with JSON where a script asked."""
    app.register_error_handler(HTTPException, _of_request)
    app.register_error_handler(Refusal, _of_record)
    app.register_error_handler(ChangedRecordError, _of_seal)


def _of_request(error: HTTPException) -> Answer:
    return _answer(error.code or 500, error.name.lower().replace(" ", "_"))


def _of_record(refusal: Refusal) -> Answer:
    """A change that was not made; what its session holds is dropped with the request."""
    return _answer(CODES.get(type(refusal), 409), type(refusal).__name__.lower())


def _of_seal(error: ChangedRecordError) -> Answer:
    """Shown to nobody as if it were the signed record; whoever looks after the installation must know."""
    current_app.logger.error("%s", error)
    return _answer(500, "changed_record")


def _answer(code: int, name: str) -> Answer:
    if wants_json():
        return jsonify(error=name), code
    return render_template("error.html", code=code, name=name), code
