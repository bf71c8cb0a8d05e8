"""The patient's body: the table in body.toml on a skeleton."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from clinic_app.illustrator.geometry import Vector
from clinic_app.illustrator.hands import hand_shapes
from clinic_app.illustrator.names import SIDES, outward, parted
from clinic_app.illustrator.pose import Pose
from clinic_app.illustrator.schema import Reader
from clinic_app.illustrator.shape import Part, Shape, cone, ellipsoid
from clinic_app.illustrator.skeleton import Skeleton

TABLE = Path(__file__).with_name("body.toml")
Neighbours = tuple[str, str, float]


@dataclass(frozen=True, slots=True)
class Entry:
    """One shape of the table."""

    radii: tuple[float, ...]
    on: str = ""
    centre: Vector | None = None
    from_: Vector = (0, 0, 0)
    to: Vector = (0, 0, 0)
    squash: tuple[float, float] = (1, 1)
    cut: tuple[float, float, float, float] | None = None

    def shape(self, part: str, out: int) -> Shape:
        """The shape in the frame of its segment: on the left (`out` +1), or its mirror image (-1)."""

        def mirrored(vector: Vector) -> Vector:
            return (vector[0], vector[1] * out, vector[2])

        if self.centre:
            made = ellipsoid(part, mirrored(self.centre), self.radii)
        else:
            made = cone(part, mirrored(self.from_), mirrored(self.to), self.radii, self.squash)
        return replace(made, cut=self.cut)

    @property
    def is_paired(self) -> bool:
        """Whether the right side has one of its own."""
        sideways = self.centre[1] if self.centre else self.to[1]
        return bool(sideways) or parted(self.on)[1] != ""


@dataclass(frozen=True, slots=True)
class PartEntry:
    """One part of the table; `hair`: only that hair has it."""

    name: str
    limb: str
    shapes: tuple[Entry, ...]
    melt: float = 0
    hair: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """body.toml."""

    neighbours: tuple[Neighbours, ...]
    parts: tuple[PartEntry, ...]


@cache
def table() -> Table:
    """The table as it stands in the file."""
    return Reader(TABLE.name).record(Table, tomllib.loads(TABLE.read_text("utf-8")), "")


def neighbours() -> list[Neighbours]:
    """The parts of a body that melt into each other, and how far."""
    told = table().neighbours
    return [pair for one, two, melt in told for pair in _sided(one, two, melt)]


def _sided(one: str, two: str, melt: float) -> Iterator[Neighbours]:
    for side in SIDES if parted(two)[1] else ("left",):
        yield _on(one, side), _on(two, side), melt


def parts_of(pose: Pose) -> list[Part]:
    """The parts of the person in the pose."""
    return [
        Part(_on(entry.name, side), _on(entry.limb, side), entry.melt, is_skin=True)
        for entry in _worn(pose)
        for side in _sides(entry.name)
    ]


def shapes_of(pose: Pose, skeleton: Skeleton) -> list[Shape]:
    """The shapes of the person in the pose, in the world."""
    return [shape.carried(skeleton, shape.segment) for shape in _in_frames(pose)]


def _in_frames(pose: Pose) -> Iterator[Shape]:
    for entry in _worn(pose):
        for side in _sides(entry.name):
            name = _on(entry.name, side)
            if entry.name == "hand_left":
                (bend,) = pose.joints.of(f"fingers_{side}")
                yield from (replace(shape, segment=name) for shape in hand_shapes(name, outward(side), bend))
            for shape in entry.shapes:
                for here in SIDES if not side and shape.is_paired else (side,):
                    segment = _on(shape.on or entry.name, here)
                    yield replace(shape.shape(name, outward(here)), segment=segment)


def _worn(pose: Pose) -> Iterator[PartEntry]:
    return (entry for entry in table().parts if entry.hair in ("", pose.person.hair))


def _sides(name: str) -> tuple[str, ...]:
    return SIDES if parted(name)[1] else ("",)


def _on(name: str, side: str) -> str:
    """The name on that side; a name of the midline stays."""
    stem, own = parted(name)
    return f"{stem}_{side}" if own else stem
