"""A tablet in the room: its address, what it must trust, and why nothing but this is served unencrypted."""

from typing import Any

import segno
from flask import Blueprint, Flask, Response, abort, current_app, render_template, request
from flask_babel import force_locale
from markupsafe import Markup

from clinic_app.config import Settings
from clinic_app.lan.addresses import is_loopback, own_addresses
from clinic_app.lan.certificate import as_der, fingerprint
from clinic_app.lan.plain import PLAIN

blueprint = Blueprint("tablet", __name__)
# The explanation needs its style sheets; the certificate is public.
UNENCRYPTED = frozenset({"static", "tablet.authority"})


def init_app(app: Flask) -> None:
    """Refuse what would travel unencrypted before anything else looks at the request."""
    app.before_request(_refuse_unencrypted)


@blueprint.get("/tablet")
def page() -> str:
    """Where a tablet finds this clinic, as words and as a QR code, and how it comes to trust it."""
    return render_template("tablet/tablet.html", **_shown())


@blueprint.get("/tablet/certificate.crt")
def authority() -> Response:
    """The public certificate of the clinic's authority, to install on a device."""
    file = _settings().authority
    if not file:
        abort(404)
    answer = Response(as_der(file), mimetype="application/x-x509-ca-cert")
    answer.headers["Content-Disposition"] = "attachment; filename=gluteal-screen.crt"
    return answer


def _refuse_unencrypted() -> tuple[str, int] | None:
    is_plain = request.environ.get(PLAIN, False)
    host = request.host.rsplit(":", 1)[0] if not request.host.endswith("]") else request.host
    if not is_plain and (request.is_secure or is_loopback(host)):
        return None
    if request.endpoint in UNENCRYPTED:
        return None
    # The language of the clinic would be looked up in its database: nothing of that is touched here.
    with force_locale("en"):
        return current_app.jinja_env.get_template("tablet/plain.html").render(**_shown()), 403


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings


def _shown() -> dict[str, Any]:
    settings = _settings()
    addresses = own_addresses() if settings.lan else []
    address = f"https://{addresses[0]}:{settings.port}" if addresses else None
    return {
        "address": address,
        "help_address": f"http://{addresses[0]}:{settings.plain_port}" if addresses else None,
        "qr": Markup(_drawn(address)) if address else None,  # noqa: S704 - drawn here from an address
        "fingerprint": fingerprint(settings.authority) if settings.authority else None,
    }


def _drawn(address: str) -> str:
    code = segno.make_qr(address)
    return str(code.svg_inline(scale=6, border=4, light="#fff", title=address, svgclass="qr", lineclass=None))
