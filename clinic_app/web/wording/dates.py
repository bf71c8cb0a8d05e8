"""Days and moments as documents print them, on the clinic's clock."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from flask_babel import format_date, format_datetime, get_locale

from clinic_app.domain.report import Report


def day_words(day: date) -> str:
    """A day in full: "22 September 2026". The month is a word, so that no country reads it wrongly."""
    return str(format_date(day, "d MMMM y" if _english() else "long"))


def short_day(day: date) -> str:
    """A day in short: "22 Sep 2026"."""
    return str(format_date(day, "d MMM y" if _english() else "medium"))


def log_day(day: date) -> str:
    """A day of the log: "Mon 28 Sep"."""
    return str(format_date(day, "EEE d MMM"))


def moment_words(moment: datetime, report: Report) -> str:
    """A moment on the clinic's clock: "22 Sep 2026, 11:04"."""
    here = moment.astimezone(ZoneInfo(report.clinic.time_zone))
    return str(format_datetime(here, "d MMM y, HH:mm", rebase=False))


def moment_day(moment: datetime, report: Report) -> str:
    """The day of a moment on the clinic's clock: "22 Sep 2026"."""
    return short_day(moment.astimezone(ZoneInfo(report.clinic.time_zone)).date())


def _english() -> bool:
    locale = get_locale()
    return locale is None or locale.language == "en"
