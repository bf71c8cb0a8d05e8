"""The poses of the content, and the angles that its exercises ask for."""

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from clinic_app.illustrator.angles import angles_of
from clinic_app.illustrator.pose_file import Figure, read_figure
from clinic_app.illustrator.reach import Held, held
from clinic_app.library.folder import PACKAGED

FILES = sorted((PACKAGED / "poses").glob("*.toml"))
SIDES = ("left", "right")
# How an exercise calls a joint angle, and how a pose does.
ANGLES = {
    "hip_flexion": ("hip", "flexion"),
    "hip_abduction": ("hip", "abduction"),
    "hip_rotation_er": ("hip", "external_rotation"),
    "knee_flexion": ("knee", "flexion"),
}

Angles = dict[tuple[str, str], float]
"""Joint with its side, and movement -> degrees."""


@cache
def figure_of(file: Path) -> Figure:
    return read_figure(file)


@cache
def held_panels(file: Path) -> tuple[Held, ...]:
    return tuple(held(panel.pose) for panel in figure_of(file).panels)


def drawn_angles(file: Path, panel: int) -> dict[str, dict[str, float]]:
    """Joint -> movement -> degrees; panels are counted from 1."""
    return angles_of(held_panels(file)[panel - 1].skeleton)


def wanted(file: Path) -> Iterator[tuple[int, list[Angles]]]:
    """For each panel that a text speaks of: the angles it wants, or a choice of those."""
    figure = figure_of(file)
    for stated in figure.angles:
        yield stated.panel, [{(stated.joint, movement): angle for movement, angle in stated.angles.items()}]
    told = exercise_of(file)
    if told:
        panels = {1: told["start"], len(figure.panels): told["end"]}
        for panel, pose in panels.items():
            yield panel, [_of_limbs(pose, working) for working in _working(figure.worked)]


def exercise_of(file: Path) -> dict[str, Any]:
    """The figure that the exercise of this pose asks for; empty for a test."""
    exercise = PACKAGED / "exercises" / file.name
    told: dict[str, Any] = tomllib.loads(exercise.read_text("utf-8"))["figure"] if exercise.is_file() else {}
    return told


def _working(worked: str) -> tuple[str, ...]:
    """The leg that works; either, when both do."""
    return (worked,) if worked in SIDES else SIDES


def _of_limbs(pose: dict[str, Any], working: str) -> Angles:
    (other,) = set(SIDES) - {working}
    limbs = {working: pose["working_limb"], other: pose["other_limb"]}
    return {
        (f"{joint}_{side}", movement): limb[name]
        for side, limb in limbs.items()
        for name, (joint, movement) in ANGLES.items()
    }
