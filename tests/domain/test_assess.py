import pytest

from clinic_app.domain.assessment import CannotSay, Outcome
from clinic_app.domain.finding import Finding, NotDoneReason, PainLimited, Status
from clinic_app.domain.protocol import Group, Side
from clinic_app.domain.safety import Advice
from clinic_app.domain.screening import Answer, Class, Override, PrecautionRow, Precautions
from tests.screens import (
    LEFT,
    RIGHT,
    abduction,
    assessed,
    extension,
    library,
    screen,
    stance,
    walking,
)


def test_an_untested_group_is_never_called_free_of_weakness() -> None:
    assessment = assessed(stance(LEFT, "neg"), stance(RIGHT, "neg"), walking(LEFT, "none"))
    assert {result.cls for result in assessment.groups} == {Class.CANNOT_SAY}


def test_a_test_stopped_for_pain_is_not_called_weak() -> None:
    stopped = assessed(abduction(RIGHT, "2", pain=7)).result(Group.ABDUCTORS, RIGHT)
    assert (stopped.cls, stopped.cannot_say, stopped.flags) == (Class.CANNOT_SAY, CannotSay.PAIN_LIMITED, ())
    assert stopped.grade is None
    assert not stopped.has_absolute_measure


def test_pain_that_was_not_recorded_is_not_taken_for_a_painless_test() -> None:
    assessment = assessed(abduction(RIGHT, "4", pain=None))
    assert any(note.id == "PAIN-5" for note in assessment.notes)


def test_a_blank_red_flag_row_is_never_read_as_no() -> None:
    answers = {row: Answer.NO for row in library().red_flags if row not in ("rf_cancer", "rf_minor")}
    assessment = assessed(abduction(RIGHT, "4"), red_flags=answers)
    assert assessment.outcome is Outcome.INCOMPLETE_SAFETY
    assert assessment.safety.unanswered == ("rf_cancer",)
    assert {r.cannot_say for r in assessment.groups} == {CannotSay.SAFETY_INCOMPLETE}
    assert not any(r.flags for r in assessment.groups)


def test_a_precautions_list_that_was_not_asked_leaves_the_classes_out() -> None:
    assessment = assessed(abduction(RIGHT, "4"), precautions=Precautions())
    assert assessment.outcome is Outcome.INCOMPLETE_SAFETY
    assert assessment.safety.unanswered == ("precautions",)


def test_an_open_stop_comes_before_an_unanswered_row() -> None:
    assessment = assessed(red_flags={"rf_fracture": Answer.UNSURE})
    assert assessment.outcome is Outcome.SCREEN_STOPPED
    assert assessment.safety.advice is Advice.URGENT
    assert "rf_cancer" in assessment.safety.unanswered


def test_an_overridden_row_does_not_hide_another_that_is_open() -> None:
    answers = {**screen().red_flags, "rf_weight_loss": Answer.YES, "rf_cancer": Answer.YES}
    assessment = assessed(red_flags=answers, red_flag_overrides={"rf_weight_loss": "known"})
    assert assessment.outcome is Outcome.SCREEN_STOPPED
    assert [flag.row for flag in assessment.safety.open] == ["rf_cancer"]


@pytest.mark.parametrize(("age", "minor"), [(17, True), (18, False)])
def test_no_rule_is_applied_under_18(age: int, minor: bool) -> None:
    assessment = assessed(abduction(RIGHT, "3"), extension(RIGHT, "5", pain=3), age=age)
    reasons = {result.cannot_say for result in assessment.groups}
    assert (reasons == {CannotSay.MINOR}) is minor
    assert ("rf_minor" in [flag.row for flag in assessment.safety.open]) is minor
    assert bool(assessment.notes) is not minor


def test_a_child_with_unanswered_rows_is_told_first_to_be_a_child() -> None:
    assessment = assessed(age=12, red_flags={})
    assert assessment.outcome is Outcome.INCOMPLETE_SAFETY
    assert {result.cannot_say for result in assessment.groups} == {CannotSay.MINOR}


def test_the_warning_of_severe_painful_loss_is_given_even_before_the_safety_answers_are_complete() -> None:
    assessment = assessed(abduction(RIGHT, "2", pain=8), red_flags={})
    assert [note.id for note in assessment.notes] == ["PAIN-7"]
    assert assessment.safety.advice is Advice.REFER_PROMPTLY


def test_a_weak_hip_without_pain_asks_for_no_doctor() -> None:
    assert assessed(abduction(RIGHT, "3")).safety.advice is Advice.NONE


def test_the_therapists_own_class_stands_beside_the_computed_one() -> None:
    override = Override(Group.ABDUCTORS, RIGHT, Class.POSSIBLE, "poor effort, repeated")
    result = assessed(abduction(RIGHT, "4"), overrides=(override,)).result(Group.ABDUCTORS, RIGHT)
    assert (result.cls, result.final, result.therapist_reason) == (
        Class.PROBABLE,
        Class.POSSIBLE,
        "poor effort, repeated",
    )


def test_nobodys_class_overrules_a_stopped_screen() -> None:
    override = Override(Group.ABDUCTORS, RIGHT, Class.NONE_FOUND, "looks fine")
    stopped = assessed(red_flags={"rf_fracture": Answer.YES}, overrides=(override,))
    assert {result.final for result in stopped.groups} == {Class.CANNOT_SAY}


