"""The solid things around the body, built from boxes, cones and ellipsoids."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise, product
from typing import Any

import numpy as np

from clinic_app.illustrator.geometry import Array, Vectorial, frame_along, square_to, turned, unit
from clinic_app.illustrator.hands import hand_frame, hand_shapes
from clinic_app.illustrator.names import outward
from clinic_app.illustrator.shape import Part, Shape, box, cone, ellipsoid
from clinic_app.illustrator.skeleton import Skeleton
from clinic_app.illustrator.things import (
    Band,
    Box,
    Chair,
    Cylinder,
    Dynamometer,
    Hand,
    Pillow,
    Plinth,
    Strap,
    Thing,
    Towel,
    Wall,
)

CORNERS = tuple(product((1, -1), repeat=2))
# A cone needs two radii that differ.
NEARLY = 0.99


@dataclass(frozen=True, slots=True)
class Solid:
    """One part of a prop, and its shapes in the world."""

    part: Part
    shapes: tuple[Shape, ...]


def solids_of(thing: Thing, skeleton: Skeleton) -> list[Solid]:
    """What is built for a thing; nothing for a mat or a floor, which are flat."""
    build = BUILDERS.get(type(thing))
    return list(build(thing, skeleton)) if build else []


def _solid(tone: str, name: str, *shapes: Shape, melt: float = 0, is_skin: bool = False) -> Solid:
    part = f"{tone} {name}"
    return Solid(Part(part, part, melt, tone, is_skin), tuple(shape.of(part) for shape in shapes))


def _box(thing: Box, _skeleton: Skeleton) -> Iterator[Solid]:
    half = np.array(thing.size) / 2
    yield _solid(thing.tone, thing.name, box("", thing.at, half, turned("Z", thing.face)))


def _chair(chair: Chair, _skeleton: Skeleton) -> Iterator[Solid]:
    turn = turned("Z", chair.face)
    depth, width = chair.d / 2, chair.w / 2
    leg = 0.85

    def block(centre: Vectorial, half: Vectorial) -> Shape:
        return box("", np.array([*chair.at, 0]) + turn @ np.asarray(centre, float), half, turn)

    yield _solid("prop", "seat", block((0.5, 0, chair.h - 1), (depth - 0.2, width - 0.3, 1)))
    for front, left in CORNERS:
        top = chair.h - 2 if front == 1 else chair.back
        # The front legs stand a little in from the seat's edge: equal faces would flicker.
        inset = 0.7 if front == 1 else 0
        at = (front * (depth - leg) - inset, left * (width - leg - inset), top / 2)
        yield _solid("prop2", f"leg {front} {left}", block(at, (leg, leg, top / 2)))
    yield _solid("prop", "back", block((0.9 - depth, 0, chair.back - 5.5), (0.5, width - 0.6, 4.6)))


def _pillow(pillow: Pillow, _skeleton: Skeleton) -> Iterator[Solid]:
    x, y, z = pillow.size
    turn = turned("Z", pillow.face)
    core = box("", pillow.at, (x / 2, y / 2, z * 0.26), turn, edge=z * 0.25)
    swell = ellipsoid("", pillow.at, (x * 0.47, y * 0.47, z * 0.5), turn)
    yield _solid("pillow", "pillow", core, swell, melt=3)


def _towel(towel: Towel, _skeleton: Skeleton) -> Iterator[Solid]:
    yield _solid("towel", "towel", cone("", towel.a, towel.b, (towel.r, towel.r * NEARLY)))


def _wall(wall: Wall, _skeleton: Skeleton) -> Iterator[Solid]:
    (x, y), (deep, wide) = wall.at, wall.size
    yield _solid("wall", "wall", box("", (x, y, wall.h / 2), (deep / 2, wide / 2, wall.h / 2)))


def _plinth(plinth: Plinth, _skeleton: Skeleton) -> Iterator[Solid]:
    (x, y), (wide, long) = plinth.at, plinth.size
    top = box("", (x, y, -plinth.h / 2), (wide / 2, long / 2, plinth.h / 2))
    yield _solid("prop", "top", top)
    for near, left in CORNERS:
        at = (x + near * (wide / 2 - 3), y + left * (long / 2 - 6), -plinth.h - plinth.leg / 2)
        yield _solid("prop2", f"post {near} {left}", box("", at, (1, 1, plinth.leg / 2)))


def _cylinder(bar: Cylinder, _skeleton: Skeleton) -> Iterator[Solid]:
    yield _solid("prop2", bar.name, cone("", bar.a, bar.b, (bar.r, bar.r * NEARLY)))


def _strap(strap: Strap, skeleton: Skeleton) -> Iterator[Solid]:
    points = [skeleton.place(point) for point in strap.path]
    yield _solid("band", "band", *_belt(points, unit(strap.normal), strap.h, thick=0.3))


def _band(band: Band, skeleton: Skeleton) -> Iterator[Solid]:
    """A belt round the hull of two round cross-sections."""
    (one, height), (two, other_height) = band.around
    first, second = skeleton.point(one, (0, 0, height)), skeleton.point(two, (0, 0, other_height))
    across = unit(second - first)
    edge = square_to(across, skeleton.rotation[one][:, 2] + skeleton.rotation[two][:, 2])
    beside = np.cross(edge, across)
    half = np.radians(np.linspace(90, 270, 9))
    points = [
        centre + radius * (np.cos(angle) * across + np.sin(angle) * beside)
        for centre, radius, angles in ((first, band.r[0], half), (second, band.r[1], half + np.pi))
        for angle in angles
    ]
    yield _solid("band", "band", *_belt([*points, points[0]], edge, band.h, thick=0.28))


def _belt(points: list[Array], edge: Array, width: float, thick: float) -> list[Shape]:
    """Flat boxes from point to point, a little longer than the way, so that no gap is seen."""
    half = (width / 2, thick)
    return [
        box(
            "",
            (start + end) / 2,
            (*half, float(np.linalg.norm(end - start)) / 2 + 0.1),
            frame_along(end - start, edge),
            0.1,
        )
        for start, end in pairwise(points)
    ]


def _hand(hand: Hand, skeleton: Skeleton) -> Iterator[Solid]:
    """Hand, forearm and a white cuff."""
    out = outward(hand.side)
    axes = hand_frame(hand.fingers, hand.palm, out)
    wrist = skeleton.place(hand.at) - axes @ np.array([0, -out, -4.2])
    arm, long = unit(hand.arm), hand.length
    shapes = [
        replace(shape, origin=wrist + axes @ shape.origin, axes=axes @ shape.axes)
        for shape in hand_shapes("", out, hand.curl)
    ]
    forearm = cone("", wrist, wrist + arm * long, (1.25, 1.9))
    yield _solid("therapist", hand.name, *shapes, forearm, melt=0.7, is_skin=True)
    cuff = cone("", wrist + arm * (long * 0.55), wrist + arm * (long + 3), (2.1, 2.6))
    cuff = replace(cuff, cut=(0, 0, 1, long * 0.45 + 1.5))
    yield _solid("cuff", hand.name, cuff, is_skin=True)


def _dynamometer(meter: Dynamometer, skeleton: Skeleton) -> Iterator[Solid]:
    away = unit(meter.normal)
    at = skeleton.place(meter.at) + away * 1.5
    yield _solid(
        "dynamometer", "dynamometer", box("", at, (3.9, 2.3, 1.6), frame_along(away, meter.along), 0.8)
    )


BUILDERS: dict[type, Callable[[Any, Skeleton], Iterator[Solid]]] = {
    Box: _box,
    Chair: _chair,
    Pillow: _pillow,
    Towel: _towel,
    Wall: _wall,
    Plinth: _plinth,
    Cylinder: _cylinder,
    Strap: _strap,
    Band: _band,
    Hand: _hand,
    Dynamometer: _dynamometer,
}
