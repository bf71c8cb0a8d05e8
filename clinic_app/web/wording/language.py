"""Translation as the wording modules use it."""

import re

from flask_babel import gettext, ngettext, pgettext

from clinic_app.web.language import direction

# The letters that turn the order of what follows them.
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")


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
    """A name or a number to dial that turns nothing round, nor is turned by a page from right to left."""
    own = _TURNS.sub("", text)
    return f"\u2068{own}\u2069" if direction() == "rtl" else own
