"""What colour each pixel has: clothes, hair and shoes are painted on the body where a point of it is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from clinic_app.illustrator.geometry import Array, Mask, Whole
from clinic_app.illustrator.names import parted
from clinic_app.illustrator.palette import TONES
from clinic_app.illustrator.pose import Pose
from clinic_app.illustrator.raster import Raster
from clinic_app.illustrator.scene import Scene
from clinic_app.illustrator.shape import Kind, Part

# Heights in the frame of the segment, in units.
WAIST, SHORTS_END, SLEEVE_ENDS, SOLE_STARTS = 6.6, -13.0, -8.6, -2.75
# A limb counts as far when the body stands this much across the view.
ACROSS = 0.75
# Props without edges to draw.
ROUND_TONES = ("pillow", "band")


@dataclass(frozen=True, slots=True, eq=False)
class Labels:
    """Height x width places in `names`: (tone, piece) pairs; 0 is the background.

    Where two pieces of one tone meet there is a line: fingers, and the faces of a box.
    """

    of: Whole
    names: tuple[tuple[str, str], ...]

    def tones(self) -> dict[str, list[int]]:
        """Tone -> the places of its labels."""
        tones: dict[str, list[int]] = {}
        for place, (tone, _) in enumerate(self.names[1:], start=1):
            tones.setdefault(tone, []).append(place)
        return tones


@dataclass(frozen=True, slots=True, eq=False)
class Patch:
    """What is seen of one part: n points of the world, and the nearest shape of each."""

    part: Part
    points: Array
    shapes: Whole
    scene: Scene
    has_dark_shoe: bool

    @property
    def everywhere(self) -> Mask:
        """All of it."""
        return np.ones(len(self.points), bool)

    def height(self, segment: str = "") -> Array:
        """Of each point, in the frame of that segment or of its own."""
        heights: Array = self.scene.skeleton.local(self.points, segment or self.part.name)[:, 2]
        return heights


Painted: TypeAlias = Iterator[tuple[Mask, str, str]]
"""Where, which tone, which piece; the later ones lie over the earlier."""


def far_limbs(pose: Pose, scene: Scene) -> tuple[str, ...]:
    """The arm and the leg on the far side, in views across the body, unless the pose names them itself."""
    if pose.far is not None:
        return pose.far
    far = []
    for limb, segment in (("leg", "pelvis"), ("arm", "thorax")):
        towards_us = scene.skeleton.rotation[segment][:, 1] @ scene.view[2]
        if abs(towards_us) > ACROSS:
            far.append(f"{limb}_right" if towards_us > 0 else f"{limb}_left")
    return tuple(far)


def labels_of(raster: Raster, scene: Scene, pose: Pose) -> Labels:
    """Every pixel's label."""
    rows, columns, points = raster.surface()
    parts, shapes = raster.part[rows, columns], raster.shape[rows, columns]
    far = far_limbs(pose, scene)
    places = {("", ""): 0}
    painted = np.zeros(len(rows), int)
    for number, part in enumerate(scene.parts):
        here = np.nonzero(parts == number)[0]
        if not len(here):
            continue
        side = parted(part.name)[1]
        patch = Patch(part, points[here], shapes[here], scene, pose.worked in ("both", side))
        for mask, tone, piece in _paint(patch):
            label = (f"{tone}_far" if part.limb in far else tone, piece)
            painted[here[mask]] = places.setdefault(label, len(places))
    of = np.zeros(raster.part.shape, int)
    of[rows, columns] = painted
    return Labels(of, tuple(places))


def _paint(patch: Patch) -> Painted:
    if patch.part.tone:
        return _prop(patch)
    return BODY[parted(patch.part.name)[0]](patch)


def _plain(tone: str) -> Callable[[Patch], Painted]:
    def paint(patch: Patch) -> Painted:
        yield patch.everywhere, tone, ""

    return paint


def _trunk(patch: Patch) -> Painted:
    """The waistband follows the pelvis, so that a tilt shows; the neckline is a slanted dish."""
    yield patch.everywhere, "shorts", ""
    yield patch.height("pelvis") > WAIST, "shirt", ""
    x, y, z = patch.scene.skeleton.local(patch.points, "thorax").T
    yield z > 14.7 - 0.42 * (x - 3) + 0.045 * y**2, "skin", ""


def _thigh(patch: Patch) -> Painted:
    yield patch.everywhere, "skin", ""
    yield patch.height() > SHORTS_END, "shorts", ""


def _upper_arm(patch: Patch) -> Painted:
    yield patch.everywhere, "skin", ""
    yield patch.height() > SLEEVE_ENDS, "shirt", ""


def _foot(patch: Patch) -> Painted:
    """The shoe is dark on the leg that works, its sole too: that tells the treated leg without colour."""
    shade = "dark" if patch.has_dark_shoe else "white"
    yield patch.everywhere, f"{shade}_sole", ""
    yield patch.height() > SOLE_STARTS, f"{shade}_shoe", ""


def _hand(patch: Patch) -> Painted:
    tone = patch.part.tone or "skin"
    yield patch.everywhere, tone, ""
    fingers = [shape.finger and f"{patch.part.name} {shape.finger}" for shape in patch.scene.shapes]
    for shape in np.unique(patch.shapes):
        if fingers[shape]:
            yield patch.shapes == shape, tone, fingers[shape]


def _prop(patch: Patch) -> Painted:
    """Boxes are split by face, so that their edges are drawn; what faces sideways is darker."""
    part = patch.part
    if part.tone == "therapist":
        yield from _hand(patch)
        return
    yield patch.everywhere, part.tone, part.name
    if part.tone in ROUND_TONES:
        return
    side_tone = f"{part.tone}_side" if f"{part.tone}_side" in TONES else part.tone
    for number in np.unique(patch.shapes):
        shape = patch.scene.shapes[number]
        if shape.kind is not Kind.BOX:
            continue
        here = np.nonzero(patch.shapes == number)[0]
        inside = np.abs((patch.points[here] - shape.origin) @ shape.axes) - shape.size[:3]
        for axis, tone in enumerate((side_tone, side_tone, part.tone)):
            face = np.zeros(len(patch.points), bool)
            face[here[inside.argmax(1) == axis]] = True
            yield face, tone, f"{number} {axis}"


BODY: dict[str, Callable[[Patch], Painted]] = {
    "pelvis": _trunk,
    "abdomen": _trunk,
    "thorax": _trunk,
    "neck": _plain("skin"),
    "head": _plain("skin"),
    "ear": _plain("skin"),
    "hair": _plain("hair"),
    "bun": _plain("hair"),
    "eye": _plain("ink"),
    "thigh": _thigh,
    "short": _plain("shorts"),
    "shank": _plain("skin"),
    "foot": _foot,
    "upper_arm": _upper_arm,
    "sleeve": _plain("shirt"),
    "forearm": _plain("skin"),
    "hand": _hand,
}
