"""Joint angles in, joint angles out; and limbs that reach."""

import numpy as np
import pytest

from clinic_app.illustrator.angles import angles_of
from clinic_app.illustrator.body import shapes_of
from clinic_app.illustrator.pose import Joints, Pelvis, Placement, Pose, Rests, Stance
from clinic_app.illustrator.reach import held, lowest, two_bones
from clinic_app.illustrator.skeleton import SHANK, THIGH

STANDING = Pose(rests=Rests(on=(), all=False))


def posed(**joints: tuple[float, ...]) -> Pose:
    return Pose(joints=Joints(joints))


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("hip", [(90.0, 10.0, -20.0), (-15.0, 30.0, 0.0), (45.0, -10.0, 40.0)])
def test_the_hip_angles_that_go_in_are_read_back(side: str, hip: tuple[float, float, float]) -> None:
    skeleton = held(
        posed(**{f"hip_{side}": hip, f"knee_{side}": (70.0,), f"ankle_{side}": (-20.0, 0.0)})
    ).skeleton
    read = angles_of(skeleton)
    assert tuple(read[f"hip_{side}"].values()) == pytest.approx(hip)
    assert read[f"knee_{side}"]["flexion"] == pytest.approx(70)
    assert read[f"ankle_{side}"]["dorsiflexion"] == pytest.approx(-20)


@pytest.mark.parametrize("position", ["standing", "supine", "prone", "side_lying_left", "side_lying_right"])
def test_lying_down_changes_no_joint(position: str) -> None:
    joints = Joints({"hip_left": (30.0, 20.0, 10.0), "shoulder_right": (60.0, 20.0, 5.0)})
    read = angles_of(held(Pose(position=position, joints=joints)).skeleton)
    assert tuple(read["hip_left"].values()) == pytest.approx((30, 20, 10))
    assert tuple(read["shoulder_right"].values()) == pytest.approx((60, 20, 5))


def test_abduction_moves_either_leg_away_from_the_other() -> None:
    skeleton = held(posed(hip_left=(0.0, 30.0, 0.0), hip_right=(0.0, 30.0, 0.0))).skeleton
    assert skeleton.origin["foot_left"][1] > 20
    assert skeleton.origin["foot_right"][1] < -20


def test_two_bones_keep_their_lengths_and_bend_towards_the_pole() -> None:
    start, target = np.zeros(3), np.array([3.0, 0, -40])
    bent = two_bones(start, target, (1, 0, 0), (THIGH, SHANK), bends=1)
    assert np.linalg.norm(bent.middle) == pytest.approx(THIGH)
    assert np.linalg.norm(bent.middle - bent.end) == pytest.approx(SHANK)
    assert bent.end == pytest.approx(target)
    assert bent.middle[0] > 5
    assert bent.missing == 0


def test_a_place_out_of_reach_is_told_and_the_limb_points_at_it() -> None:
    pose = Pose(rests=Rests(on=(), all=False), placed={"foot_left": Placement(at=(0, 5, -60))})
    told = held(pose)
    assert told.unreached == ("foot_left is 10.9 short of its place",)
    assert told.skeleton.origin["foot_left"] == pytest.approx([0, 5, -49.1], abs=0.1)


def test_a_foot_placed_flat_stands_on_the_floor_with_the_knee_bent_as_stated() -> None:
    pose = Pose(
        pelvis=Pelvis(stands_on=Stance("left", 40)),
        placed={"foot_left": Placement(at=(0, 5, 0), flat=True)},
    )
    skeleton = held(pose).skeleton
    assert angles_of(skeleton)["knee_left"]["flexion"] == pytest.approx(40, abs=0.1)
    assert lowest(shapes_of(pose, skeleton), ["foot_left"]) == pytest.approx(0, abs=0.5)


def test_a_body_that_rests_has_its_lowest_point_on_the_floor() -> None:
    pose = Pose(position="supine")
    skeleton = held(pose).skeleton
    assert lowest(shapes_of(pose, skeleton), skeleton.origin) == pytest.approx(0)
