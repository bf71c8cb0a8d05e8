"""The two blueprints of share links, and the one page that answers whoever may not read."""

from typing import Any

from flask import Blueprint, Response, g, redirect, render_template, request, url_for
from flask_babel import force_locale
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from clinic_app.records.share_link import LinkRefused, Why
from clinic_app.web import current
from clinic_app.web.language import handout_languages
from clinic_app.web.share.year import YearForm, YearNotTyped

# The therapist's pages; and those without an account, whose short address is typed from paper too.
links = Blueprint("links", __name__)
shared = Blueprint("shared", __name__, url_prefix="/s/<language>/<token>")

# No address with its token is ever told as a referrer. The bare name of the server is: over HTTPS no form is
# taken without it.
HEADERS = {"Referrer-Policy": "strict-origin", "X-Robots-Tag": "noindex, nofollow, noarchive"}

Answer = AnyResponse | tuple[str, int]


def asked_page(form: YearForm | None = None) -> tuple[str, int]:
    """The question for the birth year: the same under every address, whether a link has it or not."""
    with force_locale(_language_here()):
        form = form or YearForm(formdata=None)
        page = render_template("share/ask.html", form=form, words=current.library().share.words)
    return page, 422 if form.errors else 200


@shared.url_value_preprocessor
def _take_language(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    """The language in the address: before the link opens, nothing may tell the patient's."""
    g.shared_language = (values or {}).pop("language", "en")


@shared.url_defaults
def _keep_language(_endpoint: str, values: dict[str, Any]) -> None:
    values.setdefault("language", g.get("shared_language"))


@shared.errorhandler(LinkRefused)
@shared.errorhandler(HTTPException)
def _closed(error: Exception) -> Answer:
    """One page, whatever the reason is; the reason is in the audit.

    Only that there is a newer programme is told, and only to the phone on which the year was typed.
    """
    with force_locale(_language_here()):
        words = current.library().share.words
        if isinstance(error, LinkRefused) and error.why is Why.SUPERSEDED:
            told = {"title": words.superseded_title, "what": words.superseded_what}
            return render_template("share/refused.html", **told, call_if=words.superseded_call), 410
        again = {"href": url_for("shared.page", **(request.view_args or {})), "text": words.refused_again}
        told = {"title": words.refused_title, "what": words.refused_try}
        return render_template("share/refused.html", **told, again=again, call_if=words.refused_call), 404


@shared.errorhandler(YearNotTyped)
def _ask_first(_error: YearNotTyped) -> Answer:
    if request.endpoint == "shared.page":
        return asked_page()
    return redirect(url_for("shared.page", **(request.view_args or {})), 303)


@shared.errorhandler(CSRFError)
def _stale(_error: CSRFError) -> Answer:
    """The question was open since before this phone forgot it: it is asked again."""
    return asked_page()[0], 400


@shared.after_request
def _headers(response: Response) -> Response:
    response.headers.update(HEADERS)
    return response


def _language_here() -> str:
    asked = str(g.shared_language)
    return asked if asked in handout_languages() else "en"
