import tomllib
from decimal import Decimal
from typing import Any

import pytest

from clinic_app.domain.assess import assess
from clinic_app.domain.finding import Finding, NotDoneReason, PainLimited, Status
from clinic_app.domain.protocol import Group, Side
from clinic_app.domain.screening import Answer, Class, Override, PrecautionRow, Sex, Subject
from clinic_app.exchange.assessment_json import assessment_to_json
from clinic_app.exchange.document import DocumentError, Problem
from clinic_app.exchange.finding_json import read_finding
from clinic_app.exchange.screening_json import read_screening
from tests.screens import FOLDER, document, library

REFUSED = tomllib.loads((FOLDER.parent / "refused_findings.toml").read_text("utf-8"))["cases"]
ABDUCTION = {"item": "mmt_hip_abduction", "side": "right", "values": {"grade": "4"}, "pain": 2}


def problems(given: object) -> tuple[Problem, ...]:
    with pytest.raises(DocumentError) as refused:
        read_screening(given, library())
    return refused.value.problems


def problem(given: object) -> Problem:
    (only,) = problems(given)
    return only


def finding_problem(item: str, given: dict[str, Any]) -> Problem:
    with pytest.raises(DocumentError) as refused:
        read_finding(given, library().items[item])
    (only,) = refused.value.problems
    return only


CLEARED = {
    "id": "pc_tha_lateral",
    "side": "left",
    "cleared": True,
    "cleared_by": "Dr Ahlgren",
    "cleared_on": "2026-07-03",
}


def test_a_whole_screening_is_read_as_it_stands() -> None:
    given = document(
        {**ABDUCTION, "pain_limited": "unsure", "compensations": ["hip_flexion"], "note": "tired"},
        {"item": "mmt_hip_extension", "side": "left", "status": "not_done", "not_done_reason": "unable_pain"},
        subject={
            "age": 46,
            "sex": "female",
            "height_cm": 168,
            "mass_kg": Decimal("61.5"),
            "sport": "running",
        },
        red_flags={"rf_fracture": "no", "rf_cancer": "unsure"},
        red_flag_overrides={"rf_weight_loss": "known, GP investigating"},
        precautions={"answered": True, "rows": [CLEARED]},
        overrides=[{"group": "abductors", "side": "right", "class": "possible", "reason": "poor effort"}],
    )
    read = read_screening(given, library())
    assert read.subject == Subject(46, Sex.FEMALE, Decimal(168), Decimal("61.5"), sport="running")
    assert read.red_flags == {"rf_fracture": Answer.NO, "rf_cancer": Answer.UNSURE}
    assert read.red_flag_overrides == {"rf_weight_loss": "known, GP investigating"}
    assert read.precautions.answered
    assert read.precautions.rows == (
        PrecautionRow("pc_tha_lateral", Side.LEFT, True, {}, "Dr Ahlgren", "2026-07-03"),
    )
    assert read.overrides == (Override(Group.ABDUCTORS, Side.RIGHT, Class.POSSIBLE, "poor effort"),)
    assert read.findings == (
        Finding(
            "mmt_hip_abduction",
            Side.RIGHT,
            values={"grade": "4"},
            pain=2,
            pain_limited=PainLimited.UNSURE,
            compensations=("hip_flexion",),
            note="tired",
        ),
        Finding("mmt_hip_extension", Side.LEFT, Status.NOT_DONE, NotDoneReason.UNABLE_PAIN),
    )


def test_all_no_answers_every_row_that_is_asked_and_age_answers_the_rest() -> None:
    read = read_screening(document(), library())
    asked = {row.id for row in library().red_flags.values() if row.under_age is None}
    assert set(read.red_flags) == asked
    assert set(read.red_flags.values()) == {Answer.NO}


def test_a_row_that_is_not_there_stays_unanswered() -> None:
    without = {key: value for key, value in document().items() if key != "red_flags"}
    assert read_screening(without, library()).red_flags == {}
    assert read_screening(document(red_flags={"rf_dvt": None}), library()).red_flags == {}
    assert not read_screening(document(precautions={}), library()).precautions.answered


def test_true_and_false_are_read_as_yes_and_no() -> None:
    read = read_screening(
        document(
            {**ABDUCTION, "values": {"grade": "4", "alt_position": "yes"}},
            red_flags={"rf_dvt": True, "rf_cancer": False},
            precautions={"answered": "yes", "rows": [{"id": "pc_osteoporosis", "fragility_fracture": "no"}]},
        ),
        library(),
    )
    assert read.red_flags == {"rf_dvt": Answer.YES, "rf_cancer": Answer.NO}
    assert read.findings[0].values == {"grade": "4", "alt_position": True}
    assert read.precautions.rows[0].extra == {"fragility_fracture": False}


