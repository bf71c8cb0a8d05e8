import pytest

from clinic_app.domain.criteria import following_from_criteria
from tests.screens import library

FAULTLESS = {"arms": 0, "trunk": 0, "pelvis": 0, "knee": 0, "unsteady": 0}


@pytest.mark.parametrize(
    ("faults", "score"),
    [
        ({}, 0),
        ({"knee": 2}, 2),
        ({"arms": 1, "trunk": 1, "pelvis": 1, "knee": 2, "unsteady": 1}, 6),
    ],
)
def test_a_step_down_score_is_the_sum_of_its_points(faults: dict[str, int], score: int) -> None:
    assert following_from_criteria(library().items["step_down"], FAULTLESS | faults) == {"score": score}


@pytest.mark.parametrize("left_out", FAULTLESS)
def test_no_score_follows_while_a_point_is_left_out(left_out: str) -> None:
    given = {key: point for key, point in FAULTLESS.items() if key != left_out}
    assert following_from_criteria(library().items["step_down"], given) == {}


@pytest.mark.parametrize(
    ("met", "rating"), [(5, "good"), (4, "good"), (3, "fair"), (2, "fair"), (1, "poor"), (0, "poor")]
)
def test_a_squat_is_rated_by_how_many_criteria_are_in_order(met: int, rating: str) -> None:
    squat = library().items["single_leg_squat"]
    keys = [choice.id for choice in squat.field("criteria").choices]
    criteria = {key: "ok" if place < met else "not_ok" for place, key in enumerate(keys)}
    assert following_from_criteria(squat, {"criteria": criteria}) == {"rating": rating}
