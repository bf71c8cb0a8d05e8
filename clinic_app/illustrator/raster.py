"""A panel as pixels: how deep, which part and which shape each one shows."""

from dataclasses import dataclass

import numpy as np

from clinic_app.illustrator.cast import TILE, Grid, cast
from clinic_app.illustrator.geometry import Array, Whole
from clinic_app.illustrator.scene import Scene
from clinic_app.illustrator.solids import SLACK, solids_of

PIXEL = 0.085
"""Units of stature in a pixel."""
SCALE = 10
"""Units of the drawing in a unit of stature: stature = 1000."""
MARGIN = 2.0


@dataclass(frozen=True, slots=True, eq=False)
class Raster:
    """Height x width pixels; `left` and `top` are the outer edges, in units, in the camera's axes."""

    depth: Array
    part: Whole
    shape: Whole
    left: float
    top: float
    pixel: float
    view: Array

    def paper(self, pixels: Array) -> Array:
        """Pixel corners (column, row), n x 2, in units of the drawing: x to the right, y down."""
        edge = np.array([self.left, -self.top])
        made: Array = (edge + np.asarray(pixels, float) * self.pixel) * SCALE
        return made

    def pixels(self, seen: Array) -> Array:
        """Points in the camera's axes, n x 2 or n x 3, as pixel corners (column, row)."""
        made: Array = (np.atleast_2d(seen)[:, :2] - (self.left, self.top)) / self.pixel * (1, -1)
        return made

    def surface(self) -> tuple[Whole, Whole, Array]:
        """Rows and columns of the pixels that show something, and their points of the world, n x 3."""
        rows, columns = np.nonzero(self.part >= 0)
        x = self.left + (columns + 0.5) * self.pixel
        y = self.top - (rows + 0.5) * self.pixel
        return rows, columns, np.stack([x, y, self.depth[rows, columns]], 1) @ self.view


def on_paper(view: Array, place: Array) -> Array:
    """A point of the world, or n x 3, in units of the drawing."""
    seen = np.asarray(place) @ view.T
    made: Array = seen[..., :2] * (SCALE, -SCALE)
    return made


def raster_of(scene: Scene, pixel: float = PIXEL) -> Raster:
    """The scene, cast."""
    solids, low, high = solids_of(scene)
    left, top = low[:, 0].min() - MARGIN, high[:, 1].max() + MARGIN
    width = int(np.ceil((high[:, 0].max() + MARGIN - left) / pixel))
    height = int(np.ceil((top - low[:, 1].min() + MARGIN) / pixel))
    reach = solids.ball[:, 4:] - SLACK
    starts, shapes = _tiles(low - reach, high + reach, (left, top, pixel), (width, height))
    grid = Grid(left, top, pixel, width, height, starts, shapes)
    seen = cast(solids, grid)
    return Raster(seen.depth, seen.part, seen.shape, left, top, pixel, scene.view)


def _tiles(
    low: Array, high: Array, corner: tuple[float, float, float], pixels: tuple[int, int]
) -> tuple[Whole, Whole]:
    """Where each tile's list of shapes starts, and the lists one after another."""
    left, top, pixel = corner
    across, down = (-(-count // TILE) for count in pixels)
    first = np.maximum(np.stack([low[:, 0] - left, top - high[:, 1]], 1) / pixel // TILE, 0).astype(int)
    last = (np.stack([high[:, 0] - left, top - low[:, 1]], 1) / pixel // TILE).astype(int)
    touched = np.zeros((down, across, len(low)), bool)
    for number, ((column, row), (end_column, end_row)) in enumerate(zip(first, last, strict=True)):
        touched[row : end_row + 1, column : end_column + 1, number] = True
    flat = touched.reshape(down * across, -1)
    starts = np.concatenate([[0], np.cumsum(flat.sum(1))])
    return starts, np.nonzero(flat)[1]
