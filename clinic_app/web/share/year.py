"""The birth year that stands before a shared page, and how a phone is remembered that typed it."""

import re
from typing import Any

from flask import current_app, request
from flask_wtf import FlaskForm
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.wrappers import Response
from wtforms import StringField
from wtforms.validators import ValidationError

from clinic_app.records.share_link import ShareLink
from clinic_app.web import current
from clinic_app.web.fields import strip, typed
from clinic_app.web.wording.language import say

COOKIE = "shared"
_YEAR = re.compile(r"[0-9]{4}")


class YearNotTyped(Exception):  # noqa: N818
    """This phone has not typed the year, or so long ago that it is asked again."""


class YearForm(FlaskForm):
    """The year in which the patient was born, in the language of the page."""

    year = StringField(filters=[strip], render_kw={"inputmode": "numeric", "autocomplete": "bday-year"})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = current.library().share.words
        self.year.label.text, self.year.description = say(words.ask_year), say(words.ask_hint)

    @property
    def number(self) -> int:
        """The typed year; only after the form was found valid."""
        return int(typed(self.year))

    def validate_year(self, _field: Any) -> None:
        """It is four figures."""
        if not _YEAR.fullmatch(typed(self.year)):
            raise ValidationError(say(current.library().share.words.ask_wrong))


def remember(response: Response, link: ShareLink) -> Response:
    """Let this phone read this link, under its address only, until the year is asked again."""
    response.set_cookie(
        COOKIE,
        str(_signer().dumps(link.id)),
        max_age=_seconds_open(),
        path=f"{request.script_root}{request.path}",
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )
    return response


def link_remembered() -> int:
    """The link whose year this phone typed; `YearNotTyped` when there is none."""
    try:
        return int(_signer().loads(request.cookies.get(COOKIE, ""), _seconds_open()))
    except BadSignature:
        raise YearNotTyped from None


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt="share link")


def _seconds_open() -> int:
    return current.library().share.open_minutes * 60
