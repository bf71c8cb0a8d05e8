"""The solid shapes that bodies and props are made of, and the parts that they make up."""

from dataclasses import dataclass, replace
from enum import IntEnum

import numpy as np

from clinic_app.illustrator.geometry import Array, Vectorial, frame_between
from clinic_app.illustrator.skeleton import Skeleton


class Kind(IntEnum):
    """What the numbers of its size are.

    A cone: length, radius at its start and its end, squash in x and y. An ellipsoid: three radii. A box:
    three half sizes, and the radius of its edges.
    """

    CONE = 0
    ELLIPSOID = 1
    BOX = 2


@dataclass(frozen=True, slots=True)
class Part:
    """Shapes that melt into each other; `limb` is what is tidied and tinted as one.

    A prop's or a therapist's part has a `tone`; the patient's is coloured by where a point is.
    """

    name: str
    limb: str
    melt: float = 0
    tone: str = ""
    is_skin: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """One solid: origin and axes in the world, a cone along its z; `cut` keeps n.p <= c in its own frame."""

    part: str
    kind: Kind
    origin: Array
    axes: Array
    size: tuple[float, ...]
    cut: tuple[float, float, float, float] | None = None
    segment: str = ""
    finger: str = ""

    @property
    def lowest(self) -> float:
        """The height of its lowest point, leaving the cut aside."""
        up, size = self.axes[2], np.array(self.size)
        height = float(self.origin[2])
        if self.kind is Kind.ELLIPSOID:
            return height - float(np.linalg.norm(size[:3] * up))
        if self.kind is Kind.BOX:
            return height - float(np.abs(size[:3] * up).sum())
        length, start, end, *squash = self.size
        reach = float(np.linalg.norm(up * (*squash, 1)))
        return min(height - start * reach, height + length * float(up[2]) - end * reach)

    def of(self, part: str) -> "Shape":
        """The same shape as a part of something else."""
        return replace(self, part=part)

    def carried(self, skeleton: Skeleton, segment: str) -> "Shape":
        """A shape given in a segment's frame, in the world."""
        axes = skeleton.rotation[segment] @ self.axes
        return replace(self, origin=skeleton.point(segment, self.origin), axes=axes)


def ellipsoid(part: str, centre: Vectorial, radii: Vectorial, axes: Array | None = None) -> Shape:
    """An ellipsoid about `centre`."""
    return Shape(part, Kind.ELLIPSOID, np.array(centre, float), _axes(axes), tuple(radii))


def box(part: str, centre: Vectorial, half: Vectorial, axes: Array | None = None, edge: float = 0) -> Shape:
    """A box about `centre`, `half` its size, its edges rounded to the radius `edge`."""
    return Shape(part, Kind.BOX, np.array(centre, float), _axes(axes), (*half, edge))


def cone(part: str, start: Vectorial, end: Vectorial, radii: Vectorial, squash: Vectorial = (1, 1)) -> Shape:
    """A cone from `start` to `end` with a ball at each end."""
    length = float(np.linalg.norm(np.asarray(end, float) - np.asarray(start, float)))
    size = (length, *radii, *squash)
    return Shape(part, Kind.CONE, np.array(start, float), frame_between(start, end), size)


def _axes(axes: Array | None) -> Array:
    return np.eye(3) if axes is None else axes
