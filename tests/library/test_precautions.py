"""What each precaution closes and which exercise tags it sets, as the decisions say, row by row."""

import pytest

from clinic_app.domain.library import Library
from clinic_app.domain.protocol import Position
from clinic_app.domain.safety import Closure, Pressure
from clinic_app.library import load_library

POSTERIOR = "fader add_test ober fadir mmt_hip_ir hhd_ir hip_lag_sign"
ABDUCTION = (
    "mmt_hip_abduction mmt_gmed_posterior mmt_tfl hhd_abduction resisted_abduction_pain "
    "resisted_ext_derotation side_bridge_hold trendelenburg_30s sls_time sls_pain_30s "
    "single_leg_squat step_down"
)
STRENGTH = (
    "mmt_hip_abduction mmt_gmed_posterior mmt_hip_extension mmt_hip_er mmt_hip_ir mmt_tfl "
    "hhd_abduction hhd_extension hhd_er hhd_ir"
)
MAXIMAL = f"{STRENGTH} bridge_single_leg_hold side_bridge_hold"
ON_ONE_LEG = f"{MAXIMAL} trendelenburg_30s sls_time sls_pain_30s single_leg_squat step_down"
CHAIRS = "chair_stand_30s five_x_sts"

CLOSED = {
    "pc_tha_posterior": POSTERIOR,
    "pc_tha_anterior": "thomas faber mmt_hip_extension hhd_extension",
    "pc_tha_lateral": f"{POSTERIOR} {ABDUCTION}",
    "pc_abductor_repair": f"{POSTERIOR} {ABDUCTION}",
    "pc_orif_weight_bearing": f"{ON_ONE_LEG} gait_observation {CHAIRS}",
    "pc_hip_arthroscopy_recent": "fadir faber fader mmt_hip_er mmt_hip_ir hhd_er hhd_ir",
    "pc_osteoporosis": "hhd_abduction hhd_extension hhd_er hhd_ir single_leg_squat",
    "pc_pregnancy": "bridge_single_leg_hold hip_rom",
    "pc_hypertension": MAXIMAL,
    "pc_cardiac": f"{MAXIMAL} {CHAIRS} single_leg_squat step_down",
    "pc_valsalva": MAXIMAL,
    "pc_fall_risk": "single_leg_squat step_down lumbar_l5_motor",
    "pc_injection_recent": "mmt_hip_abduction mmt_gmed_posterior hhd_abduction hip_lag_sign palpation_gt "
    "sls_pain_30s resisted_abduction_pain resisted_ext_derotation fader add_test faber",
    "pc_cognition": "",
    "pc_other_limb": f"single_leg_squat step_down bridge_single_leg_hold {CHAIRS} side_bridge_hold",
    "pc_knee_pain": "",
    "pc_wrist_pain": "",
    "pc_shoulder_pain": "",
    "pc_kneeling_pain": "",
    "pc_back_flexion": "bridge_single_leg_hold side_bridge_hold",
    "pc_back_extension": "bridge_single_leg_hold side_bridge_hold",
    "pc_hip_pinch": "",
    "pc_gluteal_tendinopathy": "",
}

TAGS = {
    "pc_tha_posterior": "post_tha_posterior",
    "pc_tha_anterior": "post_tha_anterior",
    "pc_tha_lateral": "post_tha_lateral",
    "pc_abductor_repair": "abductor_repair",
    "pc_osteoporosis": "osteoporosis_flexion",
    "pc_pregnancy": "pregnancy_supine",
    "pc_hypertension": "hypertension_isometric",
    "pc_valsalva": "hypertension_isometric",
    "pc_fall_risk": "balance_risk",
    "pc_other_limb": "knee_pain shoulder_pain wrist_pain",
    "pc_knee_pain": "knee_pain",
    "pc_wrist_pain": "wrist_pain",
    "pc_shoulder_pain": "shoulder_pain",
    "pc_kneeling_pain": "kneeling_pain",
    "pc_back_flexion": "back_pain_flexion",
    "pc_back_extension": "back_pain_extension",
    "pc_hip_pinch": "hip_flexion_pinch",
    "pc_gluteal_tendinopathy": "gluteal_tendinopathy",
}

SURGICAL = {
    "pc_tha_posterior",
    "pc_tha_anterior",
    "pc_tha_lateral",
    "pc_abductor_repair",
    "pc_orif_weight_bearing",
    "pc_hip_arthroscopy_recent",
}


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library()


def _closing(library: Library, row: str, item: str) -> list[Closure]:
    return [closure for closure in library.precautions[row].closes if item in closure.items]


