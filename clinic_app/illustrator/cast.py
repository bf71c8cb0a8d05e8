"""Rays, one a pixel, cast at the shapes until they touch: compiled, as there are a million of them.

All of it is in one file: what is kept compiled is made anew when its own file changes, not when another does.
"""

from typing import NamedTuple, TypeAlias

import numpy as np
from numba import njit

from clinic_app.illustrator.geometry import Array, Whole
from clinic_app.illustrator.solids import Solids

Place: TypeAlias = tuple[float, float, float]
Size: TypeAlias = tuple[float, float, float, float, float]

TILE = 8
"""Pixels along a tile; a ray tests only the shapes that its tile's list holds."""
STRIDE = 4
"""First every 4th ray is cast; the ones in between only where these disagree."""
NOWHERE = -1e6
FAR = 1e9
# A ray moves on by a share of the distance to the nearest surface, by a step at least, until it touches.
TOUCHED, CAREFUL, LEAST_STEP, MOST_STEPS = 0.015, 0.92, 0.02, 200
# Rays whose depths differ by less than this, in units, see one smooth surface.
SMOOTH = 1.0
CONE, ELLIPSOID = 0, 1

outer = njit(cache=True, error_model="numpy")
inner = njit(cache=True, error_model="numpy", inline="always")


class Grid(NamedTuple):
    """The pixels: the left and top edge, the size of one, and how many.

    `shapes` holds the list of every tile, one after another; `starts` says where each begins, and the end.
    """

    left: float
    top: float
    pixel: float
    width: int
    height: int
    starts: Whole
    shapes: Whole


class Here(NamedTuple):
    """What the rays of one tile may meet: shapes, the pairs of parts that melt, and the reach in z of all.

    `to_part` is scratch: one distance a part.
    """

    shapes: Whole
    pairs: Whole
    near: float
    far: float
    to_part: Array


class Seen(NamedTuple):
    """Of every pixel, height x width: depth, part, shape; of every 4th: how near a ray came that missed."""

    depth: Array
    part: Whole
    shape: Whole
    missed: Array


