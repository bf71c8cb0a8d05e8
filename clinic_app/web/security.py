"""Who may see what: every page refuses by default, and every answer carries strict headers."""

from flask import Flask, Response, current_app, jsonify, redirect, render_template, request, url_for
from flask_login import current_user
from flask_wtf.csrf import CSRFError, CSRFProtect, generate_csrf
from werkzeug.wrappers import Response as AnyResponse

from clinic_app.web import kept
from clinic_app.web.account_forms import SignInForm
from clinic_app.web.identity import is_background

PUBLIC = frozenset(
    {
        *("static", "account.sign_in", "account.setup", "offline.page", "tablet.authority"),
        # What a link opens to whoever has it and knows the birth year.
        *("shared.page", "shared.open_page", "shared.handout", "shared.log"),
    }
)
WORKER = "/static/js/worker.js"

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; manifest-src 'self'; worker-src 'self'; "
        "base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
}


def init_app(app: Flask) -> None:
    """Refuse strangers first, then check the token of every change, then set the headers."""
    app.before_request(_refuse_strangers)
    CSRFProtect(app)
    app.register_error_handler(CSRFError, _stale_token)
    app.after_request(_headers)


def wants_json() -> bool:
    """The request came from a script of ours, not from a form."""
    return request.is_json or request.method == "PUT" or is_background()


def _refuse_strangers() -> AnyResponse | tuple[Response | str, int] | None:
    if request.endpoint in PUBLIC or current_user.is_authenticated:
        return None
    if wants_json():
        return jsonify(error="signed_out"), 401
    if request.method in ("GET", "HEAD"):
        return redirect(url_for("account.sign_in", next=request.full_path.rstrip("?")), 303)
    return _sign_in_page(kept.typed_now()), 401


def _sign_in_page(waiting: kept.Kept | None) -> str:
    """The sign-in form, carrying along what was typed into the form that could not be taken."""
    return render_template("account/sign_in.html", form=SignInForm(formdata=None), kept=waiting, errors=[])


def _stale_token(_error: CSRFError) -> AnyResponse | tuple[Response | str, int]:
    """The form's token is of an older session: nothing typed is lost, it can be sent again."""
    if wants_json():
        return jsonify(error="csrf", token=generate_csrf()), 400
    if request.endpoint == "account.sign_in":
        return _sign_in_page(kept.carried(request.form.get("kept", ""))), 400
    waiting = kept.typed_now()
    return render_template("again.html", kept=waiting, code=400), 400


def _headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint == "static" and ("v" in request.args or "/fonts/" in request.path):
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    else:
        kept_where = "no-cache" if request.endpoint == "static" else "no-store"
        response.headers.setdefault("Cache-Control", kept_where)
    if request.path.endswith(WORKER):
        # Its own folder is all that a worker may serve otherwise.
        response.headers["Service-Worker-Allowed"] = f"{request.script_root}/"
    # A name kept to HTTPS could not open the page that explains how to trust a certificate made here.
    if request.is_secure and not current_app.config["SETTINGS"].lan:
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    return response
