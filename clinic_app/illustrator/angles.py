"""The joint angles of a finished skeleton, read back the way the clinic measures them."""

import numpy as np

from clinic_app.illustrator.geometry import Array
from clinic_app.illustrator.names import SIDES, outward
from clinic_app.illustrator.skeleton import Skeleton

BALL_JOINTS = {"hip": ("pelvis", "thigh"), "shoulder": ("thorax", "upper_arm")}
HINGES = {"knee": ("thigh", "shank"), "elbow": ("upper_arm", "forearm")}


def angles_of(skeleton: Skeleton) -> dict[str, dict[str, float]]:
    """Joint ("hip_left") -> movement -> degrees, for hips, knees, ankles, shoulders and elbows."""
    read: dict[str, dict[str, float]] = {}
    for side in SIDES:
        for joint, (above, below) in BALL_JOINTS.items():
            read[f"{joint}_{side}"] = _ball(_between(skeleton, above, f"{below}_{side}"), outward(side))
        for joint, (above, below) in HINGES.items():
            bend = _between(skeleton, f"{above}_{side}", f"{below}_{side}")[2, 2]
            read[f"{joint}_{side}"] = {"flexion": float(np.degrees(np.arccos(np.clip(bend, -1, 1))))}
        ankle = _between(skeleton, f"shank_{side}", f"foot_{side}")
        read[f"ankle_{side}"] = {"dorsiflexion": _ball(ankle, 1)["flexion"]}
    return read


def _between(skeleton: Skeleton, above: str, below: str) -> Array:
    made: Array = skeleton.rotation[above].T @ skeleton.rotation[below]
    return made


def _ball(turn: Array, out: int) -> dict[str, float]:
    """Flexion about y, then abduction about x, then rotation about z."""
    return {
        "flexion": float(np.degrees(np.arctan2(-turn[0, 2], turn[2, 2]))),
        "abduction": float(np.degrees(-out * np.arcsin(np.clip(turn[1, 2], -1, 1)))),
        "external_rotation": float(np.degrees(out * np.arctan2(turn[1, 0], turn[1, 1]))),
    }
