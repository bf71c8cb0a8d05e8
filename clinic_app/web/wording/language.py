"""Translation as the wording modules use it."""

from flask_babel import gettext, ngettext, pgettext

from clinic_app.web.language import direction


def say(text: str, **values: object) -> str:
    """The text in the page's language, with `%(name)s` filled; an empty text stays empty."""
    return str(gettext(text, **values)) if text else ""


def say_as(context: str, text: str) -> str:
    """The text in the page's language, where one English word needs two in another."""
    return str(pgettext(context, text))


def say_number(one: str, many: str, number: int) -> str:
    """The text for one, or that for another number, in the page's language."""
    return str(ngettext(one, many, number))


def apart(text: str) -> str:
    """A name or a number to dial, kept in its own order on a page that is written from right to left."""
    return f"\u2068{text}\u2069" if direction() == "rtl" else text
