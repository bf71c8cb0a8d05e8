"""Reads share.toml: the numbers and words of the link with which a patient reads their handout."""

from collections.abc import Iterator
from pathlib import Path

from clinic_app.domain.library import Library
from clinic_app.domain.share import ShareRules
from clinic_app.library.problem import Problem
from clinic_app.library.structure import read

SHARE = "share.toml"


def load_share(folder: Path) -> ShareRules:
    """Read `folder`/share.toml."""
    return read(folder / SHARE, ShareRules)


def share_problems(library: Library) -> Iterator[Problem]:
    """Numbers that no link could keep to."""
    rules, days = library.share, library.share.days
    if not 1 <= days.least <= days.usual <= days.most:
        yield SHARE, "days", "1 <= least <= usual <= most must hold"
    for key in ("wrong_years", "open_minutes"):
        if getattr(rules, key) < 1:
            yield SHARE, key, "it is 1 or more"
