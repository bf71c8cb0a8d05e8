"""The outlines of arrows, in units of the drawing."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from scipy.ndimage import gaussian_filter1d

from clinic_app.illustrator.drawing import Layer, Stroke, Style, curve, polyline
from clinic_app.illustrator.fit import fitted, straight
from clinic_app.illustrator.geometry import Array
from clinic_app.illustrator.palette import WHITE
from clinic_app.illustrator.smooth import beyond_its_ends

Painted = Iterator[tuple[Style, Stroke]]

# A swoosh grows from the first to the last width; its head is so long and, on either side, so wide.
WIDTHS, HEAD_LONG, HEAD_WIDE = (7, 21), 50, 29
# At most this share of a short swoosh is head; the shaft reaches this share into the head.
MOST_HEAD, OVERLAP = 0.55, 0.92
SAMPLES = 14
CLOSE = 0.8
EDGE = 10
BLOCK_WIDE, BLOCK_HEAD_LONG, BLOCK_HEAD_WIDE = 20, 40, 32


def swoosh(points: Array, colour: str) -> Painted:
    """A tapered arrow along a polyline, n x 2."""
    steps = np.linalg.norm(np.diff(points, axis=0), axis=1)
    along = np.concatenate([[0], np.cumsum(steps)])
    head = min(HEAD_LONG, along[-1] * MOST_HEAD)
    stations = np.linspace(0, along[-1] - head * OVERLAP, SAMPLES)
    spine = _smoothed(np.stack([np.interp(stations, along, axis) for axis in points.T], 1))
    widths = np.interp(stations, stations[[0, -1]], WIDTHS)[:, None] / 2
    aside = _square_rows(np.gradient(spine, axis=0)) * widths
    tip = points[-1]
    ahead = (tip - spine[-1]) / np.linalg.norm(tip - spine[-1])
    neck, wing = tip - ahead * head, np.array([-ahead[1], ahead[0]]) * HEAD_WIDE
    one, other = spine + aside, (spine - aside)[::-1]
    corners = [one[-1], neck + wing, tip, neck - wing, other[0]]
    sides = [straight(start, end) for start, end in pairwise(corners)]
    curves = np.concatenate([_edge(one), sides, _edge(other)])
    yield from _with_edge(curve(curves, closed=True), colour)


def _edge(points: Array) -> Array:
    return fitted(points, CLOSE, corner=None, tangent_sigma=1)


def _smoothed(points: Array) -> Array:
    longer, before = beyond_its_ends(points, 3)
    made: Array = gaussian_filter1d(longer, 1.2, axis=0)[before : before + len(points)]
    return made


def _square_rows(vectors: Array) -> Array:
    """Each vector turned by a right angle, at length 1."""
    turned = np.stack([-vectors[:, 1], vectors[:, 0]], 1)
    made: Array = turned / np.linalg.norm(vectors, axis=1)[:, None]
    return made


def block(tip: Array, towards: Array, length: float, colour: str) -> Painted:
    """A straight block arrow."""
    ahead = towards / np.linalg.norm(towards)
    aside = np.array([-ahead[1], ahead[0]])
    neck, tail = tip - ahead * BLOCK_HEAD_LONG, tip - ahead * length
    shaft, head = aside * BLOCK_WIDE / 2, aside * BLOCK_HEAD_WIDE
    corners = [tail + shaft, neck + shaft, neck + head, tip, neck - head, neck - shaft, tail - shaft]
    yield from _with_edge(polyline(corners, closed=True), colour)


def _with_edge(stroke: Stroke | None, colour: str) -> Painted:
    """Filled, on a white edge that keeps it apart from what lies below."""
    if stroke:
        yield Style(Layer.ARROW_EDGES, fill=WHITE, stroke=WHITE, width=EDGE), stroke
        yield Style(Layer.ARROWS, fill=colour), stroke
