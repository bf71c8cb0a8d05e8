"""What the handout prints of its link: the address as a code and in letters, the birth year, the last day."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import segno
from flask_babel import force_locale
from markupsafe import Markup

from clinic_app.records.share_link import Terms
from clinic_app.web import current, language
from clinic_app.web.wording.dates import day_words
from clinic_app.web.wording.language import say


@dataclass(frozen=True)
class Way:
    """The way to a shared page, in the language of the paper; `code` is the QR code as SVG."""

    title: str
    how: str
    year: str
    address: str
    code: Markup


def way_to(address: str, expires_at: datetime, language_code: str) -> Way:
    """What the paper says of the link at `address`."""
    words = current.library().share.words
    with force_locale(language_code):
        return Way(
            title=say(words.read_title),
            how=say(words.read_how),
            year=say(words.read_year).format(date=day_words(last_day(expires_at))),
            address=address,
            code=drawn(address, say(words.code)),
        )


def until_words(expires_at: datetime) -> str:
    """Until which day the page works, in the language of the page."""
    return say(current.library().share.words.until).format(date=day_words(last_day(expires_at)))


def end_of(terms: Terms) -> datetime:
    """When a link made now ends: with the last of its days, on the clinic's clock."""
    last = language.moment_here().date() + timedelta(days=terms.days)
    return datetime.combine(last + timedelta(days=1), time(), _zone()).astimezone(UTC)


def drawn(address: str, alt: str) -> Markup:
    """The address as a QR code, in SVG with its alternative text."""
    code = segno.make_qr(address).svg_inline(
        border=4, light="#fff", title=alt, svgclass="qr", lineclass=None, omitsize=True
    )
    return Markup(code)  # noqa: S704 - drawn here; segno escapes the title


def last_day(expires_at: datetime) -> date:
    """The last day on which a link works, on the clinic's clock."""
    return (expires_at.astimezone(_zone()) - timedelta(seconds=1)).date()


def _zone() -> ZoneInfo:
    return ZoneInfo(current.own_clinic().time_zone)
