"""One cubic curve near a row of points: compiled, as thousands are tried.

All of it is in one file: what is kept compiled is made anew when its own file changes, not when another does.
"""

import numpy as np
from numba import njit

from clinic_app.illustrator.geometry import Array

# About so many of the points are looked at.
SAMPLES = 40

compiled = njit(cache=True, error_model="numpy")


@compiled
def longest_curve(
    points: Array, tangents: Array, start: int, furthest: int, tolerance: float
) -> tuple[Array, int]:
    """The curve from `start` that fits and reaches furthest, found by halving, and where it ends."""
    curve, fits = nearest_curve(points[start : furthest + 1], tangents[start], -tangents[furthest], tolerance)
    if fits:
        return curve, furthest
    near, far = start + 1, furthest
    found = False
    while far - near > max(1, (far - start) // 24):
        middle = (near + far) // 2
        tried, fits = nearest_curve(points[start : middle + 1], tangents[start], -tangents[middle], tolerance)
        if fits:
            near, curve, found = middle, tried, True
        else:
            far = middle
    if not found:
        curve, _ = nearest_curve(points[start : near + 1], tangents[start], -tangents[near], tolerance)
    return curve, near


@compiled
def nearest_curve(points: Array, leave: Array, arrive: Array, tolerance: float) -> tuple[Array, bool]:
    """The cubic nearest to the points with these unit tangents, both inwards; and whether it fits."""
    sample, length = _sampled(points)
    curve = np.zeros((4, 2))
    for _ in range(4):
        _set_handles(curve, sample, leave, arrive, length)
        off = _furthest(curve, sample)
        if off < tolerance:
            return curve, True
        if off > 5 * tolerance:
            break
        _move_nearer(sample, curve)
    return curve, False


@compiled
def _sampled(points: Array) -> tuple[Array, float]:
    """Some of the points, n x 3: x, y and how far along the polyline, 0 to 1; and the length of all."""
    step = max(1, len(points) // SAMPLES)
    count = (len(points) + step - 2) // step + 1
    sample = np.zeros((count, 3))
    length = 0.0
    for number in range(len(points)):
        if number:
            x, y = points[number, 0] - points[number - 1, 0], points[number, 1] - points[number - 1, 1]
            length += np.sqrt(x * x + y * y)
        if number % step == 0 or number == len(points) - 1:
            row = count - 1 if number == len(points) - 1 else number // step
            sample[row, 0], sample[row, 1], sample[row, 2] = points[number, 0], points[number, 1], length
    for row in range(count):
        sample[row, 2] /= length
    return sample, length


@compiled
def _set_handles(curve: Array, sample: Array, leave: Array, arrive: Array, length: float) -> None:
    """Give the curve the ends of the sample, and the two handles whose lengths least squares want."""
    first, last = sample[0], sample[-1]
    near_near = far_far = near_far = want_near = want_far = 0.0
    for row in range(len(sample)):
        t = sample[row, 2]
        near, far = 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t * t
        start = (1 - t) ** 3 + near
        x = sample[row, 0] - start * first[0] - (1 - start) * last[0]
        y = sample[row, 1] - start * first[1] - (1 - start) * last[1]
        near_near += near * near
        far_far += far * far
        near_far += near * far
        want_near += near * (x * leave[0] + y * leave[1])
        want_far += far * (x * arrive[0] + y * arrive[1])
    near_far *= leave[0] * arrive[0] + leave[1] * arrive[1]
    square = near_near * far_far - near_far * near_far
    out = back = 0.0
    if abs(square) > 1e-9:
        out = (want_near * far_far - want_far * near_far) / square
        back = (near_near * want_far - near_far * want_near) / square
    if min(out, back) < 1e-3 * length or max(out, back) > 2 * length:
        out = back = length / 3
    for axis in range(2):
        curve[0, axis], curve[1, axis] = first[axis], first[axis] + leave[axis] * out
        curve[2, axis], curve[3, axis] = last[axis] + arrive[axis] * back, last[axis]


@compiled
def _at(curve: Array, axis: int, t: float) -> tuple[float, float, float]:
    """The curve's place, slope and bend at `t` along one axis."""
    rest = 1 - t
    one, two, three, four = curve[0, axis], curve[1, axis], curve[2, axis], curve[3, axis]
    place = rest**3 * one + 3 * rest * rest * t * two + 3 * rest * t * t * three + t**3 * four
    slope = 3 * (rest * rest * (two - one) + 2 * rest * t * (three - two) + t * t * (four - three))
    bend = 6 * (rest * (three - 2 * two + one) + t * (four - 2 * three + two))
    return place, slope, bend


@compiled
def _furthest(curve: Array, sample: Array) -> float:
    """How far the curve is from the sample at most."""
    most = 0.0
    for row in range(len(sample)):
        x, y = (
            _at(curve, 0, sample[row, 2])[0] - sample[row, 0],
            _at(curve, 1, sample[row, 2])[0] - sample[row, 1],
        )
        most = max(most, x * x + y * y)
    return float(np.sqrt(most))


@compiled
def _move_nearer(sample: Array, curve: Array) -> None:
    """Move each point's share by a Newton step towards the curve's nearest place, never past another."""
    highest = 0.0
    for row in range(len(sample)):
        t = sample[row, 2]
        x, slope_x, bend_x = _at(curve, 0, t)
        y, slope_y, bend_y = _at(curve, 1, t)
        x, y = x - sample[row, 0], y - sample[row, 1]
        steep = slope_x**2 + slope_y**2 + x * bend_x + y * bend_y
        if abs(steep) > 1e-9:
            t -= (x * slope_x + y * slope_y) / steep
        highest = max(highest, min(max(t, 0.0), 1.0))
        sample[row, 2] = highest
