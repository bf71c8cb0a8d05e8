from typing import Any

import pytest

from clinic_app.domain.assess import assess
from clinic_app.domain.assessment import Assessment, CannotSay, Note, Outcome
from clinic_app.domain.finding import Finding, NotDoneReason, PainLimited, Status
from clinic_app.domain.protocol import Group, Side
from clinic_app.domain.safety import Advice, Consequence
from clinic_app.domain.safety_gate import OverrideRefusedError, check_safety
from clinic_app.domain.screening import Answer, Class, Override, PrecautionRow, Precautions
from tests.screens import (
    LEFT,
    RIGHT,
    abduction,
    assessed,
    case_screening,
    cases,
    extension,
    library,
    screen,
    stance,
    walking,
)

CASES = list(cases())
NOT_TESTED = ["cannot_say not_tested"] * 2


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_worked_case_comes_out_as_written(case: dict[str, Any]) -> None:
    assessment = assess(case_screening(case), library())
    expect = {"outcome": "assessed", "advice": "none", **case["expect"]}
    told = _told(assessment)
    classes = {group.value: expect["classes"].get(group, NOT_TESTED) for group in Group}
    assert told.pop("classes") == classes
    for key in ("flags", "notes", "information", "patterns", "unread", "lowered", "overridden"):
        assert sorted(told[key]) == sorted(expect.get(key, [])), key
    for key in expect.keys() - {"classes", "confidence"}:
        assert told[key] == expect[key] or sorted(told[key]) == sorted(expect[key]), key
    for group, confidence in expect.get("confidence", {}).items():
        assert told["confidence"][group] == confidence


def _told(assessment: Assessment) -> dict[str, Any]:
    results = assessment.groups
    return {
        "outcome": assessment.outcome,
        "advice": assessment.safety.advice,
        "classes": {g: [_words(r.cls, r.cannot_say) for r in results if r.group is g] for g in Group},
        "confidence": {g: [r.confidence or "" for r in results if r.group is g] for g in Group},
        "flags": [_words(f.rule, r.side, f.level) for r in results for f in r.flags],
        "lowered": [_words(f.rule, r.side, *f.lowered_by) for r in results for f in r.flags if f.lowered_by],
        "unread": list({_words(e.item, r.side, e.because): 0 for r in results for e in r.not_interpretable}),
        "notes": [_note(note) for note in assessment.notes],
        "information": [_words(entry.rule, entry.side, entry.value) for entry in assessment.information],
        "patterns": [
            f"{p.id} {p.side}: {' '.join(p.because)}; missing {' '.join(p.missing)}"
            for p in assessment.patterns
        ],
        "opened": [f"{opened.item}: {opened.because}" for opened in assessment.opened],
        "closed": [_words(closed.item, closed.side, closed.because) for closed in assessment.closed],
        "missing": [_words(missing.item, missing.side) for missing in assessment.missing],
        "overridden": [_words(row.row, row.consequence, row.reason) for row in assessment.safety.overridden],
    }


def _words(*parts: object) -> str:
    return " ".join(str(part) for part in parts if part is not None)


def _note(note: Note) -> str:
    return _words(note.id, note.group, note.side, f"suggest {note.suggest}" if note.suggest else None)


def test_every_rule_has_a_case() -> None:
    shown = {rule for case in CASES for rule in case.get("shows", [])}
    words = {
        word
        for case in CASES
        for key in ("flags", "notes", "information", "unread", "lowered")
        for line in case["expect"].get(key, [])
        for word in line.split()
    }
    assert set(library().rules.by_id) - shown - words == set()


def test_every_test_of_the_quick_screen_that_a_rule_reads_has_a_case() -> None:
    used = {finding["item"] for case in CASES for finding in case["screening"].get("findings", [])}
    assert set(library().rules.by_item) <= used


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


@pytest.mark.parametrize("answer", [Answer.YES, Answer.UNSURE])
@pytest.mark.parametrize("row", library().red_flags.values(), ids=lambda row: row.id)
def test_every_red_flag_leads_to_its_own_consequence(row: Any, answer: Answer) -> None:
    answers = {**screen().red_flags, row.id: answer}
    assessment = assessed(abduction(RIGHT, "5"), red_flags=answers)
    stops = row.consequence in (Consequence.STOP_URGENT, Consequence.STOP_REFER)
    assert (assessment.outcome is Outcome.SCREEN_STOPPED) is stops
    advice = {
        Consequence.STOP_URGENT: Advice.URGENT,
        Consequence.STOP_REFER: Advice.REFER_PROMPTLY,
        Consequence.REFER: Advice.REFER,
        Consequence.PRECAUTION: Advice.NONE,
    }
    assert assessment.safety.advice is advice[row.consequence]
    assert [flag.row for flag in assessment.safety.open] == [row.id]


@pytest.mark.parametrize("row", library().red_flags.values(), ids=lambda row: row.id)
def test_only_rows_that_ask_for_a_doctor_can_be_overridden_and_only_with_a_reason(row: Any) -> None:
    allowed = row.consequence in (Consequence.STOP_REFER, Consequence.REFER)
    answers = {**screen().red_flags, row.id: Answer.YES}
    for reason, accepted in (("GP knows", allowed), ("  ", False)):
        overriding = screen(red_flags=answers, red_flag_overrides={row.id: reason})
        if accepted:
            safety = check_safety(overriding, library())
            assert safety.overridden[0].reason == reason
            assert safety.advice is Advice.REFER
        else:
            with pytest.raises(OverrideRefusedError, match=row.id):
                check_safety(overriding, library())


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