@pytest.mark.parametrize("given", [None, [], "text", 3])
def test_something_that_is_not_an_object_is_refused(given: object) -> None:
    assert problems(given)[0] == Problem("", given, "not an object")


@pytest.mark.parametrize(
    ("other", "at", "said"),
    [
        ({"protocl": "quick"}, "protocl", "not a key of this document"),
        ({"protocol": "slow"}, "protocol", "not a protocol"),
        ({"protocol": None}, "protocol", "not a protocol"),
        ({"subject": {"sex": "female"}}, "subject.age", "missing"),
        ({"subject": {"age": 40}}, "subject.sex", "missing"),
        ({"subject": {"age": 111, "sex": "male"}}, "subject.age", "out of range"),
        ({"subject": {"age": -1, "sex": "male"}}, "subject.age", "out of range"),
        ({"subject": {"age": 40.5, "sex": "male"}}, "subject.age", "finer than its step"),
        ({"subject": {"age": "40", "sex": "male"}}, "subject.age", "not a number"),
        ({"subject": {"age": True, "sex": "male"}}, "subject.age", "not a number"),
        ({"subject": {"age": 40, "sex": "f"}}, "subject.sex", "not a choice"),
        ({"subject": {"age": 40, "sex": "male", "height_cm": 99}}, "subject.height_cm", "out of range"),
        ({"subject": {"age": 40, "sex": "male", "mass_kg": 250.1}}, "subject.mass_kg", "out of range"),
        ({"subject": {"age": 40, "sex": "male", "mass_kg": 61.55}}, "subject.mass_kg", "finer than its step"),
        ({"subject": {"age": 40, "sex": "male", "shoe": 9}}, "subject.shoe", "not a key of this document"),
        ({"red_flags": "none"}, "red_flags", "not an object"),
        ({"red_flags": {"rf_flu": "no"}}, "red_flags.rf_flu", "not a key of this document"),
        ({"red_flags": {"rf_dvt": "maybe"}}, "red_flags.rf_dvt", "not an answer"),
        ({"red_flag_overrides": {"rf_dvt": "fine"}}, "red_flag_overrides.rf_dvt", "cannot be overridden"),
        (
            {"red_flag_overrides": {"rf_cancer": " "}},
            "red_flag_overrides.rf_cancer",
            "an override needs a reason",
        ),
        ({"precautions": {"answered": "perhaps"}}, "precautions.answered", "not yes or no"),
        ({"precautions": {"rows": [{"id": "pc_cold"}]}}, "precautions.rows[0].id", "not a precaution"),
        ({"precautions": {"rows": [3]}}, "precautions.rows[0]", "not an object"),
        (
            {"precautions": {"rows": [{"id": "pc_cardiac", "side": "left"}]}},
            "precautions.rows[0].side",
            "this row has no side",
        ),
        (
            {"precautions": {"rows": [{"id": "pc_orif_weight_bearing", "weight_bearing": "some"}]}},
            "precautions.rows[0].weight_bearing",
            "not a choice",
        ),
        (
            {"precautions": {"rows": [{"id": "pc_cardiac"}, {"id": "pc_cardiac"}]}},
            "precautions.rows",
            "the same row and side twice",
        ),
        ({"opened": "fadir"}, "opened", "not a list"),
        ({"opened": ["fadir", "knee"]}, "opened[1]", "not a choice"),
        ({"opened": ["review"]}, "opened[0]", "not a choice"),
        ({"opened": ["fadir", "fadir"]}, "opened", "the same choice twice"),
        ({"findings": {}}, "findings", "not a list"),
        ({"findings": [7]}, "findings[0]", "not an object"),
        ({"findings": [{"item": "mmt_knee"}]}, "findings[0].item", "not a test"),
        ({"findings": [{"item": "red_flags"}]}, "findings[0].item", "not a test"),
        ({"findings": [ABDUCTION, ABDUCTION]}, "findings[1]", "the same test and side twice"),
        (
            {"overrides": [{"group": "quads", "side": "left", "class": "possible", "reason": "x"}]},
            "overrides[0].group",
            "not a group",
        ),
        (
            {"overrides": [{"group": "abductors", "side": "left", "class": "possible", "reason": ""}]},
            "overrides[0].reason",
            "an override needs a reason",
        ),
    ],
)
def test_what_is_wrong_in_a_screening_is_named(other: dict[str, Any], at: str, said: str) -> None:
    found = problem(document(**other))
    assert (found.at, found.problem) == (at, said)


def test_every_problem_is_told_at_once() -> None:
    wrong = document({**ABDUCTION, "values": {"grade": "6"}, "pain": 11}, subject={"age": 40})
    assert [each.at for each in problems(wrong)] == [
        "subject.sex",
        "findings[0].values.grade",
        "findings[0].pain",
    ]


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: f"{case['test']} {case['at']} {case['said']}")
def test_what_is_wrong_in_a_finding_is_named(case: dict[str, Any]) -> None:
    sent = {"side": "left", **case["sent"]}
    if sent.pop("no_side", False):
        del sent["side"]
    found = finding_problem(case["test"], sent)
    assert (found.at, found.problem) == (case["at"], case["said"])