def test_all_eight_pairs_are_always_listed_left_before_right() -> None:
    pairs = [(group, side) for group in Group for side in Side]
    for assessment in (
        assessed(),
        assessed(age=9),
        assessed(red_flags={}),
        assessed(red_flags={"rf_dvt": Answer.YES}),
    ):
        assert [(result.group, result.side) for result in assessment.groups] == pairs


def test_a_finding_on_a_closed_test_is_kept_and_not_used() -> None:
    rows = (PrecautionRow("pc_tha_lateral", RIGHT),)
    assessment = assessed(abduction(RIGHT, "3"), precautions=Precautions(answered=True, rows=rows))
    result = assessment.result(Group.ABDUCTORS, RIGHT)
    assert (result.cls, result.cannot_say) == (Class.CANNOT_SAY, CannotSay.PRECAUTION)
    assert [(entry.item, entry.because) for entry in result.not_interpretable] == [
        ("mmt_hip_abduction", "pc_tha_lateral")
    ]


def test_a_closed_test_that_the_therapist_opened_with_a_reason_counts() -> None:
    rows = (PrecautionRow("pc_tha_lateral", RIGHT),)
    opened = abduction(RIGHT, "4", opened_because="surgeon agreed by phone")
    assessment = assessed(opened, precautions=Precautions(answered=True, rows=rows))
    assert assessment.result(Group.ABDUCTORS, RIGHT).cls is Class.PROBABLE


def test_a_reason_not_done_of_an_indirect_test_says_nothing_of_strength() -> None:
    refused = Finding("trendelenburg_30s", RIGHT, Status.NOT_DONE, NotDoneReason.UNABLE_PAIN)
    assert assessed(refused).result(Group.ABDUCTORS, RIGHT).cannot_say is CannotSay.NOT_TESTED


def test_pain_comes_before_a_precaution_as_the_reason_why_nothing_can_be_said() -> None:
    rows = (PrecautionRow("pc_valsalva"),)
    painful = Finding("mmt_hip_abduction", RIGHT, Status.NOT_DONE, NotDoneReason.UNABLE_PAIN)
    result = assessed(painful, precautions=Precautions(answered=True, rows=rows))
    assert result.result(Group.ABDUCTORS, RIGHT).cannot_say is CannotSay.PAIN_LIMITED


def test_a_trendelenburg_of_somebody_who_cannot_follow_the_test_is_not_valid() -> None:
    held = Precautions(answered=True, rows=(PrecautionRow("pc_cognition"),))
    positive = assessed(stance(RIGHT, "drop"), abduction(RIGHT, "5"), precautions=held)
    result = positive.result(Group.ABDUCTORS, RIGHT)
    assert (result.cls, result.flags) == (Class.NONE_FOUND, ())
    assert [entry.because for entry in result.not_interpretable] == ["pc_cognition"]
    negative = assessed(stance(RIGHT, "neg"), precautions=held)
    assert negative.result(Group.ABDUCTORS, RIGHT).not_interpretable == ()


def test_the_flag_that_counts_is_the_highest_of_its_family() -> None:
    findings = (walking(RIGHT, "drop", degree="mild"), stance(RIGHT, "drop"), abduction(RIGHT, "4"))
    flags = assessed(*findings).result(Group.ABDUCTORS, RIGHT).flags
    assert [(flag.rule, flag.counts) for flag in flags] == [
        ("MMT-A2", True),
        ("TRN-1", True),
        ("GAIT-1", False),
    ]


def test_a_flag_says_by_which_rule_and_on_what_ground_it_stands() -> None:
    (flag,) = assessed(abduction(RIGHT, "4")).result(Group.ABDUCTORS, RIGHT).flags
    assert (flag.rule, flag.version, flag.value, flag.threshold) == ("MMT-A2", "1", "4", "4- or 4")
    assert (flag.label, flag.basis, flag.sources) == ("strong", "convention", ("bohannon05",))


def test_a_trick_movement_counts_by_convention_and_a_drop_by_publication() -> None:
    basis = {}
    for result in ("drop", "comp"):
        (flag,) = assessed(stance(RIGHT, result)).result(Group.ABDUCTORS, RIGHT).flags
        basis[result] = flag.basis
    assert basis == {"drop": "published", "comp": "convention"}


def test_unsure_about_pain_lowers_even_when_pain_was_not_recorded() -> None:
    unsure = abduction(RIGHT, "4", pain=None, pain_limited=PainLimited.UNSURE)
    (flag,) = assessed(unsure).result(Group.ABDUCTORS, RIGHT).flags
    assert (flag.level, flag.lowered_by) == (2, ("PAIN-2",))


def test_the_order_of_entry_changes_nothing() -> None:
    findings = (abduction(RIGHT, "4"), stance(RIGHT, "drop"), walking(RIGHT, "lurch", degree="obvious"))
    held = Precautions(answered=True, rows=(PrecautionRow("pc_tha_lateral"),))
    for precautions in (Precautions(answered=True), held):
        forth = assessed(*findings, precautions=precautions)
        assert forth == assessed(*reversed(findings), precautions=precautions)


def test_a_test_opened_by_two_conditions_names_both() -> None:
    place = Finding("symptom_location", LEFT, values={"sites": ("lateral_hip",)})
    opened = {one.item: one.because for one in assessed(place, age=50, protocol="full").opened}
    assert opened["fadir"] == "symptom_location left lateral_hip, age 50"
    assert "fadir" not in {one.item for one in assessed(place, age=49, protocol="full").opened}
