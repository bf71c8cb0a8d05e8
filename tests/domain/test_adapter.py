from dataclasses import replace
from decimal import Decimal
from functools import cache

import pytest

from clinic_app.domain.adapter import circumstances_of, unresolved, weaknesses_of
from clinic_app.domain.assessment import (
    Assessment,
    CannotSay,
    GroupResult,
    Information,
    OpenFlag,
    Outcome,
    Pattern,
    SafetyResult,
)
from clinic_app.domain.circumstances import Circumstances, Gate, Patient, TaggedPrecaution, Weakness
from clinic_app.domain.finding import Finding, Value
from clinic_app.domain.library import Library, PatternCard
from clinic_app.domain.protocol import Group, Side
from clinic_app.domain.safety import Consequence
from clinic_app.domain.screening import Answer, Class, PrecautionRow, Precautions, Screening, Sex, Subject
from clinic_app.library import load_library

CLEAR = SafetyResult()
PAIRS = [(group, side) for group in Group for side in Side]
GIVEN = Circumstances(
    patient=Patient(falls_risk="low", goal="daily"),
    gate=Gate(screen_valid=True),
    weight_bearing={Side.LEFT: "fwb", Side.RIGHT: "fwb"},
    equipment=("chair",),
)


@cache
def library() -> Library:
    cards = {
        name: PatternCard(name, name, "", "", "", (), "", withholds=withholds, sets=sets)
        for name, withholds, sets in (
            ("P-GT-LIKELY", False, ("gluteal_tendinopathy",)),
            ("P-L5", True, ()),
        )
    }
    return replace(load_library(), patterns=cards)


def assessed(
    *results: GroupResult, patterns: tuple[Pattern, ...] = (), safety: SafetyResult = CLEAR
) -> Assessment:
    """An assessment in which every pair without a result of its own shows no weakness."""
    own = {(result.group, result.side): result for result in results}
    groups = tuple(own.get(pair, GroupResult(*pair, cls=Class.NONE_FOUND)) for pair in PAIRS)
    return Assessment(Outcome.ASSESSED, safety, groups, patterns=patterns)


def screened(
    *rows: PrecautionRow, findings: tuple[Finding, ...] = (), age: int = 46, answered: bool = True
) -> Screening:
    return Screening(
        "quick",
        Subject(age, Sex.FEMALE),
        precautions=Precautions(answered, rows),
        findings=findings,
    )


def result(cls: Class, grade: str | None = None, measured: bool = True, **more: object) -> GroupResult:
    made = GroupResult(Group.ABDUCTORS, Side.RIGHT, cls, grade=grade, has_absolute_measure=measured)
    return replace(made, **more)


def weakness(of: GroupResult) -> Weakness:
    (found,) = weaknesses_of(assessed(of), library().exercises.selection.from_screen)
    return found


@pytest.mark.parametrize(
    ("cls", "grade", "measured", "severity", "lifts"),
    [
        (Class.MARKED, None, True, "severe", True),
        (Class.PROBABLE, None, True, "moderate", True),
        (Class.POSSIBLE, None, True, "mild", True),
        (Class.POSSIBLE, None, False, "moderate", True),
        (Class.POSSIBLE, "4+", True, "mild", True),
        (Class.POSSIBLE, "4", True, "moderate", True),
        (Class.POSSIBLE, "4-", True, "moderate", True),
        (Class.PROBABLE, "3+", True, "severe", True),
        (Class.PROBABLE, "3", True, "severe", True),
        (Class.PROBABLE, "3-", True, "severe", False),
        (Class.MARKED, "2", True, "severe", False),
        (Class.MARKED, "4", True, "severe", True),
    ],
)
def test_the_worse_of_class_and_grade_counts(
    cls: Class, grade: str | None, measured: bool, severity: str, lifts: bool
) -> None:
    found = weakness(result(cls, grade, measured))
    assert (found.severity, found.antigravity, found.interpretable) == (severity, lifts, True)


def test_a_test_stopped_for_pain_is_not_called_weak() -> None:
    found = weakness(result(Class.CANNOT_SAY, cannot_say=CannotSay.PAIN_LIMITED))
    assert (found.interpretable, found.severity) == (False, None)


def test_a_group_that_was_not_tested_is_no_finding() -> None:
    rules = library().exercises.selection.from_screen
    assert weaknesses_of(assessed(result(Class.CANNOT_SAY, cannot_say=CannotSay.NOT_TESTED)), rules) == ()


def test_a_screen_that_could_say_nothing_at_all_cannot_be_interpreted() -> None:
    rules = library().exercises.selection.from_screen
    silent = [GroupResult(*pair, cls=Class.CANNOT_SAY, cannot_say=CannotSay.NOT_TESTED) for pair in PAIRS]
    found = weaknesses_of(assessed(*silent), rules)
    assert len(found) == 8
    assert not any(weakness.interpretable for weakness in found)


