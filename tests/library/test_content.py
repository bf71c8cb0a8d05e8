"""The content that ships: whole, as the specification lists it, and honest about its sources."""

import re
from itertools import pairwise

import pytest

from clinic_app.domain.evidence import Mark
from clinic_app.domain.grade import Grade
from clinic_app.domain.library import Library
from clinic_app.domain.protocol import FieldKind, Group, Inclusion, Position
from clinic_app.domain.safety import Consequence
from clinic_app.library import load_library
from clinic_app.library.folder import PACKAGED
from clinic_app.library.vocabularies import NOTES, PATTERNS

QUICK = {
    "red_flags": Inclusion.CORE,
    "precautions": Inclusion.CORE,
    "resting_bp": Inclusion.CONDITIONAL,
    "demographics": Inclusion.CORE,
    "symptom_location": Inclusion.CORE,
    "pain_nprs": Inclusion.CORE,
    "gait_observation": Inclusion.CORE,
    "trendelenburg_30s": Inclusion.CORE,
    "single_leg_squat": Inclusion.OPTIONAL,
    "mmt_hip_abduction": Inclusion.CORE,
    "mmt_hip_extension": Inclusion.CORE,
    "lumbar_l5_motor": Inclusion.CONDITIONAL,
    "review": Inclusion.CORE,
}

CONSEQUENCES = {
    Consequence.STOP_URGENT: "fracture no_weight_bearing cauda_equina progressive_neuro infection "
    "prosthesis_event dvt cardiopulmonary vascular scfe",
    Consequence.STOP_REFER: "stress_fracture umn cancer weight_loss constant_pain tendon_rupture avn "
    "deformity empty_end_feel visceral",
    Consequence.REFER: "claudication inflammatory",
    Consequence.PRECAUTION: "minor",
}

PRECAUTIONS = (
    "tha_posterior tha_anterior tha_lateral abductor_repair orif_weight_bearing hip_arthroscopy_recent "
    "osteoporosis pregnancy hypertension cardiac valsalva fall_risk injection_recent cognition other_limb "
    "knee_pain wrist_pain shoulder_pain kneeling_pain back_flexion back_extension hip_pinch "
    "gluteal_tendinopathy"
)


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library()


def test_the_quick_screen_holds_every_item_of_the_specification_in_its_order(library: Library) -> None:
    lines = library.protocols["quick"].lines
    assert {line.item: line.inclusion for line in lines} == QUICK
    assert [line.item for line in lines] == list(QUICK)


def test_the_patient_turns_over_as_few_times_as_possible(library: Library) -> None:
    positions = [library.items[line.item].position for line in library.protocols["quick"].lines]
    changes = [now for before, now in pairwise(positions) if before is not now]
    assert len(changes) == len(set(positions)) - 1


def test_walking_takes_half_a_minute_in_the_quick_screen(library: Library) -> None:
    minutes = {line.item: line.minutes for line in library.protocols["quick"].lines if line.minutes}
    assert {item: float(number) for item, number in minutes.items()} == {"gait_observation": 0.5}


def test_every_red_flag_is_there_with_its_consequence(library: Library) -> None:
    wanted = {f"rf_{row}": leads for leads, rows in CONSEQUENCES.items() for row in rows.split()}
    assert {row.id: row.consequence for row in library.red_flags.values()} == wanted


def test_only_the_age_answers_a_row_by_itself(library: Library) -> None:
    assert {row.id: row.under_age for row in library.red_flags.values() if row.under_age} == {"rf_minor": 18}


def test_every_precaution_of_the_one_list_is_there(library: Library) -> None:
    assert set(library.precautions) == {f"pc_{row}" for row in PRECAUTIONS.split()}


def test_every_test_names_a_source_or_says_that_it_is_convention(library: Library) -> None:
    for item in library.items.values():
        assert item.evidence, item.id
        for fact in item.evidence:
            assert (fact.source == "convention") == (fact.mark is Mark.CONVENTION), item.id


def test_a_source_that_was_only_recalled_is_not_called_read(library: Library) -> None:
    for item in library.items.values():
        for fact in item.evidence:
            if library.evidence[fact.source].mark is Mark.RECALLED:
                assert fact.mark is Mark.RECALLED, f"{item.id}: {fact.source}"


def test_a_source_that_was_read_says_where(library: Library) -> None:
    for source in library.evidence.values():
        assert source.mark is not Mark.READ or source.seen, source.id
        assert not source.citation.lower().startswith("same"), source.id


