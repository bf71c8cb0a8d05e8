"""Which language and time zone a page is in, and in which order the clinic writes a date."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from flask import Flask, current_app
from flask_babel import Babel, force_locale, get_locale, gettext, to_user_timezone

from clinic_app.records.table import now
from clinic_app.web import current

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})
# The languages that the pages are written in; handouts have more, one per catalogue.
PAGE_LANGUAGES = ("en",)


def init_app(app: Flask) -> None:
    """Pages speak the clinic's language and tell its time."""
    Babel(app, locale_selector=_language, timezone_selector=_time_zone)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True


def moment_here() -> datetime:
    """This moment on the clinic's clock."""
    here: datetime = to_user_timezone(now())
    return here


def direction() -> str:
    """`rtl` where the page's language is written from right to left."""
    locale = get_locale()
    return "rtl" if locale and locale.language in RIGHT_TO_LEFT else "ltr"


def language_names(codes: tuple[str, ...]) -> dict[str, str]:
    """Each language by its own name: `{"en": "English", "es": "Español"}`."""
    return {code: (Locale.parse(code).get_display_name(code) or code).capitalize() for code in codes}


@dataclass(frozen=True)
class Otherwise:
    """A sentence in another language: its code, its own name and its name on the page."""

    language: str
    name: str
    english: str
    text: str


def said_otherwise(sentence: str) -> list[Otherwise]:
    """The sentence in every other language whose catalogue has it."""
    here, told = get_locale(), []
    for code in handout_languages():
        locale = Locale.parse(code)
        with force_locale(code):
            text = gettext(sentence)
        if text != sentence and here and locale.language != here.language:
            names = (locale.get_display_name(code) or code, locale.get_display_name(here) or code)
            told.append(Otherwise(code, names[0].capitalize(), names[1], text))
    return told


def handout_languages() -> tuple[str, ...]:
    """The languages a handout can be printed in: English, and every catalogue there is."""
    folder = Path(current_app.config["BABEL_TRANSLATION_DIRECTORIES"])
    return ("en", *sorted(path.parent.name for path in folder.glob("*/LC_MESSAGES")))


def date_order() -> str:
    """How the clinic's country writes a date in figures: `dmy`, `mdy` or `ymd`."""
    return _order(_language(), _time_zone())


@cache
def _order(language: str, zone: str) -> str:
    territory = get_global("zone_territories").get(zone, "001")
    try:
        pattern = str(Locale.parse(f"{language}_{territory}").date_formats["short"])
    except UnknownLocaleError:
        return "dmy"
    return "".join(sorted("dmy", key=pattern.lower().index))


def _language() -> str:
    clinic = current.clinic()
    return clinic.language if clinic else "en"


def _time_zone() -> str:
    clinic = current.clinic()
    return clinic.time_zone if clinic else "UTC"
