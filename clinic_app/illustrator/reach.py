"""Where the body ends up: on the ground, and with the feet and hands where they are placed."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from clinic_app.illustrator.body import shapes_of
from clinic_app.illustrator.geometry import (
    Array,
    Vector,
    Vectorial,
    frame_along,
    frame_hinged,
    square_to,
    turned,
    unit,
)
from clinic_app.illustrator.hands import hand_frame
from clinic_app.illustrator.names import ARM, LEG, SEGMENTS, outward, parted
from clinic_app.illustrator.pose import Placement, Pose
from clinic_app.illustrator.shape import Shape
from clinic_app.illustrator.skeleton import (
    FOREARM,
    SHANK,
    SOLE,
    THIGH,
    UPPER_ARM,
    Skeleton,
    skeleton_of,
    with_half_hips,
)

# A limb is never drawn quite straight: its plane of bending would be lost.
STRAIGHTEST = 0.9995
# A target further off than this, in units, is worth telling.
WORTH_TELLING = 0.3
# Below this share of the hand's side across the forearm, the forearm's roll cannot be told from it.
LEAST_ROLL = 0.3
DOES_NOT_REST = ("hair", "bun", "eye")


@dataclass(frozen=True, slots=True)
class Held:
    """A skeleton in its pose, and what could not be reached."""

    skeleton: Skeleton
    unreached: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bent:
    """Two bones: the frames of both, and where the middle and the end joint are."""

    upper: Array
    lower: Array
    middle: Array
    end: Array
    missing: float


def held(pose: Pose) -> Held:
    """The skeleton of the pose: angles first, then the ground, then the placed feet and hands."""
    skeleton = rested(skeleton_of(pose), pose)
    skeleton = stood(skeleton, pose)
    unreached = []
    for name, placement in pose.placed.items():
        stem, side = parted(name)
        put = put_foot if stem == "foot" else put_hand
        skeleton, missing = put(skeleton, side, placement)
        if missing > WORTH_TELLING:
            unreached.append(f"{name} is {missing:.1f} short of its place")
    return Held(with_half_hips(skeleton), tuple(unreached))


def lowest(shapes: Iterable[Shape], segments: Iterable[str]) -> float:
    """The height of the lowest point of these segments, hair apart."""
    wanted = set(segments)
    return min(
        shape.lowest for shape in shapes if shape.segment in wanted and shape.part not in DOES_NOT_REST
    )


def rested(skeleton: Skeleton, pose: Pose) -> Skeleton:
    """The skeleton let down, or up, on what the pose rests on; limbs that are placed later do not count."""
    rests = pose.rests
    if not rests.on:
        return skeleton
    shapes = shapes_of(pose, skeleton)
    if rests.at:
        x, y, z = rests.at
        over = skeleton.origin[rests.on[0]]
        return skeleton.moved((x - over[0], y - over[1], z - lowest(shapes, rests.on)))
    on = _not_placed(pose) if rests.all else rests.on
    return skeleton.moved((0, 0, -lowest(shapes, on)))


def _not_placed(pose: Pose) -> list[str]:
    placed = set()
    for name in pose.placed:
        stem, side = parted(name)
        placed |= {f"{segment}_{side}" for segment in (LEG if stem == "foot" else ARM)}
    return [segment for segment in SEGMENTS if segment not in placed]


def stood(skeleton: Skeleton, pose: Pose) -> Skeleton:
    """The skeleton at the height at which the knee of the stance leg is bent as stated."""
    stance = pose.pelvis.stands_on
    if not stance:
        return skeleton
    foot = pose.placed[f"foot_{stance.leg}"]
    ankle = np.array(foot.at) + ((0, 0, SOLE) if foot.flat else (0, 0, 0))
    hip = skeleton.origin[f"thigh_{stance.leg}"]
    square = THIGH**2 + SHANK**2 + 2 * THIGH * SHANK * np.cos(np.radians(stance.knee))
    beside = ((hip - ankle)[:2] ** 2).sum()
    return skeleton.moved((0, 0, ankle[2] + np.sqrt(square - beside) - hip[2]))


def two_bones(start: Array, target: Array, pole: Vectorial, lengths: tuple[float, float], bends: int) -> Bent:
    """Two bones from `start` to `target`, or towards it, the middle joint on the side of `pole`.

    `bends` +1: the lower bone swings backwards, as a knee does; -1: forwards, as an elbow does.
    """
    upper, lower = lengths
    asked = float(np.linalg.norm(target - start))
    far = min(asked, (upper + lower) * STRAIGHTEST)
    along = (target - start) / asked
    aside = square_to(along, pole)
    cosine = np.clip((upper**2 + far**2 - lower**2) / (2 * upper * far), -1, 1)
    middle = start + upper * (cosine * along + np.sqrt(1 - cosine**2) * aside)
    end = start + along * far
    upper_z, lower_z = unit(start - middle), unit(middle - end)
    hinge = unit(np.cross(upper_z, lower_z)) * bends
    return Bent(frame_hinged(upper_z, hinge), frame_hinged(lower_z, hinge), middle, end, asked - far)


def put_foot(skeleton: Skeleton, side: str, placement: Placement) -> tuple[Skeleton, float]:
    """The leg with its foot in place, and by how much it falls short."""
    target, turn = _target(skeleton, placement)
    toes = _direction(placement.toes, turn, (1, 0, 0))
    up = _direction(placement.up, turn, (0, 0, 1))
    if placement.flat:
        target = target + up * SOLE
    pole = _direction(placement.bends_towards, turn, toes)
    bent = two_bones(skeleton.origin[f"thigh_{side}"], target, pole, (THIGH, SHANK), +1)
    if placement.dorsiflexion is None:
        foot = frame_along(up, toes)
    else:
        foot = bent.lower @ turned("Y", -placement.dorsiflexion)
    return _with_limb(skeleton, [f"{segment}_{side}" for segment in LEG], bent, foot), bent.missing


def put_hand(skeleton: Skeleton, side: str, placement: Placement) -> tuple[Skeleton, float]:
    """The arm with its hand in place, and by how much it falls short."""
    target, turn = _target(skeleton, placement)
    pole = _direction(placement.bends_towards, turn, (-1, 0, 0))
    bent = two_bones(skeleton.origin[f"upper_arm_{side}"], target, pole, (UPPER_ARM, FOREARM), -1)
    hand = bent.lower
    if placement.fingers:
        fingers = _direction(placement.fingers, turn, (0, 0, -1))
        hand = hand_frame(fingers, _direction(placement.palm, turn, (0, 0, -1)), outward(side))
        bent = _rolled(bent, hand)
    return _with_limb(skeleton, [f"{segment}_{side}" for segment in ARM], bent, hand), bent.missing


def _target(skeleton: Skeleton, placement: Placement) -> tuple[Array, Array]:
    """The place in the world, and the turn from the placement's directions to the world's."""
    turn = np.eye(3)
    if placement.within:
        turn = skeleton.rotation[placement.within]
        target = skeleton.point(placement.within, placement.at)
    else:
        origin = skeleton.origin[placement.from_] if placement.from_ else np.zeros(3)
        target = origin + placement.at
    if placement.height is not None:
        target = np.array([target[0], target[1], placement.height])
    return target, turn


def _direction(told: Vector | None, turn: Array, otherwise: Vectorial) -> Array:
    return unit(otherwise if told is None else turn @ np.array(told, float))


def _rolled(bent: Bent, hand: Array) -> Bent:
    """The forearm rolled with the hand, as far as the hand's side is not along it."""
    z, y = bent.lower[:, 2], hand[:, 1]
    if np.linalg.norm(y - z * (y @ z)) < LEAST_ROLL:
        return bent
    return replace(bent, lower=frame_hinged(z, square_to(z, y)))


def _with_limb(skeleton: Skeleton, names: list[str], bent: Bent, last: Array) -> Skeleton:
    upper, lower, end = names
    return Skeleton(
        {**skeleton.rotation, upper: bent.upper, lower: bent.lower, end: last},
        {**skeleton.origin, lower: bent.middle, end: bent.end},
    )
