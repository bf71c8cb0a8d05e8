"""What stands or lies around the body in a picture, as a pose file describes it. Units: stature = 100."""

from dataclasses import dataclass
from typing import Annotated, Self, TypeAlias

from clinic_app.illustrator.geometry import Vector
from clinic_app.illustrator.names import Segment, Side
from clinic_app.illustrator.schema import Reader


@dataclass(frozen=True, slots=True)
class Point:
    """A place of the world or, with `on`, in a segment's frame; `shift` moves it along the world's axes."""

    at: Vector = (0, 0, 0)
    on: Segment = ""
    shift: Vector = (0, 0, 0)

    @classmethod
    def read(cls, reader: Reader, value: object, key: str) -> Self:
        """[x, y, z], or a table."""
        return reader.record(cls, {"at": value} if isinstance(value, list) else value, key)


@dataclass(frozen=True, slots=True)
class Mat:
    """A mat on the floor: `size` front to back and left to right, `t` thick, its sides slanted by `shear`."""

    at: tuple[float, float]
    size: tuple[float, float]
    shear: float = 9
    t: float = 1.1


@dataclass(frozen=True, slots=True)
class Floor:
    """A patch of floor to stand on."""

    at: tuple[float, float]
    size: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A block about its centre `at`, turned by `face` degrees about the upright."""

    at: Vector
    size: Vector
    name: str = "b"
    face: float = 0
    tone: Annotated[str, ("prop", "prop2", "wall")] = "prop"


@dataclass(frozen=True, slots=True)
class Chair:
    """A chair about the centre of its seat: width, depth, height of the seat and of the back."""

    at: tuple[float, float]
    face: float = 0
    w: float = 24
    d: float = 24
    h: float = 26
    back: float = 50


@dataclass(frozen=True, slots=True)
class Pillow:
    """A pillow about its centre."""

    at: Vector
    size: Vector
    face: float = 0


@dataclass(frozen=True, slots=True)
class Towel:
    """A rolled towel from `a` to `b`, of radius `r`."""

    a: Vector
    b: Vector
    r: float = 3


@dataclass(frozen=True, slots=True)
class Wall:
    """A wall of height `h` about the point `at` of the floor."""

    at: tuple[float, float]
    size: tuple[float, float]
    h: float = 110


@dataclass(frozen=True, slots=True)
class Plinth:
    """A treatment table whose top is at height 0: thickness `h`, and the length of leg that is seen."""

    at: tuple[float, float]
    size: tuple[float, float]
    h: float = 3
    leg: float = 8


@dataclass(frozen=True, slots=True)
class Band:
    """A loop band of width `h` round two limbs: each a segment and a height in its frame, with a radius."""

    around: tuple[tuple[Segment, float], tuple[Segment, float]]
    r: tuple[float, float] = (3, 3)
    h: float = 3.2


@dataclass(frozen=True, slots=True)
class Cylinder:
    """A straight bar from `a` to `b`, of radius `r`."""

    a: Vector
    b: Vector
    r: float = 1
    name: str = "c"


@dataclass(frozen=True, slots=True)
class Strap:
    """A flat belt of width `h` along points, its edge towards `normal`."""

    path: tuple[Point, ...]
    h: float = 3
    normal: Vector = (0, 0, 1)


@dataclass(frozen=True, slots=True)
class Hand:
    """A therapist's hand whose palm touches `at`; where the fingers, the palm and the arm point."""

    name: str
    side: Side
    at: Point
    fingers: Vector
    palm: Vector
    arm: Vector
    curl: float = 24
    length: float = 13


@dataclass(frozen=True, slots=True)
class Dynamometer:
    """A dynamometer that touches `at`: `normal` points away from the limb, `along` is its long side."""

    at: Point
    normal: Vector
    along: Vector


Thing: TypeAlias = (
    Mat | Floor | Box | Chair | Pillow | Towel | Wall | Plinth | Band | Cylinder | Strap | Hand | Dynamometer
)
