"""The content that ships: whole, as the specification lists it, and honest about its sources."""

import re
import tomllib
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from clinic_app.domain.evidence import Mark
from clinic_app.domain.grade import Grade
from clinic_app.domain.library import Library
from clinic_app.domain.protocol import Aggregate, FieldKind, Group, Inclusion, Position
from clinic_app.domain.safety import Consequence
from clinic_app.library import load_library
from clinic_app.library.folder import PACKAGED
from clinic_app.library.vocabularies import NOTES, PATTERNS
from clinic_app.web.reference.entries import entries

CASES = tomllib.loads(
    (Path(__file__).parents[1] / "cases" / "protocols.toml").read_text("utf-8"), parse_float=Decimal
)
ITEMS = CASES["items"]
PROTOCOLS = ("quick", "full", "older_adult")
QUICK = (
    "red_flags precautions resting_bp demographics symptom_location pain_nprs gait_observation "
    "trendelenburg_30s single_leg_squat mmt_hip_abduction mmt_hip_extension lumbar_l5_motor review"
)
MMT = {"mmt_hip_abduction", "mmt_gmed_posterior", "mmt_hip_extension", "mmt_hip_er", "mmt_hip_ir", "mmt_tfl"}
HHD = {"hhd_abduction", "hhd_extension", "hhd_er", "hhd_ir"}
PROVOKING = {
    *("palpation_gt", "add_test", "fader", "resisted_ext_derotation", "fadir", "faber", "slr_slump"),
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


def test_every_item_of_the_screen_is_there_and_no_other(library: Library) -> None:
    assert set(library.items) == set(ITEMS)


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_a_protocol_includes_what_the_specification_says(library: Library, protocol: str) -> None:
    wanted = {item: row[protocol] for item, row in ITEMS.items() if row[protocol]}
    assert {line.item: line.inclusion for line in library.protocols[protocol].lines} == wanted


def test_an_item_takes_the_minutes_of_the_specification(library: Library) -> None:
    assert {item.id: item.minutes for item in library.items.values()} == {
        name: row["minutes"] for name, row in ITEMS.items()
    }


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_the_core_items_add_up_to_the_stated_minutes(library: Library, protocol: str) -> None:
    core = (line for line in library.protocols[protocol].lines if line.inclusion is Inclusion.CORE)
    minutes = (library.items[line.item].minutes if line.minutes is None else line.minutes for line in core)
    assert sum(minutes) == CASES["core_minutes"][protocol]


def test_the_quick_screen_goes_in_its_order(library: Library) -> None:
    assert [line.item for line in library.protocols["quick"].lines] == QUICK.split()


@pytest.mark.parametrize(("protocol", "again"), [("quick", 0), ("full", 1), ("older_adult", 1)])
def test_the_patient_turns_over_as_few_times_as_possible(library: Library, protocol: str, again: int) -> None:
    """Only what may bring on pain while lying on the side comes after the strength tests."""
    positions = [library.items[line.item].position for line in library.protocols[protocol].lines]
    changes = [now for before, now in pairwise(positions) if before is not now]
    assert len(changes) == len(set(positions)) - 1 + again


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_what_may_bring_on_pain_comes_after_every_strength_test(library: Library, protocol: str) -> None:
    order = [line.item for line in library.protocols[protocol].lines]
    last = max(order.index(item) for item in order if item in MMT | HHD)
    assert all(order.index(item) > last for item in PROVOKING if item in order)


@pytest.mark.parametrize("protocol", ["full", "older_adult"])
def test_the_lag_sign_follows_the_manual_tests_that_lie_on_the_same_side(
    library: Library, protocol: str
) -> None:
    order = [line.item for line in library.protocols[protocol].lines]
    assert order[order.index("hip_lag_sign") - 1] in MMT
    assert order.index("hhd_setup") < min(order.index(item) for item in HHD)


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
    tested = {"function", "strength", "differential"}
    wanted = {item.id for item in library.items.values() if item.section in tested} - {"hhd_setup"}
    assert {item.id for item in asking} == {*wanted, "gait_observation"}
    for item in asking:
        assert any("7/10" in rule for rule in item.stop), item.id
        assert "The patient asks to stop" in item.stop


def test_whether_pain_stopped_full_effort_is_asked_of_strength_tests_only(library: Library) -> None:
    asking = {item.id for item in library.items.values() if item.asks_pain_limited}
    assert asking == {*MMT, *HHD, "hip_lag_sign"}


def test_a_hamstring_cramp_counts_as_stopped_by_pain(library: Library) -> None:
    seen = library.items["mmt_hip_extension"].compensations
    assert [choice.id for choice in seen if choice.pain_limited] == ["hamstring_cramp"]


def test_a_manual_test_says_what_to_say_and_where_the_hands_go(library: Library) -> None:
    for item in (library.items[name] for name in MMT):
        assert item.maximal
        assert all((item.say, item.patient, item.hands, item.gravity_minimised, item.skip)), item.id
        assert item.field_keys == {"grade", "alt_position"}


def test_a_force_is_measured_the_same_way_in_every_direction(library: Library) -> None:
    for item in (library.items[name] for name in HHD):
        assert item.maximal
        assert item.set_up_by == item.id.removeprefix("hhd_")
        assert all((item.say, item.patient, item.hands, item.alternatives)), item.id
        force = item.field("trials_n")
        assert (force.minimum, force.maximum, force.step, force.most) == (0, 1500, Decimal("0.1"), 4)
        assert force.aggregate is Aggregate.MOST


def test_every_test_with_a_finding_says_why_it_is_done_and_what_is_recorded(library: Library) -> None:
    for item in library.items.values():
        assert item.purpose, item.id
        assert item.record, item.id
        assert not item.asks_pain or item.patient, item.id


def test_only_strength_items_speak_of_a_group_that_gets_a_class(library: Library) -> None:
    groups = {item.id: item.groups for item in library.items.values() if item.groups}
    assert groups["mmt_hip_abduction"] == (Group.ABDUCTORS,)
    assert groups["mmt_hip_extension"] == (Group.EXTENSORS,)
    assert groups["gait_observation"] == (Group.ABDUCTORS, Group.EXTENSORS)
    speaking = {item for rule in library.rules.by_id.values() if rule.family for item in rule.items}
    assert set(groups) == {*speaking, "side_bridge_hold"}


def test_only_where_a_test_is_nothing_without_it_must_a_yes_or_no_be_given(library: Library) -> None:
    asked = {
        f"{item.id}.{field.key}"
        for item in library.items.values()
        for field in item.fields
        if field.kind is FieldKind.YES_NO and field.required
    }
    assert asked == {"sls_pain_30s.familiar"}


def test_the_limits_that_are_told_are_those_of_the_rules(library: Library) -> None:
    numbers = library.rules.numbers
    told = " ".join(library.items["resting_bp"].watch) + library.precautions["pc_hypertension"].effect
    for limit in (numbers.bp_defer_sbp, numbers.bp_defer_dbp, numbers.bp_ask_sbp, numbers.bp_ask_dbp):
        assert str(limit.value) in told
    assert f"below {numbers.pain_ni.value}/10" in library.notes["PAIN-1"]
    notes = {item.id: " ".join((*item.notes, *item.watch, item.trials)) for item in library.items.values()}
    assert f"From {numbers.leg_length_mm.value} mm" in notes["leg_length"]
    assert f"under {numbers.oa_rotation_deg.value}°" in notes["hip_rom"]
    assert f"{numbers.oa_difference_deg.value}° less" in notes["hip_rom"]
    assert f"poor {numbers.stepdown_poor.value} and more" in notes["step_down"]
    for name in HHD:
        assert f"more than {numbers.trial_spread_pct.value} %" in notes[name]
        assert f"about {numbers.lsi_error.value} points" in notes[name]
    lag = library.items["hip_lag_sign"].field("result").choices[0].help
    assert f"more than {numbers.lag_drop_cm.value} cm" in lag
    pain = library.items["palpation_gt"].field("result").choices[0].help
    assert f"{numbers.gt_pain.value}/10 or more" in pain


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
    assert set(re.findall(r'"(P-[A-Z0-9-]+)"', code)) == set(PATTERNS)


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
    for protocol in library.protocols.values():
        assert [line.item for line in protocol.lines[:2]] == ["red_flags", "precautions"]
        assert library.items[protocol.lines[-1].item].position is Position.FINISH


def test_every_rule_has_a_worked_example_and_every_note_says_when_it_is_printed(library: Library) -> None:
    assert [rule.id for rule in library.rules.by_id.values() if not rule.example] == []
    assert set(library.guide.remarks) == set(library.notes)
    assert set(library.guide.cuts) == set(vars(library.rules.grades))


def test_an_example_works_with_a_limit_of_its_rule(library: Library) -> None:
    for rule in library.rules.by_id.values():
        limits = [name for step in rule.steps for name in step.limits.values()]
        values = [number for name in limits if (number := library.rules.number(name)) is not None]
        told = [Decimal(number) for number in re.findall(r"\d+(?:\.\d+)?", rule.example)]
        assert not values or any(abs(value) in told for value in values), rule.id


def test_every_measure_concerns_a_test_and_names_its_source(library: Library) -> None:
    for measure in library.guide.measures:
        assert measure.items, measure.id
        assert set(measure.items) <= set(library.items), measure.id
        assert measure.evidence, measure.id
        assert any((measure.reliability, measure.error, measure.change)), measure.id
        for fact in measure.evidence:
            recalled = library.evidence[fact.source].mark is Mark.RECALLED
            assert not recalled or fact.mark is Mark.RECALLED, measure.id


def test_every_rule_and_norm_names_a_test_or_says_that_it_is_about_pain_or_safety(library: Library) -> None:
    without = {rule.id.split("-")[0] for rule in library.rules.by_id.values() if not rule.items}
    assert without <= {"PAIN", "RF", "CHG"}
    assert all(norm.items for norm in library.norms.values())


def test_every_source_of_the_bibliography_is_cited(library: Library) -> None:
    cited = {source for entry in entries(library) for source in entry.sources}
    assert set(library.evidence) <= cited


def test_the_glossary_says_each_word_once(library: Library) -> None:
    names = [term.name for term in (*library.guide.words, *library.guide.glossary)]
    assert len(names) == len(set(names))


def test_the_muscles_are_told_as_the_seed_tells_them_and_with_what_speaks_against(library: Library) -> None:
    told = " ".join(fact.says for fact in library.guide.muscles)
    for words in ("out to the side", "pelvis level", "bursitis", "whole leg", "should be screened", "doctor"):
        assert words in told
    assert "weakness may be a result" in told
