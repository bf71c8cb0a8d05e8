"""Every exercise and every test that can be shown has its picture, and the body map knows every place."""

from pathlib import Path

import pytest

from clinic_app.domain.exercise import SideMode
from clinic_app.domain.protocol import Group, Side
from clinic_app.web.body_map import body_map
from clinic_app.web.pictures import picture_of
from tests.screens import library

STATIC = Path(__file__).parents[2] / "static"
# What is asked or set up, and not done with the body.
WITHOUT = {
    *("add_test", "demographics", "hhd_setup", "irritability", "pain_nprs", "precautions", "red_flags"),
    *("review", "symptom_behaviour", "symptom_location"),
}


@pytest.mark.parametrize("exercise", [one.id for one in library().exercises.exercises])
def test_an_exercise_is_drawn_for_the_leg_that_works(exercise: str) -> None:
    one_leg = library().exercises.by_id[exercise].limbs.side_mode is SideMode.UNILATERAL
    for side in Side:
        picture = picture_of(exercise, STATIC, side)
        assert picture is not None
        assert picture.side is (side if one_leg else None)


@pytest.mark.parametrize("item", [name for name in library().items if name not in WITHOUT])
def test_a_test_has_a_picture_and_every_picture_says_what_it_shows(item: str) -> None:
    pictures = library().items[item].pictures
    assert pictures
    assert all(drawing.shows and picture_of(drawing.pose, STATIC) for drawing in pictures)


def test_what_is_only_asked_has_no_picture() -> None:
    assert not any(library().items[name].pictures for name in WITHOUT)


def test_each_place_that_can_hurt_is_once_on_the_body_map() -> None:
    choices = library().items["symptom_location"].field("sites").choices
    views = body_map(STATIC)
    drawn = [place for name in ("back", "front") for place in views[name].regions]
    assert sorted(drawn) == sorted(choice.id for choice in choices if choice.id not in ("none", "other"))


def test_each_muscle_group_is_on_the_body_map_left_and_right() -> None:
    regions = body_map(STATIC)["muscles"].regions
    assert set(regions) == set(Group)
    assert all(set(sides) == set(Side) and all(sides.values()) for sides in regions.values())


def test_left_is_on_the_left_of_every_view() -> None:
    for view in body_map(STATIC).values():
        for sides in view.regions.values():
            (left, right) = (float(sides[side][1:].replace("-", " -").split()[0]) for side in Side)
            assert left < 0 < right
