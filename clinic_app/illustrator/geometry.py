"""Vectors and frames: three numbers, and three by three whose columns are the x, y and z of a frame."""

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.spatial.transform import Rotation

Array: TypeAlias = NDArray[np.float64]
Whole: TypeAlias = NDArray[np.int64]
Mask: TypeAlias = NDArray[np.bool_]
Vector: TypeAlias = tuple[float, float, float]
Vectorial: TypeAlias = Sequence[float] | Array


def unit(vector: Vectorial) -> Array:
    """The vector at length 1."""
    given = np.asarray(vector, float)
    made: Array = given / np.linalg.norm(given)
    return made


def square_to(axis: Array, vector: Vectorial) -> Array:
    """The part of `vector` at right angles to the unit vector `axis`, at length 1."""
    given = np.asarray(vector, float)
    return unit(given - axis * (given @ axis))


def turned(order: str, *degrees: float) -> Array:
    """Turns about moving axes, in the order of their letters ("YXZ"), as a 3 x 3 matrix."""
    made: Array = Rotation.from_euler(
        order, degrees[0] if len(order) == 1 else degrees, degrees=True
    ).as_matrix()
    return made


def frame_along(z: Vectorial, x: Vectorial) -> Array:
    """The frame whose z is `z` and whose x is as near to `x` as can be."""
    z = unit(z)
    x = square_to(z, x)
    return np.column_stack([x, np.cross(z, x), z])


def frame_hinged(z: Array, y: Array) -> Array:
    """The frame of the unit vectors `z` and `y`, which are square to each other."""
    return np.column_stack([np.cross(y, z), y, z])


def frame_between(start: Vectorial, end: Vectorial) -> Array:
    """The frame whose z runs from `start` to `end`; its x stays near the world's x, or y if that is its z."""
    z = unit(np.asarray(end, float) - np.asarray(start, float))
    return frame_along(z, (0, 1, 0) if abs(z[0]) > 0.95 else (1, 0, 0))


def halved(rotation: Array) -> Array:
    """Half of a turn, about the same axis."""
    vector = Rotation.from_matrix(rotation).as_rotvec()
    made: Array = Rotation.from_rotvec(vector / 2).as_matrix()
    return made
