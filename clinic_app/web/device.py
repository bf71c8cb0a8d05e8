"""This device: what people call it, and how its screen looks; both stay on it whoever signs in."""

from datetime import timedelta

from flask import current_app, request
from werkzeug.wrappers import Response

from clinic_app.records.login import NAME_LENGTH, Login
from clinic_app.records.presence import Other
from clinic_app.web.wording.language import say as _

NAME = "clinic_device_name"
LOOK = "clinic_look"
LOOKS = ("light", "dark", "contrast")
REMEMBERED = timedelta(days=400)

# The first that stands in what the browser says of itself; several name each other, so the order counts.
BROWSERS = {"Edg/": "Edge", "OPR/": "Opera", "Firefox/": "Firefox", "Chrome/": "Chrome", "Safari/": "Safari"}
SYSTEMS = {
    "iPad": "iPad",
    "iPhone": "iPhone",
    "Android": "Android",
    "Windows": "Windows",
    "Mac OS X": "Mac",
    "Linux": "Linux",
}


def device_words(login: Login | Other) -> str:
    """The name that the device was given, else `Firefox on Windows`; unknown parts are left out."""
    if login.device_name:
        return login.device_name
    browser, system = _first(BROWSERS, login.device), _first(SYSTEMS, login.device)
    if browser and system:
        return _("%(browser)s on %(system)s", browser=browser, system=system)
    return browser or system or _("Unknown device")


def name_here() -> str:
    """What this device is called; empty when it has no name."""
    return request.cookies.get(NAME, "")[:NAME_LENGTH]


def look_here() -> str:
    """How pages look on this device: light, dark or contrast; empty follows the device."""
    look = request.cookies.get(LOOK, "")
    return look if look in LOOKS else ""


def keep(response: Response, cookie: str, value: str) -> Response:
    """Let this device remember the value, or forget it when it is empty."""
    secure = current_app.config["SESSION_COOKIE_SECURE"]
    age = REMEMBERED if value else timedelta()
    response.set_cookie(cookie, value, max_age=age, httponly=True, samesite="Lax", secure=secure)
    return response


def _first(names: dict[str, str], said: str) -> str:
    return next((name for mark, name in names.items() if mark in said), "")
