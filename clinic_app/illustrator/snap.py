"""Straight edges of boxes: a polyline near the projected edges of a box is laid onto them."""

from collections.abc import Callable
from itertools import product
from typing import TypeAlias

import numpy as np

from clinic_app.illustrator.geometry import Array
from clinic_app.illustrator.raster import Raster
from clinic_app.illustrator.scene import Scene
from clinic_app.illustrator.shape import Kind, Shape
from clinic_app.illustrator.smooth import simplified

Snap: TypeAlias = Callable[[Array], Array]

# In units: how near both ends of a piece are to its edge, how long it is at least, how far a corner may move.
NEAR, SHORTEST, FURTHEST, STRAIGHT = 0.4, 0.8, 1.0, 0.05
# A piece lies along an edge from this cosine on; two edges cross from this sine on.
ALONG, ACROSS = 0.985, 0.15


def snap_to_boxes(raster: Raster, scene: Scene) -> Snap:
    """What lays polylines, n x 2 in pixels, onto the edges of the scene's boxes."""
    is_skin = {part.name: part.is_skin for part in scene.parts}
    boxes = [shape for shape in scene.shapes if shape.kind is Kind.BOX and not is_skin[shape.part]]
    if not boxes:
        return lambda points: points
    ends = np.concatenate([_edges(shape) for shape in boxes])
    seen = raster.pixels((ends @ raster.view.T).reshape(-1, 3)).reshape(-1, 2, 2)
    return _Edges(seen, raster.pixel).snapped


def _edges(shape: Shape) -> Array:
    """The twelve edges of a box in the world, 12 x 2 x 3."""
    half = np.array(shape.size[:3])
    edges = []
    for axis in range(3):
        for sides in product((-1, 1), repeat=2):
            ends = [np.insert(np.array(sides, float), axis, end) for end in (-1.0, 1.0)]
            edges.append([shape.origin + shape.axes @ (half * end) for end in ends])
    return np.array(edges)


class _Edges:
    """Edges in pixels: where each starts, its direction and its length."""

    def __init__(self, ends: Array, pixel: float) -> None:
        self.pixel = pixel
        self.start = ends[:, 0]
        way = ends[:, 1] - ends[:, 0]
        self.length = np.linalg.norm(way, axis=1) + 1e-9
        self.way = way / self.length[:, None]

    def snapped(self, points: Array) -> Array:
        """The polyline on the edges it runs along, its corners where these cross."""
        if len(points) < 2:
            return points
        apart = np.array([self._distances(point) for point in points])
        along = [self._edge(points[k], points[k + 1], apart[k : k + 2]) for k in range(len(points) - 1)]
        is_closed = bool(np.linalg.norm(points[0] - points[-1]) < 1e-6)
        beyond = (along[-1], along[0]) if is_closed else (None, None)
        pairs = zip([beyond[0], *along], [*along, beyond[1]], strict=True)
        moved = np.array([self._moved(point, *pair) for point, pair in zip(points, pairs, strict=True)])
        return simplified(moved, STRAIGHT / self.pixel) if len(moved) > 2 else moved

    def _distances(self, point: Array) -> Array:
        along = np.clip(((point - self.start) * self.way).sum(1), 0, self.length)
        made: Array = np.linalg.norm(self.start + self.way * along[:, None] - point, axis=1)
        return made

    def _edge(self, start: Array, end: Array, apart: Array) -> int | None:
        """The edge that a piece of the polyline runs along."""
        way = end - start
        length = float(np.linalg.norm(way))
        if length <= SHORTEST / self.pixel:
            return None
        off = np.where(np.abs(self.way @ way) > ALONG * length, apart.max(0), np.inf)
        nearest = int(off.argmin())
        return nearest if off[nearest] < NEAR / self.pixel else None

    def _moved(self, point: Array, before: int | None, after: int | None) -> Array:
        """A point onto the edge before or after it, or to where both cross."""
        if before is None and after is None:
            return point
        if before is None or after is None or before == after:
            edge = after if before is None else before
            return self._onto(point, edge)
        return self._crossing(point, before, after)

    def _onto(self, point: Array, edge: int | None) -> Array:
        start, way = self.start[edge], self.way[edge]
        made: Array = start + way * ((point - start) @ way)
        return made

    def _crossing(self, point: Array, before: int, after: int) -> Array:
        way, other = self.way[before], self.way[after]
        sine = way[0] * other[1] - way[1] * other[0]
        if abs(sine) <= ACROSS:
            return point
        between = self.start[after] - self.start[before]
        crossing = self.start[before] + way * (between[0] * other[1] - between[1] * other[0]) / sine
        return crossing if np.linalg.norm(crossing - point) < FURTHEST / self.pixel else point