def test_the_therapists_own_class_is_the_one_acted_on() -> None:
    rules = library().exercises.selection.from_screen
    overruled = result(Class.PROBABLE, "4", therapist_class=Class.NONE_FOUND)
    assert weaknesses_of(assessed(overruled), rules) == ()
    assert weakness(result(Class.POSSIBLE, therapist_class=Class.MARKED)).severity == "severe"


def test_a_precaution_sets_its_tags_and_a_cleared_one_sets_none() -> None:
    repair = PrecautionRow("pc_abductor_repair", Side.LEFT)
    made = circumstances_of(screened(repair), assessed(), GIVEN, library())
    assert made.precautions == (TaggedPrecaution("abductor_repair", Side.LEFT),)
    assert made.gate.post_op is True
    cleared = circumstances_of(screened(replace(repair, cleared=True)), assessed(), GIVEN, library())
    assert cleared.precautions == ()
    assert cleared.gate.post_op is False


def test_a_precautions_list_that_was_not_asked_stays_unanswered() -> None:
    assert circumstances_of(screened(answered=False), assessed(), GIVEN, library()).precautions is None


def test_lateral_hip_pain_sets_its_tag_on_its_side() -> None:
    pattern = Pattern("P-GT-LIKELY", Side.RIGHT, ("palpation_gt",))
    made = circumstances_of(screened(), assessed(patterns=(pattern,)), GIVEN, library())
    assert made.precautions == (TaggedPrecaution("gluteal_tendinopathy", Side.RIGHT),)


def test_a_pattern_that_withholds_is_open_until_the_therapist_confirms_it() -> None:
    assessment = assessed(patterns=(Pattern("P-L5", Side.LEFT, ("mmt_hip_abduction",)),))
    open_ = circumstances_of(screened(), assessment, GIVEN, library())
    confirmed = circumstances_of(screened(), assessment, GIVEN, library(), confirmed=("P-L5",))
    assert open_.gate.red_flags_unresolved is True
    assert confirmed.gate.red_flags_unresolved is False


def test_an_open_red_flag_and_a_heart_condition_stay_open_whatever_is_confirmed() -> None:
    flag = OpenFlag("rf_cancer", Answer.UNSURE, Consequence.STOP_REFER)
    assessment = assessed(safety=SafetyResult(open=(flag,)))
    screening = screened(PrecautionRow("pc_cardiac"))
    found = unresolved(screening, assessment, library(), confirmed=("rf_cancer", "pc_cardiac"))
    assert found == ("rf_cancer", "pc_cardiac")


def test_an_unanswered_safety_question_is_not_read_as_clear() -> None:
    assessment = assessed(safety=SafetyResult(unanswered=("rf_cancer",)))
    assert circumstances_of(screened(), assessment, GIVEN, library()).gate.red_flags_unresolved is None


def test_the_stricter_weight_bearing_of_a_leg_holds() -> None:
    fixation = PrecautionRow("pc_orif_weight_bearing", Side.LEFT, extra={"weight_bearing": "pwb"})
    made = circumstances_of(screened(fixation), assessed(), GIVEN, library())
    assert made.weight_bearing == {Side.LEFT: "pwb", Side.RIGHT: "fwb"}
    nothing = circumstances_of(screened(), assessed(), replace(GIVEN, weight_bearing={}), library())
    assert nothing.weight_bearing == {Side.LEFT: None, Side.RIGHT: None}


def _found(item: str, **values: Value) -> Finding:
    return Finding(item, values=values)


def test_the_screen_raises_the_risk_of_falling_and_never_lowers_it() -> None:
    fell = screened(findings=(_found("symptom_behaviour", falls_12m=2),))
    assert circumstances_of(fell, assessed(), GIVEN, library()).patient.falls_risk == "high"
    steady = screened(findings=(_found("symptom_behaviour", falls_12m=0),))
    worried = replace(GIVEN, patient=replace(GIVEN.patient, falls_risk="moderate"))
    assert circumstances_of(steady, assessed(), worried, library()).patient.falls_risk == "moderate"


def test_a_short_one_leg_stand_raises_a_low_risk_and_answers_none() -> None:
    short = replace(assessed(), information=(Information("SLS-2", Side.LEFT, Decimal("3.0")),))
    assert circumstances_of(screened(), short, GIVEN, library()).patient.falls_risk == "moderate"
    high = replace(GIVEN, patient=replace(GIVEN.patient, falls_risk="high"))
    assert circumstances_of(screened(), short, high, library()).patient.falls_risk == "high"
    unasked = replace(GIVEN, patient=replace(GIVEN.patient, falls_risk=None))
    assert circumstances_of(screened(), short, unasked, library()).patient.falls_risk is None


def test_a_hip_that_does_not_hurt_is_not_irritable_and_a_blank_one_stays_blank() -> None:
    calm = screened(findings=(_found("irritability", level="not_painful"),))
    assert circumstances_of(calm, assessed(), GIVEN, library()).irritability == "low"
    assert circumstances_of(screened(), assessed(), GIVEN, library()).irritability is None


def test_the_age_is_that_of_the_screening() -> None:
    made = circumstances_of(screened(age=71), assessed(), GIVEN, library())
    assert made.patient.age == 71
