"""How a person is held in one panel, and all that is drawn around. Units: stature = 100, and degrees."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Self

from clinic_app.illustrator.geometry import Vector
from clinic_app.illustrator.names import (
    JOINTS,
    MOVEMENTS,
    SEGMENTS,
    Ghost,
    Limb,
    Placeable,
    Segment,
    parted,
)
from clinic_app.illustrator.schema import Reader
from clinic_app.illustrator.signs import Arrow, Line, Mark
from clinic_app.illustrator.things import Thing

POSITIONS = ("standing", "supine", "prone", "quadruped", "side_lying_right", "side_lying_left")
MUSCLES = tuple(
    f"{name}_{side}"
    for name in ("gluteus_medius", "gluteus_maximus", "quadriceps")
    for side in ("left", "right")
)
# Arms hang a little away from the trunk, and fingers are a little bent, where nothing else is said.
AT_REST = {"shoulder": (0.0, 7.0, 0.0), "fingers": (14.0,)}


@dataclass(frozen=True, slots=True)
class Joints:
    """The angles of each joint that the file names, in the order of `names.MOVEMENTS`."""

    told: Mapping[str, tuple[float, ...]] = field(default_factory=dict)

    def of(self, joint: str) -> tuple[float, ...]:
        """The angles of that joint in degrees (a shoulder girdle: its offset in units)."""
        stem = parted(joint)[0]
        return self.told.get(joint) or AT_REST.get(stem) or (0.0,) * len(MOVEMENTS[stem])

    @classmethod
    def read(cls, reader: Reader, value: object, key: str) -> Self:
        """A table of joints, each a table of movements; a girdle is [x, y, z] and fingers are a number."""
        told = {}
        for joint, given in reader.table(value, key).items():
            here = f"{key}.{joint}"
            stem = parted(reader.one_of(joint, JOINTS, here, given))[0]
            movements = MOVEMENTS[stem]
            if stem == "fingers":
                told[joint] = (reader.number(given, here),)
            elif stem == "girdle":
                told[joint] = reader.value(Vector, given, here)
            else:
                angles = reader.value(dict[Annotated[str, movements], float], given, here)
                told[joint] = tuple(angles.get(movement, 0.0) for movement in movements)
        return cls(told)


@dataclass(frozen=True, slots=True)
class Rests:
    """What touches down: the lowest of these segments is at height 0 or, with `at`, the first is there."""

    on: tuple[str, ...] = SEGMENTS
    at: Vector | None = None
    all: bool = True

    @classmethod
    def read(cls, reader: Reader, value: object, key: str) -> Self:
        """ "all", "nothing", a list of segments, or a table of one segment and its place."""
        if isinstance(value, str):
            return cls(all=reader.one_of(value, ("all", "nothing"), key, value) == "all", on=())
        if isinstance(value, list):
            return cls(on=reader.value(tuple[Segment, ...], value, key), all=False)
        names = {"upper_body": ("thorax", "head", "neck")} | {name: (name,) for name in SEGMENTS}
        pinned = reader.record(Pinned, value, key)
        return cls(
            on=names[reader.one_of(pinned.on, tuple(names), f"{key}.on", pinned.on)], at=pinned.at, all=False
        )


@dataclass(frozen=True, slots=True)
class Pinned:
    """A segment, or the upper body, whose origin stands over x, y and whose lowest point is at z."""

    on: str
    at: Vector


@dataclass(frozen=True, slots=True)
class Stance:
    """The leg that is stood on; the pelvis is as high as its knee's flexion asks."""

    leg: Annotated[str, ("left", "right")]
    knee: float


@dataclass(frozen=True, slots=True)
class Pelvis:
    """How the pelvis is turned out of its position, and where the middle of the hips is."""

    turn: float = 0
    roll: float = 0
    pitch: float = 0
    rotation: float = 0
    tilt: float = 0
    right_drop: float = 0
    at: Vector = (0, 0, 0)
    stands_on: Stance | None = None


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a foot or a hand is put: `from_` a segment's origin, or `within` its frame; the limb follows."""

    at: Vector
    from_: Segment = ""
    within: Segment = ""
    height: float | None = None
    flat: bool = False
    toes: Vector | None = None
    up: Vector | None = None
    bends_towards: Vector | None = None
    dorsiflexion: float | None = None
    fingers: Vector | None = None
    palm: Vector | None = None


@dataclass(frozen=True, slots=True)
class Camera:
    """Where we look from: turned about the upright, and degrees above the level."""

    turn: float = 0
    height: float = 12


@dataclass(frozen=True, slots=True)
class Person:
    """Who is drawn."""

    hair: Annotated[str, ("short", "bun", "tail")] = "short"
    skin: Annotated[str, ("light", "medium", "dark")] = "light"


@dataclass(frozen=True, slots=True)
class Pose:
    """One panel."""

    worked: Annotated[str, ("left", "right", "both", "none")] = "both"
    position: Annotated[str, POSITIONS] = "standing"
    camera: Camera = Camera()
    person: Person = Person()
    muscles: tuple[Annotated[str, MUSCLES], ...] = ()
    rests: Rests = Rests()
    pelvis: Pelvis = Pelvis()
    joints: Joints = field(default_factory=Joints)
    placed: dict[Placeable, Placement] = field(default_factory=dict)
    props: tuple[Thing, ...] = ()
    more_props: tuple[Thing, ...] = ()
    arrows: tuple[Arrow, ...] = ()
    lines: tuple[Line, ...] = ()
    marks: tuple[Mark, ...] = ()
    ghost: tuple[Ghost, ...] = ()
    far: tuple[Limb, ...] | None = None
