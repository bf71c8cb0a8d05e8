"""Chains of pixel corners become smooth polylines."""

import numpy as np
from scipy.ndimage import gaussian_filter1d
from shapely import LineString

from clinic_app.illustrator.geometry import Array


def smooth_loop(corners: Array, sigma: float) -> Array:
    """A closed chain (n x 2, its first corner not repeated) smoothed over `sigma` corners; n + 1 points."""
    middles = (corners + np.roll(corners, -1, 0)) / 2
    smoothed = _twice(middles, sigma, "wrap")
    return np.vstack([smoothed, smoothed[:1]])


def smooth_way(corners: Array, sigma: float) -> Array:
    """An open chain smoothed over `sigma` corners; its ends stay where they are."""
    points = np.vstack([corners[:1], (corners[1:] + corners[:-1]) / 2, corners[-1:]])
    count = len(points)
    if count < 4:
        return corners[[0, -1]]
    sigma = min(sigma, count / 4)
    longer, before = beyond_its_ends(points, int(4 * sigma) + 2)
    smoothed = _twice(longer, sigma, "nearest")[before : before + count]
    smoothed[0], smoothed[-1] = points[0], points[-1]
    return smoothed


def beyond_its_ends(points: Array, by: int) -> tuple[Array, int]:
    """The points with the line turned over at both ends, and how many were put before the first."""
    by = min(by, len(points) - 1)
    before = 2 * points[0] - points[by:0:-1]
    after = 2 * points[-1] - points[-2 : -2 - by : -1]
    return np.vstack([before, points, after]), len(before)


def _twice(points: Array, sigma: float, mode: str) -> Array:
    """Smoothed, and what that took away smoothed and given back: curves do not shrink."""

    def once(given: Array) -> Array:
        made: Array = gaussian_filter1d(given, sigma, axis=0, mode=mode)
        return made

    smoothed = once(points)
    return smoothed + once(points - smoothed)


def simplified(points: Array, tolerance: float) -> Array:
    """The polyline with as few of its points as keep it within `tolerance`."""
    made: Array = np.array(LineString(points).simplify(tolerance, preserve_topology=False).coords)
    return made
