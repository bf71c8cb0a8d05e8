from dataclasses import replace
from typing import Any

import pytest

from clinic_app.domain.case import Case, case_of
from clinic_app.domain.circumstances import FallsRisk
from clinic_app.domain.dose import Dose, cautions_of, dose_of, longest_hold
from clinic_app.domain.falls import falls_risk_of
from clinic_app.domain.minutes import session_minutes
from clinic_app.exchange.programme_json import read_circumstances
from tests.programmes import document, library, programme, weak


def _case(**changes: Any) -> Case:
    return case_of(read_circumstances(document(weak("abductors", "right"), **changes)), library())


def _dose(exercise: str, beside_hard: bool = False, **changes: Any) -> Dose:
    return dose_of(library().by_id[exercise], _case(**changes), library(), beside_hard)


def test_muscles_rest_between_days_when_something_hard_is_on_the_sheet() -> None:
    assert _dose("clam").days_per_week == 5
    assert _dose("clam", beside_hard=True).days_per_week == 3
    assert _dose("jump_land", beside_hard=True).days_per_week == 2


def test_light_holds_are_done_once_a_day_when_the_hip_is_calm_and_twice_when_it_is_not() -> None:
    assert (
        _dose("iso_abduction_standing").sessions_per_day,
        _dose("iso_abduction_standing").days_per_week,
    ) == (
        1,
        5,
    )
    sore = _dose("iso_abduction_standing", irritability="moderate")
    assert (sore.sessions_per_day, sore.days_per_week) == (2, 7)


@pytest.mark.parametrize(("age", "dose"), [(64, (3, 10, 90)), (65, (2, 8, 60))])
def test_strength_work_changes_at_65(age: int, dose: tuple[int, int, int]) -> None:
    made = _dose("step_up", patient={"age": age})
    assert (made.sets, made.reps, made.rest_s) == dose


def test_a_sore_hip_loses_a_set_and_works_less_hard() -> None:
    made = _dose("clam_band", irritability="moderate")
    assert (made.sets, made.rpe) == (2, (5, 5))
    assert _dose("clam_band", irritability="high").rpe == (2, 3)


def test_who_must_not_strain_holds_shorter_and_lands_as_before() -> None:
    tag = [{"tag": "hypertension_isometric"}]
    held = _dose("hip_hitch_hold", precautions=tag)
    assert (held.hold_s, held.reps) == (5, 10)
    assert _dose("single_leg_stand", precautions=tag).hold_s == 20
    landed = _dose("jump_land", precautions=tag)
    assert (landed.hold_s, landed.reps) == (2, 5)


def test_the_falls_sentence_stands_last_and_only_with_standing_exercises() -> None:
    case = _case(precautions=[{"tag": "balance_risk"}, {"tag": "osteoporosis_flexion"}])
    assert cautions_of(library().by_id["sit_to_stand"], case, library()) == ("osteo_straight", "someone_near")
    assert cautions_of(library().by_id["bridge"], case, library()) == ("osteo_straight",)


def test_the_minutes_follow_when_the_therapist_changes_a_dose() -> None:
    made = programme(weak("abductors", "right"))
    assert made.session_minutes == 16
    fewer = [replace(line, sets=1) for line in made.prescriptions]
    assert session_minutes(fewer, library()) < 16
    assert session_minutes((), library()) == 0


@pytest.mark.parametrize(
    ("falls", "aids", "more", "risk"),
    [
        (0, (), {"afraid": False}, FallsRisk.LOW),
        (0, (), {}, None),
        (None, (), {"afraid": False}, None),
        (0, ("none",), {"afraid": True}, FallsRisk.MODERATE),
        (0, ("stick",), {}, FallsRisk.MODERATE),
        (1, (), {}, FallsRisk.MODERATE),
        (1, (), {"injured": True}, FallsRisk.HIGH),
        (2, (), {}, FallsRisk.HIGH),
        (None, ("frame",), {}, FallsRisk.HIGH),
    ],
)
def test_the_risk_of_falling_is_low_only_when_falls_and_fear_were_asked(
    falls: int | None, aids: tuple[str, ...], more: dict[str, bool], risk: FallsRisk | None
) -> None:
    assert falls_risk_of(falls, aids, library().selection.from_screen.falls_risk, **more) is risk


def test_whoever_must_not_strain_is_given_no_longer_hold_by_hand_either() -> None:
    squeeze, stand = library().by_id["glute_squeeze_supine"], library().by_id["single_leg_stand"]
    calm, straining = _case(), _case(precautions=[{"tag": "hypertension_isometric"}])
    assert longest_hold(squeeze, calm, library()) == 30
    assert longest_hold(squeeze, straining, library()) == 5
    assert longest_hold(stand, straining, library()) == 30
