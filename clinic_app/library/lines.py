"""On which line of a content file a key stands."""

import re
from itertools import islice

_PART = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


def line_of(text: str, key: str) -> int:
    """The line, from 1, of a dotted key such as `rules[2].steps[0].level`; 0 when none of it is found.

    As much of the key is followed as the file has: a key that is missing leads to the table that lacks it.
    """
    lines = text.splitlines()
    found, start, name = 0, 0, ""
    for part, index in _PART.findall(key):
        place = _nth(lines, name, found, int(index)) if index else _named(lines, part, start)
        if place is None:
            break
        found, start, name = place + 1, place, part or name
    return found


def _named(lines: list[str], name: str, start: int) -> int | None:
    """The first line from `start` on that names a key, a table, or a row with this id."""
    quoted = rf"[\"']?{re.escape(name)}[\"']?"
    wanted = re.compile(
        rf"^\s*\[+(?:[^\]]+\.)?{quoted}\]+|(?:^|[{{,])\s*{quoted}\s*=|\bid\s*=\s*[\"']{re.escape(name)}[\"']"
    )
    return next((place for place in range(start, len(lines)) if wanted.search(lines[place])), None)


def _nth(lines: list[str], name: str, found: int, index: int) -> int | None:
    """The line where entry `index` of a list begins; `found` is the line of the list, from 1."""
    header = re.compile(rf"^\s*\[\[(?:[^\]]+\.)?{re.escape(name)}\]\]")
    here = max(found - 1, 0)
    if header.search(lines[here]):
        rows = (place for place in range(here, len(lines)) if header.search(lines[place]))
    else:
        rows = (place for place in range(here + 1, len(lines)) if lines[place].strip()[:1] not in ("#", ""))
    return next(islice(rows, index, None), None)
