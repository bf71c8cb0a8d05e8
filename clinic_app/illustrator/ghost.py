"""The dashed outline of limbs where the movement starts."""

from collections.abc import Iterator

import numpy as np

from clinic_app.illustrator.drawing import Layer, Stroke, Style, curve
from clinic_app.illustrator.fit import fitted
from clinic_app.illustrator.names import parted
from clinic_app.illustrator.palette import FAR_INK
from clinic_app.illustrator.pose import Pose
from clinic_app.illustrator.raster import PIXEL, Raster, raster_of
from clinic_app.illustrator.reach import held
from clinic_app.illustrator.scene import scene_of
from clinic_app.illustrator.shape import Part
from clinic_app.illustrator.smooth import smooth_loop
from clinic_app.illustrator.trace import outlines

STYLE = Style(Layer.GHOST, stroke=FAR_INK, width=6, dashes="11 9")
# An outline needs less detail: larger pixels and, in pixels, smoothing, nearness and least way round.
COARSER, SMOOTHING, CLOSE, SHORTEST = 1.4, 7, 1.6, 120
TRUNK = ("pelvis", "abdomen", "thorax")


def ghost_of(start: Pose, limbs: tuple[str, ...]) -> tuple[Raster, Iterator[tuple[Style, Stroke]]]:
    """The limbs of the start pose, and the raster they were seen in."""
    scene = scene_of(start, held(start).skeleton, with_props=False)
    raster = raster_of(scene, PIXEL * COARSER)
    wanted = [place for place, part in enumerate(scene.parts) if _is_wanted(part, limbs)]
    return raster, _outlined(raster, wanted)


def _outlined(raster: Raster, wanted: list[int]) -> Iterator[tuple[Style, Stroke]]:
    for corners in outlines(np.isin(raster.part, wanted)):
        if len(corners) < SHORTEST:
            continue
        curves = fitted(smooth_loop(corners, SMOOTHING), CLOSE, closed=True)
        stroke = curve(raster.paper(curves.reshape(-1, 2)).reshape(curves.shape), closed=True)
        if stroke:
            yield STYLE, stroke


def _is_wanted(part: Part, limbs: tuple[str, ...]) -> bool:
    stem, side = parted(part.name)
    return (
        "all" in limbs
        or part.limb in limbs
        or ("trunk" in limbs and part.name in TRUNK)
        or (stem in ("shank", "foot") and f"shank_{side}" in limbs)
    )
