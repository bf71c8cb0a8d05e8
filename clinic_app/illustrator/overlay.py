"""Arrows, lines and marks over the picture."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from scipy.interpolate import CubicSpline

from clinic_app.illustrator.arrows import Painted, block, swoosh
from clinic_app.illustrator.drawing import Layer, Step, Stroke, Style, dot, polyline, spot
from clinic_app.illustrator.geometry import Array
from clinic_app.illustrator.motion import between
from clinic_app.illustrator.palette import INK, TONES, WHITE
from clinic_app.illustrator.pose import Pose
from clinic_app.illustrator.raster import SCALE, on_paper
from clinic_app.illustrator.reach import held
from clinic_app.illustrator.scene import Scene
from clinic_app.illustrator.signs import Follow, Line, Mark, Push, Straight

COLOURS = {"move": TONES["move"], "resist": TONES["force"]}
# Poses between the start and the end of a movement, and points along a straight or a bent way.
POSES, ON_STRAIGHT, ON_BENT = 13, 9, 15
# The signs of the marks, about their centre.
SIGNS: dict[str, tuple[tuple[tuple[int, int], tuple[Step, ...]], ...]] = {
    "plus": (((-15, 0), (((15, 0),),)), ((0, -15), (((0, 15),),))),
    "minus": (((-15, 0), (((15, 0),),)),),
    "1": (((-7, -8), (((1, -15),), ((1, 15),))), ((-8, 15), (((10, 15),),))),
    "2": (
        (
            (-10, -8),
            (((-8, -15), (0, -15)), ((10, -15), (10, -7)), ((10, -1), (2, 5)), ((-10, 15),), ((11, 15),)),
        ),
    ),
    "3": (
        (
            (-9, -12),
            (
                ((-6, -16), (0, -16)),
                ((9, -15), (9, -8)),
                ((8, -1), (0, -1)),
                ((10, -1), (10, 7)),
                ((9, 16), (0, 16)),
                ((-7, 16), (-10, 12)),
            ),
        ),
    ),
    "good": (((-14, 1), (((-4, 12),), ((14, -11),))),),
    "bad": (((-12, -12), (((12, 12),),)), ((12, -12), (((-12, 12),),))),
    "clock": (((0, -17), (((0, 0),), ((11, 8),))),),
}
RIM = Style(Layer.MARK_EDGES, stroke=INK, width=65)
DISC = Style(Layer.MARK_DISCS, stroke=WHITE, width=55)
SIGN = Style(Layer.MARKS, stroke=INK, width=7)
LINE_EDGE = Style(Layer.RULE_EDGES, stroke=WHITE, width=14)


def overlay_of(pose: Pose, start: Pose, scene: Scene) -> Iterator[tuple[Style, Stroke]]:
    """All that explains the pose; `start` is where its movements come from."""
    for arrow in pose.arrows:
        yield from ARROWS[type(arrow)](arrow, pose, start, scene)
    for line in pose.lines:
        yield from _line(line, scene)
    for mark in pose.marks:
        yield from _mark(mark, scene)


def _shifted(points: Array, shift: tuple[float, float]) -> Array:
    return points + np.multiply(shift, (SCALE, -SCALE))


def _follow(arrow: Follow, pose: Pose, start: Pose, scene: Scene) -> Painted:
    """The way of a landmark through the poses in between, pushed away from a pivot."""
    shares = np.linspace(*arrow.part, POSES)
    skeletons = [held(between(start, pose, float(share))).skeleton for share in shares]
    places = np.array([skeleton.point(arrow.on, arrow.at) for skeleton in skeletons])
    points = _shifted(on_paper(scene.view, places), arrow.shift)
    if arrow.around and arrow.outward:
        pivot = on_paper(scene.view, scene.skeleton.place(arrow.around))
        away = points - pivot
        points = points + away / np.linalg.norm(away, axis=1)[:, None] * arrow.outward * SCALE
    return swoosh(points, COLOURS[arrow.meaning])


def _straight(arrow: Straight, _pose: Pose, _start: Pose, scene: Scene) -> Painted:
    """Through the points, in a curve when there are more than two."""
    points = np.array([on_paper(scene.view, scene.skeleton.place(point)) for point in arrow.path])
    order = np.arange(len(points))
    if len(points) > 2:
        points = CubicSpline(order, points)(np.linspace(0, order[-1], ON_BENT))
    else:
        points = points[0] + (points[1] - points[0]) * np.linspace(0, 1, ON_STRAIGHT)[:, None]
    return swoosh(_shifted(points, arrow.shift), COLOURS[arrow.meaning])


def _push(arrow: Push, _pose: Pose, _start: Pose, scene: Scene) -> Painted:
    tip = _shifted(on_paper(scene.view, scene.skeleton.place(arrow.at)), arrow.shift)
    towards = on_paper(scene.view, np.array(arrow.towards))
    return block(tip, towards, arrow.length * SCALE, COLOURS[arrow.meaning])


ARROWS: dict[type, Callable[[Any, Pose, Pose, Scene], Painted]] = {
    Follow: _follow,
    Straight: _straight,
    Push: _push,
}


def _line(line: Line, scene: Scene) -> Painted:
    colour = TONES[line.colour]
    ends = [on_paper(scene.view, scene.skeleton.place(point)) for point in (line.from_, line.to)]
    stroke = polyline(_drawn_ends(line, *ends))
    if not line.dashed:
        yield LINE_EDGE, stroke
    dashes = "16 14" if line.dashed else ""
    yield Style(Layer.RULES, stroke=colour, width=line.width, dashes=dashes), stroke
    for end in ends if line.dots else ():
        yield Style(Layer.DOT_EDGES, stroke=WHITE, width=27), dot(end)
        yield Style(Layer.DOTS, stroke=colour, width=17), dot(end)


def _drawn_ends(line: Line, start: Array, end: Array) -> tuple[Array, Array]:
    """Both ends of the line itself: beyond the points, or level through one of them."""
    beyond = line.beyond * SCALE
    if not line.level:
        along = (end - start) / np.linalg.norm(end - start) * beyond
        return start - along, end + along
    through, other = (start, end) if line.level == "from" else (end, start)
    side = np.array([np.sign(other[0] - through[0]), 0])
    return through - side * beyond, through + side * (abs(other[0] - through[0]) + beyond)


def _mark(mark: Mark, scene: Scene) -> Painted:
    centre = on_paper(scene.view, scene.skeleton.place(mark.at))
    yield RIM, dot(centre)
    yield DISC, dot(centre)
    x, y = spot(centre)
    for (start_x, start_y), steps in SIGNS[mark.shows]:
        moved = tuple(tuple((right + x, down + y) for right, down in step) for step in steps)
        yield SIGN, Stroke((start_x + x, start_y + y), moved, upright=x)
