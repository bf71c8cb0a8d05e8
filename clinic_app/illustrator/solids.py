"""The shapes of a scene as arrays, for the rays."""

from typing import NamedTuple

import numpy as np

from clinic_app.illustrator.geometry import Array, Whole
from clinic_app.illustrator.scene import Scene
from clinic_app.illustrator.shape import Kind, Shape

# In units: how far a shape is felt at least, and what its ball is larger than that.
LEAST_REACH, SLACK = 0.4, 0.05


class Solids(NamedTuple):
    """n shapes in the camera's axes (x right, y up, z towards the viewer).

    `piece` stands for a shape where it is told which one is seen: shapes of one piece are seen as one.
    `ball`: centre, radius and margin of a sphere that holds the shape; `near`, `far`: its reach in z;
    `melt`: how far the shapes of each part melt together; `neighbours`: part, part, how far these do.
    """

    kind: Whole
    origin: Array
    axes: Array
    size: Array
    cut: Array
    part: Whole
    piece: Whole
    ball: Array
    near: Array
    far: Array
    melt: Array
    neighbours: Array


def solids_of(scene: Scene) -> tuple[Solids, Array, Array]:
    """The scene's shapes as arrays in the camera's axes, and the lowest and highest x, y, z of each."""
    shapes, view = scene.shapes, scene.view
    places = {part.name: place for place, part in enumerate(scene.parts)}
    part = np.array([places[shape.part] for shape in shapes])
    melt = np.array([part.melt for part in scene.parts])
    neighbours = np.array(scene.neighbours or [(0, 0, 0)], float)
    reach = np.maximum(_reach(melt, neighbours)[part], LEAST_REACH)
    origin = np.array([view @ shape.origin for shape in shapes])
    axes = np.array([view @ shape.axes for shape in shapes])
    size, cut = np.zeros((len(shapes), 5)), np.zeros((len(shapes), 5))
    for number, shape in enumerate(shapes):
        size[number, : len(shape.size)] = shape.size
        if shape.cut:
            cut[number] = (*shape.cut, 1)
    bounds = np.array([_bounds(*each) for each in zip(shapes, origin, axes, strict=True)])
    low, high = bounds[:, 0], bounds[:, 1]
    balls = np.array([_ball(*each) for each in zip(shapes, origin, axes, strict=True)])
    kind = np.array([int(shape.kind) for shape in shapes])
    ball = np.column_stack([balls, reach + SLACK])
    near, far = high[:, 2] + reach, low[:, 2] - reach
    pieces = _pieces(shapes)
    return Solids(kind, origin, axes, size, cut, part, pieces, ball, near, far, melt, neighbours), low, high


def _pieces(shapes: tuple[Shape, ...]) -> Whole:
    """For each shape itself, if it is drawn apart, as fingers and boxes are; else the first of its part."""
    first: dict[str, int] = {}
    for number, shape in enumerate(shapes):
        first.setdefault(shape.part, number)
    return np.array(
        [
            number if shape.kind is Kind.BOX or shape.finger else first[shape.part]
            for number, shape in enumerate(shapes)
        ]
    )


def _reach(melt: Array, neighbours: Array) -> Array:
    """How far each part's shapes are felt by others, at most."""
    reach = melt.copy()
    for end in (0, 1):
        np.maximum.at(reach, neighbours[:, end].astype(int), neighbours[:, 2])
    return reach


def _bounds(shape: Shape, origin: Array, axes: Array) -> tuple[Array, Array]:
    """The lowest and the highest x, y, z."""
    if shape.kind is Kind.CONE:
        length, start, end, *squash = shape.size
        widest = max(*squash, 1)
        far = origin + axes[:, 2] * length
        ends = ((origin, start * widest), (far, end * widest))
        return np.min([at - r for at, r in ends], axis=0), np.max([at + r for at, r in ends], axis=0)
    radii = np.array(shape.size[:3])
    if shape.kind is Kind.ELLIPSOID:
        half = np.sqrt(((axes * radii) ** 2).sum(1))
    else:
        half = (np.abs(axes) * radii).sum(1)
    return origin - half, origin + half


def _ball(shape: Shape, origin: Array, axes: Array) -> Array:
    """Centre and radius of a sphere about the shape."""
    if shape.kind is Kind.CONE:
        length, start, end, *squash = shape.size
        widest = max(*squash, 1)
        start, end = start * widest, end * widest
        centre = origin + axes[:, 2] * (length + end - start) / 2
        return np.array([*centre, max((length + start + end) / 2, start, end)])
    half = shape.size[:3]
    radius = max(half) if shape.kind is Kind.ELLIPSOID else np.linalg.norm(half)
    return np.array([*origin, radius])
