"""What every template can reach: words, dates, static files by version, and the person's age."""

import hashlib
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask, current_app
from flask_babel import format_date, format_datetime, format_time, get_locale, to_user_timezone
from flask_babel import gettext as _

from clinic_app.web import current, language
from clinic_app.web.device import device_words, look_here
from clinic_app.web.identity import idle_limit
from clinic_app.web.shown import in_templates
from clinic_app.web.small_files import small
from clinic_app.web.wording.language import say

FONTS = "fonts/"


def init_app(app: Flask) -> None:
    """Register the globals and filters of the templates."""
    library = app.extensions["clinic"]["library"]
    app.jinja_env.globals["class_words"] = {
        name: {"long": word, "short": library.words["class_short"][name]}
        for name, word in library.words["class"].items()
    }
    app.jinja_env.filters.update(day=day, moment=moment, clock=clock, device=device_words, say=say, when=when)
    app.jinja_env.globals.update(in_templates())
    app.context_processor(_shared)
    app.url_defaults(_by_content)


def day(value: date) -> str:
    """A date as `4 Feb 1969`."""
    return str(format_date(value, "d MMM y"))


def moment(value: datetime) -> str:
    """A moment on the clinic's clock as `4 Feb 2026, 10:42`."""
    return str(format_datetime(value, "d MMM y, HH:mm"))


def clock(value: datetime) -> str:
    """A moment on the clinic's clock as `10:42`."""
    return str(format_time(value, "HH:mm"))


def _by_content(endpoint: str, values: dict[str, Any]) -> None:
    """Give a static file the hash of its bytes, so that it may be kept for ever; fonts have none."""
    name = str(values.get("filename", ""))
    if endpoint == "static" and not name.startswith(FONTS):
        made = small(name)
        version = made.version if made else _version(str(Path(str(current_app.static_folder)) / name))
        values.setdefault("v", version)


def when(value: datetime) -> str:
    """A moment as it is spoken of: `Today 10:42`, `Yesterday 16:20`, before that the day."""
    here = to_user_timezone(value)
    days_ago = (language.moment_here().date() - here.date()).days
    words = {0: _("Today %(time)s"), 1: _("Yesterday %(time)s")}
    return words[days_ago] % {"time": clock(value)} if days_ago in words else day(here.date())


@cache
def _version(file: str) -> str:
    return hashlib.sha256(Path(file).read_bytes()).hexdigest()[:12]


def _shared() -> dict[str, object]:
    return {
        "clinic": current.clinic(),
        "refused_content": current.refused(),
        "today": language.moment_here().date(),
        "language": str(get_locale()),
        "direction": language.direction(),
        "theme": look_here(),
        "idle_seconds": round(idle_limit().total_seconds()),
    }
