"""Borders of pixels become chains of pixel corners."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numba import njit

from clinic_app.illustrator.edges import Edges
from clinic_app.illustrator.geometry import Array, Mask, Whole

Corner = tuple[int, int]
"""Column and row of a pixel's corner."""

compiled = njit(cache=True)


@dataclass(frozen=True, slots=True)
class Chain:
    """Pixel corners from end to end, and the kind of line."""

    corners: list[Corner]
    kind: int

    @property
    def is_closed(self) -> bool:
        """Whether it ends where it starts."""
        return self.corners[0] == self.corners[-1]


def chains_of(beside: Edges, below: Edges) -> list[Chain]:
    """The lines right of each pixel and below each pixel, cut where not exactly two of one kind meet."""
    rows, columns = below.shape[0] + 1, below.shape[1]
    # From each corner to the next one on the right, and to the next one below; the last of each is empty.
    across, down = np.zeros((2, rows + 1, columns + 1), np.uint8)
    across[1:rows, :columns] = below
    down[:rows, 1:columns] = beside
    around = np.array([across, down, np.roll(across, 1, 1), np.roll(down, 1, 0)], int)
    meeting, are_alike = (around > 0).sum(0), around.max(0) * (around > 0).sum(0) == around.sum(0)
    is_junction = (meeting > 0) & ((meeting != 2) | ~are_alike)
    starts = np.concatenate([np.argwhere(is_junction), np.argwhere(meeting > 0)])
    corners, ends, kinds = _walk(across, down, is_junction, starts)
    pieces = np.split(corners, ends[:-1]) if len(ends) else []
    return [
        Chain([(column, row) for row, column in piece.tolist()], int(kind))
        for piece, kind in zip(pieces, kinds, strict=True)
    ]


@compiled
def _walk(across: Edges, down: Edges, is_junction: Mask, starts: Whole) -> tuple[Whole, Whole, Whole]:
    """From every start along every line to the next junction, using the lines up.

    Returns the corners (row, column) of all chains, where each chain ends among them, and its kind.
    """
    most = np.count_nonzero(across) + np.count_nonzero(down)
    corners, ends, kinds = (
        np.zeros((2 * most, 2), np.int64),
        np.zeros(most, np.int64),
        np.zeros(most, np.int64),
    )
    count = chain = 0
    for start in starts:
        kind, row, column = _take(across, down, start[0], start[1])
        while kind:
            corners[count, 0], corners[count, 1] = start[0], start[1]
            count += 1
            kinds[chain] = more = kind
            while more:
                corners[count, 0], corners[count, 1] = row, column
                count += 1
                more = 0
                if not is_junction[row, column]:
                    more, row, column = _take(across, down, row, column)
            ends[chain] = count
            chain += 1
            kind, row, column = _take(across, down, start[0], start[1])
    return corners[:count], ends[:chain], kinds[:chain]


@compiled
def _take(across: Edges, down: Edges, row: int, column: int) -> tuple[int, int, int]:
    """Use up one line at a corner: its kind, 0 if there is none, and the row and column of its other end."""
    if across[row, column]:
        kind, across[row, column] = across[row, column], 0
        return kind, row, column + 1
    if down[row, column]:
        kind, down[row, column] = down[row, column], 0
        return kind, row + 1, column
    if across[row, column - 1]:
        kind, across[row, column - 1] = across[row, column - 1], 0
        return kind, row, column - 1
    if down[row - 1, column]:
        kind, down[row - 1, column] = down[row - 1, column], 0
        return kind, row - 1, column
    return 0, row, column


def outlines(mask: Mask) -> Iterator[Array]:
    """The closed borders of a mask, n x 2 pixel corners; the mask is always on the same hand."""
    rows, columns = np.nonzero(mask.any(1))[0], np.nonzero(mask.any(0))[0]
    if not len(rows):
        return
    top, left = rows[0], columns[0]
    onward = _directed(np.pad(mask[top : rows[-1] + 1, left : columns[-1] + 1], 1))
    while onward:
        start = here = next(iter(onward))
        before: Corner | None = None
        corners = [start]
        while True:
            following = _turned_away(before, here, onward[here])
            onward[here].remove(following)
            if not onward[here]:
                del onward[here]
            before, here = here, following
            if here == start:
                break
            corners.append(here)
        yield np.add(corners, (left - 1.0, top - 1.0))


def _directed(mask: Mask) -> dict[Corner, list[Corner]]:
    """Pixel corner -> the corners that follow it along the border."""
    onward: dict[Corner, list[Corner]] = defaultdict(list)
    for row, column in np.argwhere(mask[:, :-1] != mask[:, 1:]).tolist():
        upper, lower = (column + 1, row), (column + 1, row + 1)
        start, end = (upper, lower) if mask[row, column] else (lower, upper)
        onward[start].append(end)
    for row, column in np.argwhere(mask[:-1] != mask[1:]).tolist():
        left, right = (column, row + 1), (column + 1, row + 1)
        start, end = (right, left) if mask[row, column] else (left, right)
        onward[start].append(end)
    return onward


def _turned_away(before: Corner | None, here: Corner, choices: list[Corner]) -> Corner:
    """Where two borders leave a corner: the one that keeps pieces apart that only touch there."""
    if before is None or len(choices) == 1:
        return choices[0]
    x, y = here[0] - before[0], here[1] - before[1]
    return max(choices, key=lambda corner: x * (corner[1] - here[1]) - y * (corner[0] - here[0]))
