"""The drawing of an exercise, where there is one: a single file that holds start and end."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FOLDER = "illustrations"
# Two figures lying side by side make a band; standing ones make a block that stands beside the steps.
WIDE_FROM = 3.0

_BOX = re.compile(r'viewBox="[-\d.]+ [-\d.]+ ([\d.]+) ([\d.]+)"')


@dataclass(frozen=True)
class Picture:
    """A drawing below the folder of static files."""

    file: str
    wide: bool


@lru_cache(maxsize=256)
def picture_of(exercise: str, static: Path) -> Picture | None:
    """The drawing of an exercise, or None when it has none."""
    name = f"{FOLDER}/{exercise}.svg"
    file = static / name
    if not file.is_file():
        return None
    box = _BOX.search(file.read_text("utf-8"))
    return Picture(name, wide=box is not None and float(box[1]) >= WIDE_FROM * float(box[2]))
