"""The skeleton: segments that turn at joints. In each frame x points forwards, y left and z up (standing)."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from clinic_app.illustrator.geometry import Array, Vector, Vectorial, halved, turned
from clinic_app.illustrator.names import SEGMENTS, SIDES, outward, parted
from clinic_app.illustrator.pose import Joints, Pelvis, Pose
from clinic_app.illustrator.things import Point

THIGH, SHANK, UPPER_ARM, FOREARM = 24.5, 24.6, 17.3, 14.6
SOLE = 4.15
"""How far the sole is below the ankle."""

# Segment -> the one it hangs on, and where in its frame; the left side, the right one is its mirror image.
HANGS_ON: dict[str, tuple[str, Vector]] = {
    "abdomen": ("pelvis", (-0.6, 0, 6.5)),
    "thorax": ("abdomen", (-0.2, 0, 8.5)),
    "neck": ("thorax", (-1.2, 0, 15.6)),
    "head": ("neck", (0.5, 0, 4.4)),
    "thigh": ("pelvis", (0, 5.0, 0)),
    "shank": ("thigh", (0, 0, -THIGH)),
    "foot": ("shank", (0, 0, -SHANK)),
    "upper_arm": ("thorax", (-0.8, 10.1, 12.3)),
    "forearm": ("upper_arm", (0, 0, -UPPER_ARM)),
    "hand": ("forearm", (0, 0, -FOREARM)),
}

# The joint above a segment where it is not called like the segment.
JOINT_ABOVE = {
    "abdomen": "lumbar",
    "thigh": "hip",
    "shank": "knee",
    "foot": "ankle",
    "upper_arm": "shoulder",
    "forearm": "elbow",
    "hand": "wrist",
}

# Where the pelvis's x, y and z point in the world.
LYING = {
    "standing": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "supine": ((0, 0, 1), (-1, 0, 0), (0, -1, 0)),
    "prone": ((0, 0, -1), (1, 0, 0), (0, -1, 0)),
    "quadruped": ((0, 0, -1), (1, 0, 0), (0, -1, 0)),
    "side_lying_right": ((1, 0, 0), (0, 0, 1), (0, -1, 0)),
    "side_lying_left": ((-1, 0, 0), (0, 0, -1), (0, -1, 0)),
}


@dataclass(frozen=True, slots=True)
class Skeleton:
    """Every segment's frame: its rotation, 3 x 3, and its origin, in units of the world."""

    rotation: Mapping[str, Array]
    origin: Mapping[str, Array]

    def point(self, segment: str, local: Vectorial = (0, 0, 0)) -> Array:
        """A point of a segment's frame in the world."""
        made: Array = self.origin[segment] + self.rotation[segment] @ np.asarray(local, float)
        return made

    def place(self, point: Point) -> Array:
        """A point of a pose file in the world."""
        place = self.point(point.on, point.at) if point.on else np.array(point.at, float)
        return place + point.shift

    def local(self, points: Array, segment: str) -> Array:
        """World points, n x 3, in a segment's frame."""
        made: Array = (points - self.origin[segment]) @ self.rotation[segment]
        return made

    def moved(self, by: Vectorial) -> "Skeleton":
        """The whole skeleton elsewhere."""
        shift = np.asarray(by, float)
        return Skeleton(self.rotation, {name: origin + shift for name, origin in self.origin.items()})


def skeleton_of(pose: Pose) -> Skeleton:
    """The skeleton with the pose's joint angles, not yet grounded, its feet and hands not yet placed."""
    rotation = {"pelvis": pelvis_rotation(pose.position, pose.pelvis)}
    origin = {"pelvis": np.array(pose.pelvis.at, float)}
    for segment in SEGMENTS[1:]:
        stem, side = parted(segment)
        above, (x, y, z) = HANGS_ON[stem]
        above = _on_side(above, side)
        offset = np.array([x, y * outward(side), z])
        if stem == "upper_arm":
            offset += pose.joints.of(f"girdle_{side}")
        origin[segment] = origin[above] + rotation[above] @ offset
        rotation[segment] = rotation[above] @ joint_rotation(pose.joints, stem, side)
    return with_half_hips(Skeleton(rotation, origin))


def _on_side(segment: str, side: str) -> str:
    return segment if segment in SEGMENTS else f"{segment}_{side}"


def pelvis_rotation(position: str, pelvis: Pelvis) -> Array:
    """The pelvis in the world: turned in its own frame, laid in its position, then turned as a whole."""
    whole = turned("XYZ", pelvis.roll, pelvis.pitch, pelvis.turn)
    own = turned("ZYX", pelvis.rotation, pelvis.tilt, pelvis.right_drop)
    made: Array = whole @ np.array(LYING[position], float).T @ own
    return made


def joint_rotation(joints: Joints, segment: str, side: str) -> Array:
    """How a segment is turned against the one above, as the clinic counts: flexion first, rotation last."""
    out = outward(side)
    joint = JOINT_ABOVE.get(segment, segment)
    angles = joints.of(f"{joint}_{side}" if side else joint)
    match joint, angles:
        case "hip" | "shoulder", (flexion, abduction, external_rotation):
            return turned("YXZ", -flexion, out * abduction, out * external_rotation)
        case "knee", (flexion,):
            return turned("Y", flexion)
        case "ankle", (dorsiflexion, inversion):
            return turned("YX", -dorsiflexion, -out * inversion)
        case "elbow", (flexion, pronation):
            return turned("YZ", -flexion, -out * pronation)
        case "wrist", (flexion, deviation):
            return turned("XY", -out * flexion, -deviation)
        case _, (flexion, left_bend, left_rotation):
            return turned("YXZ", flexion, -left_bend, left_rotation)
    raise KeyError(joint)


def with_half_hips(skeleton: Skeleton) -> Skeleton:
    """The skeleton with a frame at each hip that turns half as far as the thigh: it carries the buttock."""
    rotation, origin = dict(skeleton.rotation), dict(skeleton.origin)
    pelvis = rotation["pelvis"]
    for side in SIDES:
        rotation[f"hip_{side}"] = pelvis @ halved(pelvis.T @ rotation[f"thigh_{side}"])
        origin[f"hip_{side}"] = origin[f"thigh_{side}"]
    return Skeleton(rotation, origin)