def test_criteria_are_answered_whole() -> None:
    with pytest.raises(DocumentError) as refused:
        read_finding(
            {"side": "left", "values": {"criteria": {"trunk": "fine"}}}, library().items["single_leg_squat"]
        )
    assert [each.at for each in refused.value.problems] == [
        f"values.criteria.{key}" for key in ("overall", "trunk", "pelvis", "hip", "knee")
    ]


def test_a_problem_names_the_value_and_what_is_allowed() -> None:
    found = problem(document({**ABDUCTION, "values": {"grade": "6"}}))
    assert found == Problem("findings[0].values.grade", "6", "not a grade", "0 1 2- 2 2+ 3- 3 3+ 4- 4 4+ 5")
    age = problem(document(subject={"age": 200, "sex": "male"}))
    assert (age.value, age.allowed) == (200, "0 to 110 years step 1")


@pytest.mark.parametrize("seconds", [0, 0.1, 29.9, 30, Decimal("12.3")])
def test_a_value_at_its_limit_is_read_exactly(seconds: float | Decimal) -> None:
    values = {"result": "drop", "seconds": seconds}
    read = read_finding({"side": "left", "values": values}, library().items["trendelenburg_30s"])
    assert read.values["seconds"] == Decimal(str(seconds))


def test_blood_pressure_takes_one_or_two_readings_within_their_limits() -> None:
    item = library().items["resting_bp"]
    read = read_finding({"values": {"readings": [{"sbp": 60, "dbp": 160, "hr": 220}]}}, item)
    assert read.values["readings"] == ({"sbp": 60, "dbp": 160, "hr": 220},)
    for readings, at in (
        ([], "values.readings"),
        ([{"sbp": 120, "dbp": 80}] * 3, "values.readings"),
        ([{"sbp": 59, "dbp": 80}], "values.readings[0].sbp"),
        ([{"sbp": 120}], "values.readings[0].dbp"),
        ([{"sbp": 120, "dbp": 80.5}], "values.readings[0].dbp"),
        ([None], "values.readings[0]"),
    ):
        with pytest.raises(DocumentError) as refused:
            read_finding({"values": {"readings": readings}}, item)
        assert at in [each.at for each in refused.value.problems]


def test_a_squat_rating_must_follow_from_its_criteria() -> None:
    item = library().items["single_leg_squat"]
    criteria = dict.fromkeys(("overall", "trunk", "pelvis"), "ok") | dict.fromkeys(("hip", "knee"), "not_ok")
    agreeing = {"side": "left", "values": {"criteria": criteria, "rating": "fair"}}
    assert read_finding(agreeing, item).values["rating"] == "fair"
    assert "rating" not in read_finding({"side": "left", "values": {"criteria": criteria}}, item).values
    wrong = {"side": "left", "values": {"criteria": criteria, "rating": "good"}}
    found = finding_problem("single_leg_squat", wrong)
    assert (found.at, found.problem, found.allowed) == (
        "values.rating",
        "does not follow from the criteria",
        "fair",
    )


def test_the_typed_reason_for_opening_a_closed_test_is_kept() -> None:
    read = read_finding(
        {"side": "left", "values": {"grade": "5"}, "opened_because": " surgeon agreed "},
        library().items["mmt_hip_abduction"],
    )
    assert read.opened_because == "surgeon agreed"


def test_what_was_timed_and_what_was_confirmed_is_kept_by_the_keys_of_the_test() -> None:
    drop = {"side": "left", "values": {"result": "drop", "seconds": 12.5}}
    item = library().items["trendelenburg_30s"]
    read = read_finding({**drop, "timed": ["seconds"], "confirmed": ["seconds"]}, item)
    assert (read.timed, read.confirmed) == (("seconds",), ("seconds",))
    assert read_finding({**drop, "timed": [], "confirmed": None}, item) == read_finding(drop, item)
    found = finding_problem("trendelenburg_30s", {**drop, "timed": ["grade"]})
    assert (found.at, found.allowed) == ("timed[0]", "result seconds")