def test_a_grade_is_one_of_twelve_and_each_says_what_it_stands_for(library: Library) -> None:
    grade = library.items["mmt_hip_abduction"].field("grade")
    assert [choice.id for choice in grade.choices] == list(Grade)
    assert all(choice.help for choice in grade.choices)


def test_every_test_that_asks_for_pain_stops_for_pain(library: Library) -> None:
    asking = [item for item in library.items.values() if item.asks_pain]
    assert len(asking) == 6
    for item in asking:
        assert any("7/10" in rule for rule in item.stop), item.id
        assert "The patient asks to stop" in item.stop


def test_whether_pain_stopped_full_effort_is_asked_of_strength_tests_only(library: Library) -> None:
    asking = {item.id for item in library.items.values() if item.asks_pain_limited}
    assert asking == {"mmt_hip_abduction", "mmt_hip_extension"}


def test_a_hamstring_cramp_counts_as_stopped_by_pain(library: Library) -> None:
    seen = library.items["mmt_hip_extension"].compensations
    assert [choice.id for choice in seen if choice.pain_limited] == ["hamstring_cramp"]


def test_a_strength_test_says_what_to_say_and_where_the_hands_go(library: Library) -> None:
    for name in ("mmt_hip_abduction", "mmt_hip_extension"):
        item = library.items[name]
        assert item.maximal
        assert all((item.say, item.patient, item.hands, item.gravity_minimised, item.alternatives, item.skip))
        assert "alt_position" in item.field_keys


def test_only_strength_items_speak_of_a_group_that_gets_a_class(library: Library) -> None:
    groups = {item.id: item.groups for item in library.items.values() if item.groups}
    assert groups["mmt_hip_abduction"] == (Group.ABDUCTORS,)
    assert groups["mmt_hip_extension"] == (Group.EXTENSORS,)
    assert groups["gait_observation"] == (Group.ABDUCTORS, Group.EXTENSORS)
    assert "lumbar_l5_motor" not in groups


def test_no_default_is_chosen_for_an_answer(library: Library) -> None:
    for item in library.items.values():
        for field in item.fields:
            assert field.kind is not FieldKind.YES_NO or not field.required, f"{item.id}.{field.key}"


def test_the_limits_that_are_told_are_those_of_the_rules(library: Library) -> None:
    numbers = library.rules.numbers
    told = " ".join(library.items["resting_bp"].watch) + library.precautions["pc_hypertension"].effect
    for limit in (numbers.bp_defer_sbp, numbers.bp_defer_dbp, numbers.bp_ask_sbp, numbers.bp_ask_dbp):
        assert str(limit.value) in told
    assert f"below {numbers.pain_ni.value}/10" in library.notes["PAIN-1"]


def test_the_squat_rating_says_in_words_what_follows_from_the_criteria(library: Library) -> None:
    squat = library.items["single_leg_squat"]
    rating = {choice.id: choice for choice in squat.field("rating").choices}
    assert rating["good"].help.startswith(
        f"At least {rating['good'].least_met} of {len(squat.field('criteria').choices)}"
    )
    assert rating["fair"].help.startswith(str(rating["fair"].least_met))
    assert rating["not_possible"].least_met is None


def test_every_note_and_pattern_of_the_reasoning_has_its_words(library: Library) -> None:
    code = "".join(file.read_text("utf-8") for file in (PACKAGED.parent / "domain").glob("*.py"))
    written = set(re.findall(r'"(N-[A-Z]+)"', code))
    assert written == {name for name in NOTES if name.startswith("N-")}
    assert set(NOTES) <= set(library.notes)
    assert set(re.findall(r'Pattern\("(P-[A-Z0-9-]+)"', code)) == set(PATTERNS)


def test_no_word_for_a_therapist_speaks_of_a_diagnosis_or_shouts(library: Library) -> None:
    words = [word for vocabulary in library.words.values() for word in vocabulary.values()]
    words += library.notes.values()
    words += [card.suggests for card in library.patterns.values()]
    for row in library.red_flags.values():
        words += [row.name, row.ask, row.look, row.do_now]
    assert not [word for word in words if re.search(r"diagnos|!", word, re.IGNORECASE)]


def test_a_pattern_suggests_and_an_l5_pattern_withholds_the_programme(library: Library) -> None:
    card = library.patterns["P-L5"]
    assert card.suggests.startswith("Pattern suggests")
    assert card.withholds


def test_the_review_comes_last_and_the_safety_questions_first(library: Library) -> None:
    lines = library.protocols["quick"].lines
    assert [line.item for line in lines[:2]] == ["red_flags", "precautions"]
    assert library.items[lines[-1].item].position is Position.FINISH
