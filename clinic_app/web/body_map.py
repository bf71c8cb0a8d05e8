"""The body map as it was drawn: each place and each muscle group is a shape of its own, left and right."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from clinic_app.domain.protocol import Side
from clinic_app.library.structure import read
from clinic_app.web.pictures import FOLDER


@dataclass(frozen=True)
class View:
    """One view of the body: `box` is left, top, width, height; all shapes are paths of SVG.

    `regions` are by the name of the place or group, in the order in which they lie on each other.
    """

    box: tuple[int, int, int, int]
    body: str
    outline: str
    hems: str
    regions: Mapping[str, Mapping[Side, str]]


@lru_cache(maxsize=4)
def body_map(static: Path) -> Mapping[str, View]:
    """The views `back`, `front` and `muscles`; the patient's left is on the left in each of them."""
    return read(static / FOLDER / "body_map.toml", dict[str, View])
