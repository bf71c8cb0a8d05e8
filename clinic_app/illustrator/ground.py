"""What lies flat on the floor, drawn behind everything: a mat, or a patch of floor."""

from collections.abc import Iterator

import numpy as np

from clinic_app.illustrator.drawing import Layer, Stroke, Style, curve, polyline
from clinic_app.illustrator.geometry import Array
from clinic_app.illustrator.palette import FAR_INK, TONES
from clinic_app.illustrator.raster import SCALE, on_paper
from clinic_app.illustrator.things import Floor, Mat, Thing

TOP = Style(Layer.GROUND, fill=TONES["mat"], stroke=FAR_INK, width=10)
EDGE = Style(Layer.GROUND, fill=TONES["mat_edge"], stroke=FAR_INK, width=10)
FLOOR = Style(Layer.GROUND, fill=TONES["floor"])
# The handles of a quarter of a circle of radius 1.
ROUND = 0.5523


def ground_of(thing: Thing, view: Array) -> Iterator[tuple[Style, Stroke]]:
    """The strokes of a mat or a floor; none for a thing that is not flat."""
    if isinstance(thing, Mat):
        yield from _mat(thing, view)
    elif isinstance(thing, Floor):
        centre = on_paper(view, np.array([*thing.at, 0]))
        high = abs(thing.size[0] / 2 * view[1, 0])
        yield FLOOR, _ellipse(centre, thing.size[1] / 2 * SCALE, high * SCALE)


def _mat(mat: Mat, view: Array) -> Iterator[tuple[Style, Stroke]]:
    """A slanted sheet and its front edge."""
    (x, y), (deep, wide) = mat.at, np.array(mat.size) / 2
    corners = [
        on_paper(view, np.array([x + near * deep, y + left * wide - near * mat.shear / 2, 0]))
        for near, left in ((1, -1), (1, 1), (-1, 1), (-1, -1))
    ]
    down = np.array([0, mat.t * SCALE])
    yield TOP, polyline(corners, closed=True)
    yield EDGE, polyline([corners[0], corners[1], corners[1] + down, corners[0] + down], closed=True)


def _ellipse(centre: Array, wide: float, high: float) -> Stroke:
    quarter = np.array([(1, 0), (1, ROUND), (ROUND, 1), (0, 1)])
    turn = np.array([(0, 1), (-1, 0)])
    quarters = [quarter @ np.linalg.matrix_power(turn, number) for number in range(4)]
    made = curve(centre + np.array(quarters) * (wide, high), closed=True)
    if made is None:
        raise ValueError("a floor without size")
    return made
