"""The filled areas of a panel: the body, its clothes, the props, the face and the muscle."""

from collections.abc import Iterable, Iterator, Mapping

import numpy as np
from scipy.ndimage import binary_dilation, label

from clinic_app.illustrator.drawing import Layer, Stroke, Style, curve, dot, polyline, spot
from clinic_app.illustrator.fit import fitted
from clinic_app.illustrator.geometry import Array, Mask
from clinic_app.illustrator.labels import Labels
from clinic_app.illustrator.muscles import Shown, fibres
from clinic_app.illustrator.palette import INK, WHITE
from clinic_app.illustrator.raster import Raster, on_paper
from clinic_app.illustrator.scene import Scene
from clinic_app.illustrator.smooth import simplified, smooth_loop, smooth_way
from clinic_app.illustrator.snap import Snap
from clinic_app.illustrator.trace import chains_of, outlines

Painted = Iterator[tuple[Style, Stroke]]

BODY_TONES = ("skin", "shirt", "shorts", "dark_shoe", "white_shoe", "dark_sole", "white_sole", "hair", "ink")
STRAIGHT_TONES = ("prop", "prop2", "wall")
# Fills reach this many pixels under the lines.
UNDER_LINES = 2
# In units: smoothing, how near a fill stays to its pixels, and the least way round one; an eye's least area.
SMOOTHING, CLOSE, SHORTEST, LEAST_EYE = 0.3, 0.2, 4, 0.12
EYE = Style(Layer.FACE, stroke=INK, width=9)
MOUTH = Style(Layer.FACE, stroke=INK, width=3.4)
FIBRE = Style(Layer.FIBRES, stroke=WHITE, width=3)
# The muscle is drawn softly, in pixels: smoothing, nearness and least way round; the same of its fibres.
MUSCLE_SMOOTHING, MUSCLE_CLOSE, MUSCLE_SHORTEST = 9, 2, 60
FIBRE_SMOOTHING, FIBRE_CLOSE, FIBRE_SHORTEST = 14, 3, 2.2


def fills_of(raster: Raster, labels: Labels, tones: Mapping[str, str], snap: Snap) -> Painted:
    """Straight props, the whole body in the colour of skin, and every other tone over it."""
    body = [
        place
        for tone, places in labels.tones().items()
        if tone.removesuffix("_far") in BODY_TONES
        for place in places
    ]
    yield from _area(raster, labels, body, Style(Layer.BODY, fill=tones["skin"]), None)
    for tone, places in sorted(labels.tones().items()):
        if tone not in ("skin", "ink"):
            is_straight = tone.removesuffix("_side") in STRAIGHT_TONES
            style = Style(Layer.PROPS if is_straight else Layer.CLOTHES, fill=tones[tone])
            yield from _area(raster, labels, places, style, snap if is_straight else None)


def _area(raster: Raster, labels: Labels, places: list[int], style: Style, snap: Snap | None) -> Painted:
    here = np.isin(labels.of, places)
    here = binary_dilation(here, iterations=UNDER_LINES) & (labels.of > 0)
    for corners in outlines(here):
        if len(corners) * raster.pixel < SHORTEST:
            continue
        if snap:
            points = snap(simplified(np.vstack([corners, corners[:1]]), CLOSE / raster.pixel))
            yield style, polyline(raster.paper(points), closed=True)
        else:
            yield from _loop(raster, corners, style, SMOOTHING / raster.pixel, CLOSE / raster.pixel)


def _loop(raster: Raster, corners: Array, style: Style, sigma: float, close: float) -> Painted:
    stroke = curve(_curves(raster, fitted(smooth_loop(corners, sigma), close, closed=True)), closed=True)
    if stroke:
        yield style, stroke


def _curves(raster: Raster, curves: Array) -> Array:
    return raster.paper(curves.reshape(-1, 2)).reshape(curves.shape)


def face_of(raster: Raster, labels: Labels, scene: Scene) -> Painted:
    """Eyes where they are seen, and the mouth where enough of it is."""
    eyes, count = label(np.isin(labels.of, labels.tones().get("ink", [])))
    for number in range(1, count + 1):
        rows, columns = np.nonzero(eyes == number)
        if len(rows) * raster.pixel**2 >= LEAST_EYE:
            centre = np.array([[columns.mean() + 0.5, rows.mean() + 0.5]])
            yield EYE, dot(raster.paper(centre)[0])
    sideways = np.linspace(-1.2, 1.2, 7)
    lips = [(5.15, y, 0.8 - 0.22 * (1 - (y / 1.2) ** 2)) for y in sideways]
    seen = [on_paper(raster.view, place) for place in _on_the_head(raster, scene, lips)]
    if len(seen) >= 3:
        start, middle, end = seen[0], seen[len(seen) // 2], seen[-1]
        yield MOUTH, Stroke(spot(start), ((spot(2 * middle - (start + end) / 2), spot(end)),))


def _on_the_head(
    raster: Raster, scene: Scene, points: Iterable[tuple[float, float, float]]
) -> Iterator[Array]:
    """Those points of the head's frame, in the world, that are seen."""
    head = scene.place_of("head")
    for point in points:
        place = scene.skeleton.point("head", point)
        seen = raster.view @ place
        column, row = raster.pixels(seen)[0].astype(int)
        is_inside = 0 <= row < raster.part.shape[0] and 0 <= column < raster.part.shape[1]
        if is_inside and raster.part[row, column] == head and abs(raster.depth[row, column] - seen[2]) < 1:
            yield place


def muscle_fills(raster: Raster, muscles: list[Shown], colour: str) -> Painted:
    """The muscles, outlined, with their fibres in white."""
    style = Style(Layer.MUSCLE, fill=colour, stroke=INK, width=2.4)
    for corners in outlines(all_of(muscles, raster)):
        if len(corners) >= MUSCLE_SHORTEST:
            yield from _loop(raster, corners, style, MUSCLE_SMOOTHING, MUSCLE_CLOSE)
    for muscle in muscles:
        for above, core in fibres(muscle, raster.pixel):
            yield from _fibre(raster, above, core)


def all_of(muscles: list[Shown], raster: Raster) -> Mask:
    """Where any of the muscles is."""
    where: Mask = np.any([np.zeros(raster.part.shape, bool), *(muscle.where for muscle in muscles)], axis=0)
    return where


def _fibre(raster: Raster, above: Mask, core: Mask) -> Painted:
    beside = (above[:, :-1] != above[:, 1:]) & core[:, :-1] & core[:, 1:]
    below = (above[:-1] != above[1:]) & core[:-1] & core[1:]
    chains = chains_of(beside.astype(np.uint8), below.astype(np.uint8))
    if not chains:
        return
    chain = max(chains, key=lambda chain: len(chain.corners))
    if len(chain.corners) * raster.pixel < FIBRE_SHORTEST or chain.is_closed:
        return
    points = smooth_way(np.array(chain.corners, float), FIBRE_SMOOTHING)
    stroke = curve(_curves(raster, fitted(points, FIBRE_CLOSE, corner=None)))
    if stroke:
        yield FIBRE, stroke
