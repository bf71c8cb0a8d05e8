"""What is drawn over a picture to explain it, as a pose file describes it."""

from dataclasses import dataclass
from typing import Annotated, TypeAlias

from clinic_app.illustrator.geometry import Vector
from clinic_app.illustrator.names import Segment
from clinic_app.illustrator.things import Point

Meaning: TypeAlias = Annotated[str, ("move", "resist")]
Shift: TypeAlias = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Follow:
    """The way of a point from the start pose to this one: `part` of it, pushed `outward` from `around`."""

    on: Segment
    at: Vector
    around: Point | None = None
    outward: float = 0
    part: tuple[float, float] = (0.12, 1)
    meaning: Meaning = "move"
    shift: Shift = (0, 0)


@dataclass(frozen=True, slots=True)
class Straight:
    """An arrow through points."""

    path: tuple[Point, ...]
    meaning: Meaning = "move"
    shift: Shift = (0, 0)


@dataclass(frozen=True, slots=True)
class Push:
    """A block arrow whose tip is `at`, pointing `towards` a direction of the world."""

    at: Point
    towards: Vector
    length: float = 15
    meaning: Meaning = "resist"
    shift: Shift = (0, 0)


Arrow: TypeAlias = Follow | Straight | Push


@dataclass(frozen=True, slots=True)
class Line:
    """A line through two points and `beyond` them; `level`: a level one, through that end."""

    from_: Point
    to: Point
    beyond: float = 7
    dots: bool = False
    dashed: bool = False
    level: Annotated[str, ("", "from", "to")] = ""
    colour: Annotated[str, ("force", "ink", "move")] = "force"
    width: float = 7


@dataclass(frozen=True, slots=True)
class Mark:
    """A small round sign."""

    shows: Annotated[str, ("1", "2", "3", "plus", "minus", "good", "bad", "clock")]
    at: Point
