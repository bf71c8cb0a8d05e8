from typing import Any

import pytest

from clinic_app.domain.finding import Finding
from clinic_app.domain.protocol import Group
from clinic_app.domain.screening import Class, Override
from tests.screens import LEFT, RIGHT, assessed, extension, grade

NORMAL: dict[str, dict[str, Any]] = {
    "lumbar_l5_motor": {"heel_walk": "ok", "toe_grade": "5", "ankle_grade": "5"},
    "slr_slump": {"slr": "negative", "slump": "negative"},
    "neuro_sensation": {"l4": "normal", "l5": "normal", "s1": "normal"},
}
SIGNS = [
    ("lumbar_l5_motor", {"toe_grade": "4"}),
    ("lumbar_l5_motor", {"ankle_grade": "3"}),
    ("lumbar_l5_motor", {"heel_walk": "weak"}),
    ("lumbar_l5_motor", {"heel_walk": "unable"}),
    ("slr_slump", {"slr": "positive"}),
    ("slr_slump", {"slump": "positive"}),
    ("neuro_sensation", {"l5": "reduced"}),
    ("neuro_sensation", {"l5": "absent"}),
]


def because(strength: str, pain: int = 0, **found: dict[str, Any]) -> tuple[str, ...]:
    """Because of which tests the nerve root shows, beside this grade of abduction; empty when it does not."""
    values = {item: {**NORMAL[item], **found.get(item, {})} for item in NORMAL}
    nerve = [Finding(item, LEFT, values=each) for item, each in values.items()]
    assessment = assessed(grade("mmt_hip_abduction", LEFT, strength, pain), *nerve)
    return next((pattern.because for pattern in assessment.patterns if pattern.id == "P-L5"), ())


def test_weak_abduction_with_a_normal_nerve_is_no_pattern() -> None:
    assert because("3") == ()


@pytest.mark.parametrize(("item", "values"), SIGNS)
def test_one_sign_of_the_nerve_beside_weak_abduction_is_enough_and_alone_is_not(
    item: str, values: dict[str, Any]
) -> None:
    assert because("4", **{item: values}) == ("mmt_hip_abduction", item)
    assert because("5", **{item: values}) == ()


@pytest.mark.parametrize(
    ("item", "values"),
    [
        ("lumbar_l5_motor", {"toe_grade": "4+"}),
        ("lumbar_l5_motor", {"ankle_grade": "4+"}),
        ("neuro_sensation", {"l5": "increased"}),
        ("neuro_sensation", {"l4": "reduced", "s1": "absent"}),
    ],
)
def test_other_signs_do_not_point_to_this_nerve(item: str, values: dict[str, Any]) -> None:
    assert because("4", **{item: values}) == ()


def test_two_signs_of_the_nerve_are_enough_without_weak_abduction() -> None:
    found = {"slr_slump": {"slr": "positive"}, "neuro_sensation": {"l5": "reduced"}}
    assert because("5", **found) == ("slr_slump", "neuro_sensation")


@pytest.mark.parametrize(("strength", "pain", "weak"), [("4", 0, True), ("4+", 0, False), ("4", 4, False)])
def test_abduction_counts_as_weak_by_a_grade_that_can_be_read(strength: str, pain: int, weak: bool) -> None:
    assert bool(because(strength, pain, slr_slump={"slr": "positive"})) is weak


def test_abduction_counts_as_weak_by_the_class_of_its_group() -> None:
    """The placed leg is not held: likely or markedly weak, though no grade says so."""
    lag = Finding("hip_lag_sign", LEFT, values={"result": "positive"}, pain=0)
    tension = Finding("slr_slump", LEFT, values={"slr": "positive"})
    found = {pattern.id: pattern.because for pattern in assessed(lag, tension).patterns}
    assert found["P-L5"] == ("mmt_hip_abduction", "slr_slump")


def test_the_therapists_own_class_changes_no_pattern() -> None:
    tension = Finding("slr_slump", LEFT, values={"slr": "positive"})
    findings = (grade("mmt_hip_abduction", LEFT, "4+"), tension, extension(LEFT, "5"))
    plain = assessed(*findings)
    overruled = assessed(
        *findings, overrides=(Override(Group.ABDUCTORS, LEFT, Class.MARKED, "clear to see"),)
    )
    assert plain.patterns == overruled.patterns == ()


def test_the_pattern_names_the_tests_it_lacks_and_only_on_its_side() -> None:
    motor = Finding("lumbar_l5_motor", LEFT, values={"toe_grade": "3", "ankle_grade": "5"})
    (pattern,) = assessed(motor, grade("mmt_hip_abduction", LEFT, "4")).patterns
    assert pattern.side is LEFT
    assert pattern.missing == ("slr_slump", "neuro_sensation")
    assert assessed(motor, grade("mmt_hip_abduction", RIGHT, "4")).patterns == ()
