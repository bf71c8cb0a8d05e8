"""The names that pose files use: sides, segments, joints and what a joint can do."""

from typing import Annotated, TypeAlias

SIDES = ("left", "right")


def _both(*names: str) -> tuple[str, ...]:
    return tuple(f"{name}_{side}" for side in SIDES for name in names)


def parted(name: str) -> tuple[str, str]:
    """A name and its side: "thigh_left" is ("thigh", "left"), "pelvis" is ("pelvis", "")."""
    stem, _, side = name.rpartition("_")
    return (stem, side) if side in SIDES else (name, "")


def outward(side: str) -> int:
    """The sign of y that points away from the midline on that side: +1 on the left, -1 on the right."""
    return -1 if side == "right" else 1


LEG = ("thigh", "shank", "foot")
ARM = ("upper_arm", "forearm", "hand")
SPINE = ("abdomen", "thorax", "neck", "head")
SEGMENTS = ("pelvis", *SPINE, *_both(*LEG, *ARM))
PLACEABLE = _both("foot", "hand")
LIMBS = _both("leg", "arm")
GHOSTS = (*LIMBS, *_both("shank"), "trunk", "all")

SPINAL = ("flexion", "left_bend", "left_rotation")
BALL = ("flexion", "abduction", "external_rotation")
MOVEMENTS = {
    "lumbar": SPINAL,
    "thorax": SPINAL,
    "neck": SPINAL,
    "head": SPINAL,
    "hip": BALL,
    "knee": ("flexion",),
    "ankle": ("dorsiflexion", "inversion"),
    "girdle": ("x", "y", "z"),
    "shoulder": BALL,
    "elbow": ("flexion", "pronation"),
    "wrist": ("flexion", "deviation"),
    "fingers": ("flexion",),
}
"""What each joint can do, in degrees; the shoulder girdle is moved, in units."""
JOINTS = ("lumbar", "thorax", "neck", "head", *_both(*tuple(MOVEMENTS)[4:]))

Side: TypeAlias = Annotated[str, SIDES]
Segment: TypeAlias = Annotated[str, SEGMENTS]
Placeable: TypeAlias = Annotated[str, PLACEABLE]
Limb: TypeAlias = Annotated[str, LIMBS]
Ghost: TypeAlias = Annotated[str, GHOSTS]