@pytest.mark.parametrize("row", CLOSED)
def test_a_precaution_closes_what_the_decisions_say(library: Library, row: str) -> None:
    closed = {item for closure in library.precautions[row].closes for item in closure.items}
    assert closed == set(CLOSED[row].split())


def test_no_precaution_is_without_its_row_in_this_test(library: Library) -> None:
    assert set(library.precautions) == set(CLOSED)


def test_a_precaution_sets_its_exercise_tags_until_an_answer_lifts_them(library: Library) -> None:
    tags = {row.id: " ".join(row.tags({})) for row in library.precautions.values() if row.tags({})}
    assert tags == TAGS


def test_only_the_first_trimester_of_someone_who_may_lie_flat_sets_no_tag(library: Library) -> None:
    pregnancy = library.precautions["pc_pregnancy"]
    assert pregnancy.tags({"trimester": "first", "told_not_to_lie_flat": False}) == ()
    assert pregnancy.tags({"trimester": "first", "told_not_to_lie_flat": True}) == ("pregnancy_supine",)
    assert pregnancy.tags({"trimester": "first"}) == ("pregnancy_supine",)
    assert pregnancy.tags({"trimester": "second", "told_not_to_lie_flat": "no"}) == ("pregnancy_supine",)


def test_an_injured_wrist_spares_the_knee(library: Library) -> None:
    assert library.precautions["pc_other_limb"].tags({"limb": "wrist"}) == ("wrist_pain",)
    assert library.precautions["pc_other_limb"].tags({"limb": "ankle"}) == ()


def test_surgery_needs_the_surgeon_and_a_heart_condition_withholds_the_programme(library: Library) -> None:
    rows = library.precautions.values()
    assert {row.id for row in rows if row.needs_surgeon} == SURGICAL
    assert [row.id for row in rows if row.withholds] == ["pc_cardiac"]


def test_an_anterior_hip_replacement_leaves_extension_open_in_another_position(library: Library) -> None:
    (closure,) = _closing(library, "pc_tha_anterior", "mmt_hip_extension")
    assert closure.positions == (Position.PRONE,)


def test_pregnancy_closes_every_prone_test_and_what_is_measured_prone(library: Library) -> None:
    assert library.precautions["pc_pregnancy"].closes[0].positions == (Position.PRONE,)
    (closure,) = _closing(library, "pc_pregnancy", "hip_rom")
    assert closure.fields == ("ir_deg", "er_deg")


def test_a_weight_bearing_answer_that_is_missing_closes_as_no_weight_does(library: Library) -> None:
    for closure in library.precautions["pc_orif_weight_bearing"].closes:
        assert closure.unless == {"weight_bearing": ("wbat", "fwb")}


def test_one_leg_without_weight_closes_walking_for_both(library: Library) -> None:
    (walking,) = _closing(library, "pc_orif_weight_bearing", "gait_observation")
    (stance,) = _closing(library, "pc_orif_weight_bearing", "trendelenburg_30s")
    assert walking.both_sides
    assert not stance.both_sides


def test_fall_risk_closes_the_heel_walk_and_not_the_seated_parts(library: Library) -> None:
    (closure,) = _closing(library, "pc_fall_risk", "lumbar_l5_motor")
    assert closure.fields == ("heel_walk",)


def test_osteoporosis_closes_the_break_method_and_leaves_the_make_test(library: Library) -> None:
    (closure,) = _closing(library, "pc_osteoporosis", "hhd_abduction")
    assert closure.methods == ("break",)


def test_a_pressure_that_is_too_high_closes_even_when_nobody_named_the_disease(library: Library) -> None:
    by_pressure = {closure.pressure: closure for closure in library.precautions["pc_hypertension"].closes}
    assert by_pressure[Pressure.TOO_HIGH].without_row
    assert by_pressure[Pressure.TOO_HIGH].unless is None
    assert by_pressure[Pressure.RAISED].without_row
    assert by_pressure[Pressure.RAISED].unless == {"doctor_agrees": ("yes",)}
    assert not by_pressure[Pressure.NOT_MEASURED].without_row


def test_a_person_who_cannot_follow_makes_a_positive_trendelenburg_not_valid(library: Library) -> None:
    doubtful = {row.id: row.not_valid for row in library.precautions.values() if row.not_valid}
    assert doubtful == {"pc_cognition": ("trendelenburg_30s",)}


def test_back_pain_of_five_keeps_the_bridge_and_six_closes_it(library: Library) -> None:
    (closure,) = _closing(library, "pc_back_flexion", "bridge_single_leg_hold")
    assert closure.unless == {"back_pain": ("0", "1", "2", "3", "4", "5")}
