"""Text as it is searched: without accents, case or punctuation; and dates of birth as people type them."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

# Letters that Unicode does not take apart.
_PLAIN = {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
_LETTERS = str.maketrans({**{letter.upper(): plain for letter, plain in _PLAIN.items()}, **_PLAIN, "I": "i"})
_APOSTROPHES = str.maketrans("", "", "'’‘ʼ`´")
_BREAKS = re.compile(r"[-‐‑–—.,/]+")

_GAP = r"[-/.\s]+"
_YEAR = r"(?:18|19|20)\d\d"
_ISO = re.compile(rf"(?<!\d)(?P<year>{_YEAR}){_GAP}(?P<month>\d\d?){_GAP}(?P<day>\d\d?)(?!\d)")
_DAY_FIRST = re.compile(rf"(?<!\d)(?P<day>\d\d?){_GAP}(?P<month>\d\d?){_GAP}(?P<year>{_YEAR})(?!\d)")
_MONTH_FIRST = re.compile(rf"(?<!\d)(?P<month>\d\d?){_GAP}(?P<day>\d\d?){_GAP}(?P<year>{_YEAR})(?!\d)")
_YEAR_ONLY = re.compile(rf"(?<!\S)(?P<year>{_YEAR})(?!\S)")


def fold(text: str) -> str:
    """The text without accents, case, apostrophes; hyphens, dots, commas and slashes become spaces."""
    plain = _BREAKS.sub(" ", text.translate(_APOSTROPHES).translate(_LETTERS))
    apart = unicodedata.normalize("NFKD", plain)
    return " ".join("".join(c for c in apart if not unicodedata.combining(c)).casefold().split())


def compact(text: str) -> str:
    """A record number without its spaces and punctuation."""
    return "".join(c for c in fold(text) if c.isalnum())


@dataclass(frozen=True)
class Birth:
    """A date of birth, or a year of one, found in what was typed; `rest` is what else was typed."""

    first: date
    last: date
    rest: str


def birth_in(typed: str, *, day_first: bool) -> Birth | None:
    """The date of birth in the text, read in the clinic's order or year first; None if there is none."""
    for pattern in (_ISO, _DAY_FIRST if day_first else _MONTH_FIRST):
        if found := pattern.search(typed):
            return _whole(found, typed)
    if found := _YEAR_ONLY.search(typed):
        year = int(found["year"])
        return Birth(date(year, 1, 1), date(year, 12, 31), _rest(found, typed))
    return None


def _whole(found: re.Match[str], typed: str) -> Birth | None:
    try:
        day = date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None
    return Birth(day, day, _rest(found, typed))


def _rest(found: re.Match[str], typed: str) -> str:
    return f"{typed[: found.start()]} {typed[found.end() :]}".strip()