def test_an_assessment_is_written_in_the_agreed_vocabulary() -> None:
    given = document(
        ABDUCTION,
        {"item": "trendelenburg_30s", "side": "right", "values": {"result": "drop"}, "pain": 5},
        red_flags={**dict.fromkeys(library().red_flags, "no"), "rf_weight_loss": "yes"},
        red_flag_overrides={"rf_weight_loss": "known, GP investigating"},
        precautions={"answered": True, "rows": [{"id": "pc_tha_lateral", "side": "left"}]},
    )
    written = assessment_to_json(assess(read_screening(given, library()), library()))
    assert written["outcome"] == "assessed"
    assert written["safety"] == {
        "open": [],
        "overridden": [
            {"row": "rf_weight_loss", "consequence": "stop_refer", "reason": "known, GP investigating"}
        ],
        "advice": "refer",
    }
    left, right = written["groups"][:2]
    assert (left["class"], left["cannot_say"]) == ("cannot_say", "precaution")
    assert right == {
        "group": "abductors",
        "side": "right",
        "class": "possible",
        "cannot_say": None,
        "confidence": None,
        "therapist_class": None,
        "flags": [
            {
                "rule": "MMT-A2",
                "version": "1",
                "family": "mmt",
                "level": 2,
                "label": "supporting",
                "direct": True,
                "item": "mmt_hip_abduction",
                "value": "4",
                "threshold": "4- or 4",
                "basis": "convention",
                "sources": ["bohannon05"],
                "counts": True,
                "lowered_by": ["PAIN-2"],
            }
        ],
        "not_interpretable": [{"item": "trendelenburg_30s", "because": "PAIN-4"}],
    }
    assert written["information"] == [
        {"rule": "TRN-1", "side": "right", "value": "drop", "item": "trendelenburg_30s"}
    ]
    assert written["opened"] == [{"item": "lumbar_l5_motor", "because": "mmt_hip_abduction right 4"}]
    assert {"item": "mmt_hip_abduction", "side": "left", "because": "pc_tha_lateral"} in written["closed"]
    assert {"item": "mmt_hip_extension", "side": "left"} in written["missing"]
    assert set(written) == {
        "outcome",
        "safety",
        "groups",
        "lower_limb",
        "notes",
        "information",
        "patterns",
        "opened",
        "closed",
        "missing",
    }


def test_what_is_open_and_unanswered_is_written() -> None:
    given = document(red_flags={"rf_cancer": "unsure"})
    safety = assessment_to_json(assess(read_screening(given, library()), library()))["safety"]
    assert safety["open"] == [{"row": "rf_cancer", "answer": "unsure", "consequence": "stop_refer"}]
    assert "rf_fracture" in safety["unanswered"]


def test_tests_opened_by_hand_are_read_in_their_order() -> None:
    assert read_screening(document(opened=["thomas", "fadir"]), library()).opened == ("thomas", "fadir")


def read(test: str, values: dict[str, Any], side: str | None = "left") -> dict[str, Any]:
    """The values that are read of a finding."""
    sided = {"side": side} if side else {}
    return dict(read_finding({**sided, "values": values}, library().items[test]).values)


def test_trials_are_a_list_or_one_number_alone() -> None:
    assert read("sls_time", {"trials_s": [12.5, 45]})["trials_s"] == (Decimal("12.5"), Decimal(45))
    assert read("hip_rom", {"ir_deg": -20})["ir_deg"] == (Decimal(-20),)


def test_points_are_whole_numbers_and_true_is_one_where_that_is_the_most() -> None:
    points = {"arms": True, "trunk": False, "pelvis": 0, "knee": 2, "unsteady": 1, "score": 4}
    assert read("step_down", points) == {**points, "arms": 1, "trunk": 0}


def test_a_score_may_be_left_out_when_all_its_points_are_given() -> None:
    points = {"arms": 1, "trunk": 0, "pelvis": 0, "knee": 2, "unsteady": 1}
    assert "score" not in read("step_down", points)


@pytest.mark.parametrize(
    ("unit", "shown", "force"), [("N", 120.64, "120.6"), ("kgf", 12.3, "120.6"), ("lbf", 27.1, "120.5")]
)
def test_a_force_in_the_unit_of_the_device_gives_the_newtons(unit: str, shown: float, force: str) -> None:
    values = read("hhd_abduction", {"entered": {"unit": unit, "trials": [shown]}})
    assert values["trials_n"] == (Decimal(force),)
    assert values["entered"] == {"unit": unit, "trials": (Decimal(str(shown)),)}
    both = {"trials_n": [float(force)], "entered": {"unit": unit, "trials": [shown]}}
    assert read("hhd_abduction", both) == values


def test_a_contradicting_force_names_both_and_what_would_agree() -> None:
    sent = {"side": "left", "values": {"trials_n": [120], "entered": {"unit": "kgf", "trials": [12.3]}}}
    found = finding_problem("hhd_abduction", sent)
    assert (found.value, found.allowed) == ((Decimal(120),), "120.6 N")


def test_falls_belong_to_the_person_and_the_rest_to_a_side() -> None:
    assert read("symptom_behaviour", {"falls_12m": 2}, side=None) == {"falls_12m": 2}
    assert read("symptom_behaviour", {"stairs": True}) == {"stairs": True}
