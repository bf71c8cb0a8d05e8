"""Which drawing shows an exercise or a test, and which leg works in it."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from clinic_app.domain.protocol import Side

FOLDER = "illustrations"
# In units of the drawing, of which a person is 1000 tall: two who stand, who step or squat, or who lie.
NARROW_UP_TO, BROAD_UP_TO = 1400, 1800

_BOX = re.compile(r'viewBox="[-\d.]+ [-\d.]+ ([\d.]+) ([\d.]+)"')


@dataclass(frozen=True)
class Picture:
    """A drawing below the folder of static files; `side` is the leg with the dark shoe, if one has it."""

    file: str
    side: Side | None
    width: int
    height: int

    @property
    def breadth(self) -> str:
        """How much of a line it needs: narrow, broad, or a band that takes the whole."""
        if self.width <= NARROW_UP_TO:
            return "narrow"
        return "broad" if self.width <= BROAD_UP_TO else "band"


@lru_cache(maxsize=512)
def picture_of(name: str, static: Path, side: Side | None = None) -> Picture | None:
    """The drawing of that name in which this leg works, None where there is none.

    Without a side, the left leg stands for either.
    """
    for file, shows in ((f"{name}_{side or Side.LEFT}.svg", side or Side.LEFT), (f"{name}.svg", None)):
        path = static / FOLDER / file
        if path.is_file():
            box = _BOX.search(path.read_text("utf-8"))
            width, height = (round(float(box[1])), round(float(box[2]))) if box else (1, 1)
            return Picture(f"{FOLDER}/{file}", shows, width, height)
    return None