def cast(solids: Solids, grid: Grid) -> Seen:
    """Depth, part and shape of every pixel; NOWHERE, -1 and -1 where nothing is."""
    size = (grid.height, grid.width)
    missed = np.full((grid.height // STRIDE + 2, grid.width // STRIDE + 2), FAR)
    seen = Seen(np.full(size, NOWHERE), np.full(size, -1), np.full(size, -1), missed)
    _cast_rays(solids, grid, seen)
    return seen


@inner
def _to_cone(size: Size, x: float, y: float, z: float) -> float:
    length, start, end, wide, deep = size
    beside = np.sqrt((x / wide) ** 2 + (y / deep) ** 2)
    lean = (start - end) / length
    rise = np.sqrt(max(0.0, 1 - lean * lean))
    along = rise * z - lean * beside
    if along < 0:
        away = np.sqrt(beside * beside + z * z) - start
    elif along > rise * length:
        away = np.sqrt(beside * beside + (z - length) ** 2) - end
    else:
        away = beside * rise + z * lean - start
    nearest: float = away * min(1.0, wide, deep)
    return nearest


@inner
def _to_ellipsoid(size: Size, x: float, y: float, z: float) -> float:
    wide, deep, high, _, _ = size
    x, y, z = x / wide, y / deep, z / high
    scaled = np.sqrt(x * x + y * y + z * z)
    x, y, z = x / wide, y / deep, z / high
    slope = np.sqrt(x * x + y * y + z * z)
    return -min(wide, deep, high) if slope < 1e-9 else scaled * (scaled - 1) / slope


@inner
def _to_box(size: Size, x: float, y: float, z: float) -> float:
    wide, deep, high, edge, _ = size
    dx, dy, dz = abs(x) - wide + edge, abs(y) - deep + edge, abs(z) - high + edge
    outside: float = np.sqrt(max(dx, 0.0) ** 2 + max(dy, 0.0) ** 2 + max(dz, 0.0) ** 2)
    return outside + min(max(dx, dy, dz), 0.0) - edge


@inner
def _distance(solids: Solids, number: int, at: Place) -> float:
    """How far a point is from the surface of one shape; negative inside."""
    origin, axes, sizes, cut = solids.origin, solids.axes, solids.size, solids.cut
    dx, dy, dz = at[0] - origin[number, 0], at[1] - origin[number, 1], at[2] - origin[number, 2]
    x = axes[number, 0, 0] * dx + axes[number, 1, 0] * dy + axes[number, 2, 0] * dz
    y = axes[number, 0, 1] * dx + axes[number, 1, 1] * dy + axes[number, 2, 1] * dz
    z = axes[number, 0, 2] * dx + axes[number, 1, 2] * dy + axes[number, 2, 2] * dz
    size = (sizes[number, 0], sizes[number, 1], sizes[number, 2], sizes[number, 3], sizes[number, 4])
    if solids.kind[number] == CONE:
        away = _to_cone(size, x, y, z)
    elif solids.kind[number] == ELLIPSOID:
        away = _to_ellipsoid(size, x, y, z)
    else:
        away = _to_box(size, x, y, z)
    if cut[number, 4] > 0:
        away = max(away, cut[number, 0] * x + cut[number, 1] * y + cut[number, 2] * z - cut[number, 3])
    return away


@inner
def _melted(one: float, two: float, melt: float) -> float:
    """The smaller of two distances, rounded where they differ by less than `melt`."""
    apart = abs(one - two)
    if apart >= melt:
        return min(one, two)
    overlap = (melt - apart) / melt
    return min(one, two) - overlap * overlap * melt / 4


@inner
def _is_out_of_reach(solids: Solids, number: int, at: Place, nearest: float) -> bool:
    """Whether a shape cannot matter, as something else is so near."""
    ball = solids.ball
    dx, dy, dz = at[0] - ball[number, 0], at[1] - ball[number, 1], at[2] - ball[number, 2]
    reach = nearest + ball[number, 3] + ball[number, 4]
    return bool(reach > 0 and dx * dx + dy * dy + dz * dz > reach * reach)


@inner
def _nearest(solids: Solids, here: Here, at: Place) -> tuple[float, int, int]:
    """The distance to the nearest surface, the part it belongs to, and the piece."""
    among, to_part = here.shapes, here.to_part
    for number in among:
        to_part[solids.part[number]] = FAR
    nearest, nearest_shape = FAR, -1
    for number in among:
        if _is_out_of_reach(solids, number, at, nearest):
            continue
        away = _distance(solids, number, at)
        if away < nearest:
            nearest, nearest_shape = away, solids.piece[number]
        part = solids.part[number]
        to_part[part] = _melted(to_part[part], away, solids.melt[part])
    nearest, nearest_part = FAR, -1
    for number in among:
        part = solids.part[number]
        if to_part[part] < nearest:
            nearest, nearest_part = to_part[part], part
    for pair in here.pairs:
        one, two = to_part[int(solids.neighbours[pair, 0])], to_part[int(solids.neighbours[pair, 1])]
        if max(one, two) < FAR / 2:
            nearest = min(nearest, _melted(one, two, solids.neighbours[pair, 2]))
    return nearest, nearest_part, nearest_shape


@inner
def _ray(solids: Solids, here: Here, x: float, y: float) -> tuple[float, int, int, float]:
    """Depth, part and shape where the ray touches; NOWHERE, and how near it came, when it misses."""
    z, closest = here.near, FAR
    for _ in range(MOST_STEPS):
        away, part, shape = _nearest(solids, here, (x, y, z))
        closest = min(closest, away)
        if away < TOUCHED:
            return z, part, shape, 0.0
        z -= max(away * CAREFUL, LEAST_STEP)
        if z < here.far:
            break
    return NOWHERE, -1, -1, closest


@inner
def _is_filled_in(seen: Seen, row: int, column: int, pixel: float) -> bool:
    """Whether the four rays about this pixel agree; then it is filled in from them, and need not be cast."""
    top, left = row // STRIDE * STRIDE, column // STRIDE * STRIDE
    bottom, right = top + STRIDE, left + STRIDE
    if bottom >= seen.depth.shape[0] or right >= seen.depth.shape[1]:
        return False
    part, shape = seen.part[top, left], seen.shape[top, left]
    for corner in ((top, right), (bottom, left), (bottom, right)):
        if seen.part[corner] != part or seen.shape[corner] != shape:
            return False
    if part < 0:
        around = seen.missed[row // STRIDE : row // STRIDE + 2, column // STRIDE : column // STRIDE + 2]
        return bool(around.min() > STRIDE * pixel * 0.6)
    one, two = seen.depth[top, left], seen.depth[top, right]
    three, four = seen.depth[bottom, left], seen.depth[bottom, right]
    if max(one, two, three, four) - min(one, two, three, four) >= SMOOTH:
        return False
    across, down = (column - left) / STRIDE, (row - top) / STRIDE
    above, below = one * (1 - across) + two * across, three * (1 - across) + four * across
    seen.depth[row, column] = above * (1 - down) + below * down
    seen.part[row, column], seen.shape[row, column] = part, shape
    return True


@outer
def _here(solids: Solids, shapes: Whole) -> Here:
    is_here = np.zeros(len(solids.melt), np.bool_)
    for number in shapes:
        is_here[solids.part[number]] = True
    pairs = np.zeros(len(solids.neighbours), np.int64)
    count = 0
    for pair in range(len(solids.neighbours)):
        if is_here[int(solids.neighbours[pair, 0])] and is_here[int(solids.neighbours[pair, 1])]:
            pairs[count] = pair
            count += 1
    to_part = np.full(len(solids.melt), FAR)
    return Here(shapes, pairs[:count], solids.near[shapes].max(), solids.far[shapes].min(), to_part)


@outer
def _cast_tile(solids: Solids, grid: Grid, seen: Seen, tile: int, is_coarse: bool) -> None:
    """The rays of one tile: of the coarse grid, or those in between."""
    shapes = grid.shapes[grid.starts[tile] : grid.starts[tile + 1]]
    if len(shapes) == 0:
        return
    here = _here(solids, shapes)
    across = -(-grid.width // TILE)
    top, left = tile // across * TILE, tile % across * TILE
    for row in range(top, min(grid.height, top + TILE)):
        for column in range(left, min(grid.width, left + TILE)):
            if (row % STRIDE == 0 and column % STRIDE == 0) != is_coarse:
                continue
            if not is_coarse and _is_filled_in(seen, row, column, grid.pixel):
                continue
            x, y = grid.left + (column + 0.5) * grid.pixel, grid.top - (row + 0.5) * grid.pixel
            depth, part, shape, closest = _ray(solids, here, x, y)
            seen.depth[row, column], seen.part[row, column], seen.shape[row, column] = depth, part, shape
            if is_coarse:
                seen.missed[row // STRIDE, column // STRIDE] = closest


@outer
def _cast_rays(solids: Solids, grid: Grid, seen: Seen) -> None:
    for is_coarse in (True, False):
        for tile in range(len(grid.starts) - 1):
            _cast_tile(solids, grid, seen, tile, is_coarse)
