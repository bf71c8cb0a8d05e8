"""Every pose of the content: the angles its text states, feet on the floor, and nothing out of reach."""

from pathlib import Path

import pytest

from clinic_app.illustrator.body import shapes_of
from clinic_app.illustrator.pose import Placement
from clinic_app.illustrator.reach import lowest
from tests.illustrator.poses import FILES, Angles, drawn_angles, exercise_of, figure_of, held_panels, wanted

# A hair over five degrees, for what sines and cosines lose.
NEAR_DEGREES, NEAR_UNITS = 5.000001, 0.5

every_pose = pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)


@every_pose
def test_a_drawn_joint_is_within_five_degrees_of_what_the_text_says(file: Path) -> None:
    for panel, choices in wanted(file):
        off = [_off(file, panel, angles) for angles in choices]
        assert [] in off, f"panel {panel}: {min(off, key=len)}"


def _off(file: Path, panel: int, angles: Angles) -> list[str]:
    """What is drawn otherwise, but for what the pose says must differ."""
    drawn = drawn_angles(file, panel)
    exempt = {(told.joint, told.angle) for told in figure_of(file).differs if told.panel == panel}
    return [
        f"{joint} {movement} is {drawn[joint][movement]:.0f}, not {wanted:.0f}"
        for (joint, movement), wanted in angles.items()
        if (joint, movement) not in exempt and abs(drawn[joint][movement] - wanted) > NEAR_DEGREES
    ]


@every_pose
def test_a_pose_that_differs_from_its_text_says_why(file: Path) -> None:
    stated = {(panel, *angle) for panel, choices in wanted(file) for angles in choices for angle in angles}
    for told in figure_of(file).differs:
        assert (told.panel, told.joint, told.angle) in stated
        assert told.why


@every_pose
def test_every_placed_hand_and_foot_is_reached(file: Path) -> None:
    assert [panel.unreached for panel in held_panels(file)] == [()] * len(held_panels(file))


@every_pose
def test_a_foot_that_is_stated_flat_stands_on_its_surface(file: Path) -> None:
    for panel, held in zip(figure_of(file).panels, held_panels(file), strict=True):
        shapes = shapes_of(panel.pose, held.skeleton)
        for name, placement in panel.pose.placed.items():
            if placement.flat and placement.up is None and not placement.within:
                surface = _height(placement, held.skeleton.origin)
                assert lowest(shapes, [name]) == pytest.approx(surface, abs=NEAR_UNITS), name


def _height(placement: Placement, origins: dict[str, list[float]]) -> float:
    if placement.height is not None:
        return placement.height
    return placement.at[2] + (origins[placement.from_][2] if placement.from_ else 0)


@every_pose
def test_an_exercise_has_a_start_and_an_end_unless_nothing_moves(file: Path) -> None:
    told = exercise_of(file)
    if told:
        assert (len(figure_of(file).panels) == 1) is (told["start"] == told["end"])
