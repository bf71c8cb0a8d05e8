"""The poses between the start of a movement and its end."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import TypeGuard, TypeVar

from clinic_app.illustrator.pose import Joints, Placement, Pose

Mixed = TypeVar("Mixed")


def between(start: Pose, end: Pose, share: float) -> Pose:
    """The pose on the way: 0 is the start, 1 the end; angles and places change evenly."""
    return replace(
        end,
        pelvis=_mixed(start.pelvis, end.pelvis, share),
        rests=_mixed(start.rests, end.rests, share),
        joints=_joints(start.joints, end.joints, share),
        placed=_placed(start.placed, end.placed, share),
    )


def _joints(start: Joints, end: Joints, share: float) -> Joints:
    told = {joint: _mixed(start.of(joint), end.of(joint), share) for joint in {**start.told, **end.told}}
    return Joints(told)


def _placed(
    start: Mapping[str, Placement], end: Mapping[str, Placement], share: float
) -> dict[str, Placement]:
    """A limb that is placed in one of the two poses only is placed there all the way."""
    only_one = {**start, **end}
    both = {name: _mixed(placement, end[name], share) for name, placement in start.items() if name in end}
    return only_one | both


def _mixed(start: Mixed, end: Mixed, share: float) -> Mixed:
    """Numbers in proportion, in tuples and dataclasses too; anything else is as in the nearer of the two."""
    return _mix(start, end, share)  # type: ignore[return-value]


def _mix(start: object, end: object, share: float) -> object:
    if _is_number(start) and _is_number(end):
        return start + (end - start) * share
    if isinstance(start, tuple) and isinstance(end, tuple) and len(start) == len(end):
        return tuple(_mix(one, two, share) for one, two in zip(start, end, strict=True))
    if is_dataclass(start) and is_dataclass(end):
        names = [field.name for field in fields(start)]
        mixed = {name: _mix(getattr(start, name), getattr(end, name), share) for name in names}
        return replace(start, **mixed)  # type: ignore[type-var]
    return start if share < 0.5 else end


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, float | int) and not isinstance(value, bool)
