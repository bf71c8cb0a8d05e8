"""Values become sentences in one place, and say no more than is known."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from flask_babel import force_locale

from clinic_app.domain.assessment import CannotSay
from clinic_app.domain.finding import Finding, NotDoneReason, PainLimited, Status
from clinic_app.domain.programme import WorkedSides, WorkMode
from clinic_app.domain.protocol import Group, Side
from clinic_app.domain.report import Report
from clinic_app.domain.screening import Answer, Class
from clinic_app.web import wording
from tests import papers, reports


@pytest.fixture(autouse=True)
def _words() -> Iterator[None]:
    with papers.in_words():
        yield


def said_of(finding: Finding) -> str:
    library = reports.library()
    return wording.finding_words(finding, library.items[finding.item], library.words)


def line(report: Report, number: int = 0) -> Any:
    assert report.programme is not None
    return report.programme.lines[number]


def test_a_grade_is_told_with_its_pain() -> None:
    assert said_of(reports.graded("mmt_hip_abduction", Side.RIGHT, "4-", 2)) == "4−, pain 2/10"


def test_pain_that_was_not_recorded_is_not_zero() -> None:
    assert said_of(reports.graded("mmt_hip_abduction", Side.RIGHT, "4-", None)) == "4−, pain not recorded"


def test_a_test_stopped_for_pain_says_that_first() -> None:
    stopped = reports.graded("mmt_hip_abduction", Side.RIGHT, "3", 6, pain_limited=PainLimited.YES)
    assert said_of(stopped) == "Pain 6/10 stopped the test (3)"
    assert said_of(replace(stopped, pain=None, values={})) == "Pain stopped the test"


def test_seconds_that_the_stopwatch_measured_say_so() -> None:
    held = Finding("side_bridge_hold", Side.LEFT, values={"seconds": Decimal(41)}, pain=0)
    assert said_of(replace(held, timed=("seconds",))) == "41 s (timed), pain 0/10"
    assert said_of(held) == "41 s, pain 0/10"


def test_a_test_not_done_tells_its_reason_and_no_result() -> None:
    not_done = Finding("mmt_hip_abduction", Side.LEFT, Status.NOT_DONE, NotDoneReason.UNABLE_PAIN)
    assert said_of(not_done) == "Not tested: too sore"


def test_what_was_never_entered_is_not_recorded() -> None:
    item = reports.library().items["mmt_hip_abduction"]
    assert wording.finding_words(None, item, reports.library().words) == "Not recorded"


def test_values_stand_behind_their_labels_and_units() -> None:
    held = Finding(
        "trendelenburg_30s", Side.RIGHT, values={"result": "drop", "seconds": Decimal("12.4")}, pain=0
    )
    assert said_of(held) == "Raised, then drops, 12.4 s, pain 0/10"
    pain = Finding("pain_nprs", Side.LEFT, values={"now": 2, "worst_24h": 5, "least_24h": 0})
    assert said_of(pain) == "Right now 2, worst in the last 24 hours 5, least in the last 24 hours 0"
    pressure = Finding("resting_bp", values={"readings": ({"sbp": 150, "dbp": 90},)})
    assert said_of(pressure) == "Systolic 150 mmHg, Diastolic 90 mmHg"


@pytest.mark.parametrize(
    ("item", "values", "words"),
    [
        (
            "hhd_abduction",
            {"trials_n": (Decimal("52.0"), Decimal("49.5"), Decimal("50.1"))},
            "52.0, 49.5 and 50.1 N",
        ),
        (
            "hhd_abduction",
            {
                "trials_n": (Decimal("120.6"),),
                "entered": {"unit": "kgf", "trials": (Decimal("12.3"),)},
                "method": "break",
            },
            "12.3 kgf (120.6 N), method: break",
        ),
        ("sls_time", {"trials_s": (Decimal("12.5"), Decimal(45))}, "12.5 and 45 s"),
        ("hip_rom", {"ir_deg": (Decimal(12), Decimal(14))}, "Internal rotation 12 and 14°"),
        ("hip_rom", {"ir_deg": (Decimal(-5),)}, "Internal rotation −5°"),
        ("step_down", {"knee": 2, "score": 4}, "Knee 2 of 2 points, 4"),
        (
            "hhd_setup",
            {"unit": "kgf", "abduction": {"method": "make", "lever_cm": Decimal("36.5")}},
            "Unit that it shows: kgf, abduction: make, lever arm 36.5 cm",
        ),
        ("symptom_behaviour", {"falls_12m": 2}, "Falls in the last 12 months 2"),
    ],
)
def test_each_kind_of_value_has_its_words(item: str, values: dict[str, Any], words: str) -> None:
    library = reports.library()
    assert wording.values_words(Finding(item, values=values), library.items[item]) == words


def test_the_heading_is_the_finding() -> None:
    strong = reports.graded("mmt_hip_abduction", Side.LEFT, "5")
    report = reports.draft(reports.screened(strong, reports.graded("mmt_hip_abduction", Side.RIGHT, "4")))
    assert wording.headline(report.assessment, report.terms) == "Right hip abductors: likely weak"
    more = wording.headline_more(report.assessment, report.terms)
    assert "No weakness found: Left hip abductors." in more
    assert "Cannot say: Hip extensors, both sides" in more


def test_nothing_tested_is_never_called_no_weakness() -> None:
    report = reports.draft(reports.screened())
    assert (
        wording.headline(report.assessment, report.terms) == "Cannot say: no muscle group could be assessed"
    )
    assert "No weakness" not in wording.headline_more(report.assessment, report.terms)


def test_no_weakness_is_said_only_of_what_could_be_assessed() -> None:
    report = reports.draft(
        reports.screened(*(reports.graded("mmt_hip_abduction", side, "5") for side in Side))
    )
    assert wording.headline(report.assessment, report.terms).endswith("muscles that could be assessed")


def test_a_stopped_screen_and_open_questions_are_headings_of_their_own() -> None:
    report = reports.stopped()
    assert (
        wording.headline(report.assessment, report.terms) == "Screen stopped: Possible cauda equina syndrome"
    )
    unanswered = reports.draft(reports.screened(red_flags={"rf_fracture": Answer.NO}))
    assert wording.headline(unanswered.assessment, unanswered.terms).startswith("Not assessed: safety")


def test_cannot_say_tells_why() -> None:
    report = reports.draft(reports.screened(*reports.STOPPED_BY_PAIN))
    right = report.assessment.result(Group.ABDUCTORS, Side.RIGHT)
    assert right.cannot_say is CannotSay.PAIN_LIMITED
    sentence = wording.cannot_say_sentence(right, report.facts, report.terms)
    assert sentence == "Cannot say: pain 6/10 stopped the test"
    rotators = report.assessment.result(Group.EXTERNAL_ROTATORS, Side.LEFT)
    assert wording.cannot_say_sentence(rotators, report.facts, report.terms) == "Cannot say: not tested"


def test_a_flag_names_side_value_limit_basis_and_source() -> None:
    report = reports.draft(reports.screened(reports.graded("mmt_hip_abduction", Side.RIGHT, "4")))
    (flag,) = report.assessment.result(Group.ABDUCTORS, Side.RIGHT).flags
    sentence = wording.flag_sentence(flag, Side.RIGHT, report.terms)
    assert "Hip abduction, manual grade, right: 4" in sentence
    assert "MMT-A2: 4− or 4" in sentence
    assert "Strong" in sentence
    assert "Clinical convention" in sentence
    assert "Bohannon" in sentence
    assert "[V]" in sentence


def test_the_therapists_class_is_shown_and_findings_that_disagree_are_a_conflict() -> None:
    lurching = Finding("trendelenburg_30s", Side.RIGHT, values={"result": "drop"}, pain=0)
    report = reports.draft(reports.screened(lurching, reports.graded("mmt_hip_abduction", Side.RIGHT, "5")))
    right = report.assessment.result(Group.ABDUCTORS, Side.RIGHT)
    assert wording.shown_class(right, report.assessment) == "conflict"
    overruled = replace(right, therapist_class=Class.POSSIBLE)
    assert wording.shown_class(overruled, report.assessment) == "possible"


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("precaution:knee_pain", "Precaution: knee pain"),
        ("equipment:loop_band", "Not available: loop band"),
        ("position:prone", "Position not tolerated: prone"),
        ("weight_bearing:left", "Too much weight on the leg: left"),
        ("lies_on_sore_side:right", "Lies on the sore side: right"),
        ("balance", "Asks for more balance than is safe"),
    ],
)
def test_why_an_exercise_was_left_out_is_told_in_words(code: str, words: str) -> None:
    assert wording.exclusion_words(code, reports.library().words) == words


def _told(**changes: Any) -> tuple[str, ...]:
    """The dose of the first exercise, changed."""
    first = line(reports.with_exercises())
    handout = reports.library().exercises.handout
    return wording.dose_sentences(replace(first.prescription, **changes), first.unit, handout)


def test_a_dose_is_told_in_short_sentences() -> None:
    report = reports.with_exercises()
    assert report.programme is not None
    first = line(report)
    said = wording.dose_sentences(first.prescription, first.unit, report.programme.handout)
    assert said == (
        "2 sets of 12 times.",
        "Do all your sets on your right leg. Then do 1 set on your other leg.",
        "Rest 60 seconds between sets.",
        "Do it 5 days a week.",
        "Effort: medium. About 4 or 5 out of 10. You could do 4 more, but stop there.",
    )


@pytest.mark.parametrize(
    ("days", "times", "words"),
    [
        (7, 1, "Do it every day."),
        (7, 2, "Do it two times a day, every day."),
        (3, 1, "Do it 3 days a week."),
        (3, 2, "Do it two times a day, 3 days a week."),
    ],
)
def test_how_often_is_never_told_by_halves(days: int, times: int, words: str) -> None:
    assert words in _told(days_per_week=days, sessions_per_day=times)


@pytest.mark.parametrize(
    ("mode", "words"),
    [
        (
            WorkMode.ONE_SIDE_PLUS_1_SET_OTHER,
            "Do all your sets on your right leg. Then do 1 set on your other leg.",
        ),
        (WorkMode.ONE_SIDE_ONLY, "Do this on your right leg only."),
        (WorkMode.BOTH_SIDES, "Do it on both legs. Start with your right leg."),
        (WorkMode.BOTH_TOGETHER, "Both legs work at the same time."),
        (WorkMode.BOTH_WAYS, ""),
    ],
)
def test_the_legs_are_named(mode: WorkMode, words: str) -> None:
    told = _told(sides=WorkedSides(mode, Side.RIGHT))
    assert [sentence for sentence in told if "leg" in sentence] == [words] * bool(words)


@pytest.mark.parametrize(
    ("rpe", "words"),
    [((2, 3), "light"), ((3, 5), "medium"), ((5, 7), "medium to hard"), ((6, 8), "hard but")],
)
def test_effort_is_a_word(rpe: tuple[int, int], words: str) -> None:
    assert _told(rpe=rpe)[-1].startswith(f"Effort: {words}")


def test_the_patient_reads_of_the_weak_side_and_of_the_unclear_one_without_numbers() -> None:
    told = " ".join(block.text for block in wording.patient_found_blocks(reports.with_exercises()))
    assert "The side hip muscles on your right side were weaker than we expect." in told
    assert "could not get a clear result for the buttock muscles on your right side" in told
    assert "turn your leg" not in told


def test_spanish_says_right_leg_and_right_side_differently() -> None:
    report = reports.with_exercises()
    assert report.programme is not None
    with force_locale("es"):
        told = " ".join(block.text for block in wording.patient_found_blocks(report))
        assert "su lado derecho" in told
        said = wording.dose_sentences(line(report).prescription, line(report).unit, report.programme.handout)
        assert said[0] == "2 series de 12 veces."
        assert "pierna derecha" in said[1]
