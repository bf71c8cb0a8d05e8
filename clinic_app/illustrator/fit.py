"""Smooth polylines become as few cubic curves as keep close to them."""

from collections.abc import Iterator

import numpy as np
from scipy.ndimage import gaussian_filter1d

from clinic_app.illustrator.cubic import longest_curve, nearest_curve
from clinic_app.illustrator.geometry import Array
from clinic_app.illustrator.smooth import beyond_its_ends

# A corner is where the line turns by more than the caller's angle within this many points on either side.
CORNER_SPAN = 12
# A curve never turns by more than this, in degrees.
MOST_TURN = 120
# Fewer points than this are not left over at the end of a line.
LEAST_POINTS = 6


def fitted(
    points: Array, tolerance: float, corner: float | None = 75, tangent_sigma: float = 9, closed: bool = False
) -> Array:
    """The curves, n x 4 x 2, that stay within `tolerance` of the polyline; it bends sharply only at corners.

    `corner`: the least turn of a corner in degrees, None for no corners.
    """
    points = _without_repeats(points)
    if closed and np.linalg.norm(points[0] - points[-1]) < 1e-6:
        points = points[:-1]
    if len(points) < 4:
        return np.array([straight(points[0], points[-1])]) if len(points) > 1 else np.zeros((0, 4, 2))
    pieces = _pieces(points, corner, tangent_sigma, closed)
    return np.concatenate([_longest_curves(piece, tangents, tolerance) for piece, tangents in pieces])


def straight(start: Array, end: Array) -> Array:
    """A straight line as a curve, 4 x 2."""
    third = (end - start) / 3
    return np.array([start, start + third, end - third, end])


def _without_repeats(points: Array) -> Array:
    moves = np.linalg.norm(np.diff(points, axis=0), axis=1) > 1e-6
    made: Array = points[np.concatenate([[True], moves])]
    return made


def _pieces(points: Array, corner: float | None, sigma: float, closed: bool) -> Iterator[tuple[Array, Array]]:
    """The polyline cut at its corners, each piece with its tangents."""
    cuts = _corners(points, corner, closed) if corner else []
    if closed and not cuts:
        tangents = _loop_tangents(points, sigma)
        yield np.vstack([points, points[:1]]), np.vstack([tangents, tangents[:1]])
        return
    if closed:
        points = np.roll(points, -cuts[0], 0)
        points = np.vstack([points, points[:1]])
        cuts = [cut - cuts[0] for cut in cuts]
    else:
        cuts = [0, *(cut for cut in cuts if LEAST_POINTS < cut < len(points) - LEAST_POINTS - 1)]
    for start, end in zip(cuts, [*cuts[1:], len(points) - 1], strict=True):
        piece = points[start : end + 1]
        yield piece, _tangents(piece, sigma)


def _corners(points: Array, least: float, closed: bool) -> list[int]:
    span = CORNER_SPAN
    if len(points) < 3 * span:
        return []
    longer = np.vstack([points[-span:], points, points[:span]]) if closed else points
    before, after = longer[span:-span] - longer[: -2 * span], longer[2 * span :] - longer[span:-span]
    lengths = np.linalg.norm(before, axis=1) * np.linalg.norm(after, axis=1)
    cosines = (before * after).sum(1) / (lengths + 1e-9)
    turns = np.degrees(np.arccos(np.clip(cosines, -1, 1)))
    found = []
    while turns.max() >= least:
        sharpest = int(turns.argmax())
        found.append(sharpest + (0 if closed else span))
        turns[max(0, sharpest - 2 * span) : sharpest + 2 * span + 1] = 0
    return sorted(found)


def _loop_tangents(points: Array, sigma: float) -> Array:
    smoothed = gaussian_filter1d(points, sigma, axis=0, mode="wrap")
    return _unit_rows(np.roll(smoothed, -1, 0) - np.roll(smoothed, 1, 0))


def _tangents(points: Array, sigma: float) -> Array:
    count = len(points)
    longer, before = beyond_its_ends(points, max(1, int(4 * sigma)))
    smoothed = gaussian_filter1d(longer, min(sigma, max(1, count / 5)), axis=0, mode="nearest")
    return _unit_rows(np.gradient(smoothed, axis=0)[before : before + count])


def _unit_rows(vectors: Array) -> Array:
    made: Array = vectors / (np.linalg.norm(vectors, axis=1)[:, None] + 1e-12)
    return made


def _longest_curves(points: Array, tangents: Array, tolerance: float) -> Array:
    """Curve after curve, each as long as can be."""
    directions = np.unwrap(np.arctan2(tangents[:, 1], tangents[:, 0]))
    turned = np.concatenate([[0], np.cumsum(np.abs(np.diff(directions)))])
    curves, start, last = [], 0, len(points) - 1
    while start < last:
        furthest = int(np.searchsorted(turned, turned[start] + np.radians(MOST_TURN)))
        furthest = min(max(furthest, start + 2), last)
        curve, end = longest_curve(points, tangents, start, furthest, tolerance)
        if 0 < last - end < LEAST_POINTS:
            to_the_end, fits = nearest_curve(points[start:], tangents[start], -tangents[-1], 2 * tolerance)
            if fits:
                curve, end = to_the_end, last
        curves.append(curve)
        start = end
    return np.array(curves)
