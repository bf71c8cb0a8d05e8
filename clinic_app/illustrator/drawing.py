"""A drawing: strokes, one over the other, in whole units (stature = 1000), x to the right and y down."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum
from math import hypot
from typing import TypeAlias

from clinic_app.illustrator.geometry import Array

Spot: TypeAlias = tuple[int, int]
Step: TypeAlias = tuple[Spot, ...]
"""What follows: one spot for a straight line, two for a quadratic curve, three for a cubic one."""

# A curve whose handles are nearer than this to its chord is a straight line.
FLAT = 0.8


class Layer(IntEnum):
    """What lies over what, the lowest first."""

    GROUND = 0
    GHOST = 1
    PROPS = 2
    BODY = 3
    CLOTHES = 4
    FACE = 5
    MUSCLE = 6
    FIBRES = 7
    FAR_LINES = 8
    LINES = 9
    ARROW_EDGES = 10
    ARROWS = 11
    RULE_EDGES = 12
    RULES = 13
    DOT_EDGES = 14
    DOTS = 15
    MARK_EDGES = 16
    MARK_DISCS = 17
    MARKS = 18


@dataclass(frozen=True, slots=True)
class Style:
    """How a path is painted; "" is not at all."""

    layer: Layer
    fill: str = ""
    stroke: str = ""
    width: float = 0
    dashes: str = ""


@dataclass(frozen=True, slots=True)
class Stroke:
    """A way from spot to spot. `upright`: it is part of a sign about this x, which no mirror turns over."""

    start: Spot
    steps: tuple[Step, ...]
    closed: bool = False
    upright: int | None = None

    @property
    def spots(self) -> tuple[Spot, ...]:
        """All its spots, handles too."""
        return (self.start, *(spot for step in self.steps for spot in step))


@dataclass(frozen=True, slots=True)
class Frame:
    """Left, top, right and bottom of a drawing."""

    left: int
    top: int
    right: int
    bottom: int

    def around(self, other: "Frame") -> "Frame":
        """The frame about both."""
        return Frame(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )


@dataclass(frozen=True, slots=True)
class Drawing:
    """Strokes by style, and the frame about them."""

    frame: Frame
    strokes: dict[Style, tuple[Stroke, ...]] = field(default_factory=dict)

    def with_frame(self, frame: Frame) -> "Drawing":
        """The same in another frame."""
        return Drawing(frame, self.strokes)


def spot(point: Array) -> Spot:
    """The nearest whole spot."""
    x, y = point
    return round(float(x)), round(float(y))


def polyline(points: Iterable[Array], closed: bool = False) -> Stroke:
    """Straight lines through the points; spots that fall together are one."""
    spots = _apart(points)
    if closed and spots[0] == spots[-1]:
        spots = spots[:-1] or spots
    return Stroke(spots[0], tuple((here,) for here in spots[1:]), closed)


def _apart(points: Iterable[Array]) -> list[Spot]:
    spots: list[Spot] = []
    for point in points:
        if not spots or spot(point) != spots[-1]:
            spots.append(spot(point))
    return spots


def dot(point: Array) -> Stroke:
    """A stroke of no length: its round ends make a dot as wide as it is."""
    here = spot(point)
    return Stroke(here, ((here,),))


def curve(curves: Array, closed: bool = False) -> Stroke | None:
    """Cubic curves, n x 4 x 2, end to end; None when nothing is left of them in whole units."""
    here = start = spot(curves[0, 0])
    steps: list[Step] = []
    for one, two, end in (map(spot, points[1:]) for points in curves):
        if not one == two == end == here:
            steps.append((end,) if _is_flat(here, one, two, end) else (one, two, end))
            here = end
    return Stroke(start, tuple(steps), closed) if steps else None


def _is_flat(start: Spot, one: Spot, two: Spot, end: Spot) -> bool:
    (left, top), (across, down) = start, (end[0] - start[0], end[1] - start[1])
    length = hypot(across, down)
    off = [abs((x - left) * down - (y - top) * across) for x, y in (one, two)]
    return length > 0 and max(off) / length < FLAT
