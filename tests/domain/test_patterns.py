from typing import Any

import pytest

from clinic_app.domain.assessment import GroupResult
from clinic_app.domain.finding import Finding
from clinic_app.domain.grade import Grade
from clinic_app.domain.patterns import nerve_root
from clinic_app.domain.protocol import Group
from clinic_app.domain.screening import Class
from clinic_app.domain.usable import Usable
from tests.screens import LEFT, RIGHT, library

NORMAL: dict[str, dict[str, Any]] = {
    "lumbar_l5_motor": {"heel_walk": "ok", "toe_grade": "5", "ankle_grade": "5"},
    "slr_slump": {"slr": "negative", "slump": "negative"},
    "neuro_sensation": {"l4": "normal", "l5": "normal", "s1": "normal"},
}
WEAK = GroupResult(Group.ABDUCTORS, LEFT, Class.PROBABLE, grade="4")
STRONG = GroupResult(Group.ABDUCTORS, LEFT, Class.NONE_FOUND, grade="5")


def because(abductors: GroupResult, **found: dict[str, Any]) -> tuple[str, ...]:
    values = {item: {**NORMAL[item], **found.get(item, {})} for item in NORMAL}
    findings = {(item, LEFT): Finding(item, LEFT, values=each) for item, each in values.items()}
    pattern = nerve_root(LEFT, Usable(findings, ()), abductors, library().rules)
    return pattern.because if pattern else ()


def test_weak_abduction_with_a_normal_nerve_is_no_pattern() -> None:
    assert because(WEAK) == ()


@pytest.mark.parametrize(
    ("item", "values"),
    [
        ("lumbar_l5_motor", {"toe_grade": "4"}),
        ("lumbar_l5_motor", {"ankle_grade": "3"}),
        ("lumbar_l5_motor", {"heel_walk": "weak"}),
        ("lumbar_l5_motor", {"heel_walk": "unable"}),
        ("slr_slump", {"slr": "positive"}),
        ("slr_slump", {"slump": "positive"}),
        ("neuro_sensation", {"l5": "reduced"}),
        ("neuro_sensation", {"l5": "absent"}),
    ],
)
def test_one_sign_of_the_nerve_beside_weak_abduction_is_enough_and_alone_is_not(
    item: str, values: dict[str, Any]
) -> None:
    assert because(WEAK, **{item: values}) == ("mmt_hip_abduction", item)
    assert because(STRONG, **{item: values}) == ()


@pytest.mark.parametrize(
    ("item", "values"),
    [
        ("lumbar_l5_motor", {"toe_grade": "4+"}),
        ("neuro_sensation", {"l5": "increased"}),
        ("neuro_sensation", {"l4": "reduced", "s1": "absent"}),
    ],
)
def test_other_signs_do_not_point_to_this_nerve(item: str, values: dict[str, Any]) -> None:
    assert because(WEAK, **{item: values}) == ()


def test_two_signs_of_the_nerve_are_enough_without_weak_abduction() -> None:
    found = {"slr_slump": {"slr": "positive"}, "neuro_sensation": {"l5": "reduced"}}
    assert because(STRONG, **found) == ("slr_slump", "neuro_sensation")


@pytest.mark.parametrize(
    ("cls", "grade", "weak"),
    [
        (Class.PROBABLE, Grade.G4_PLUS, True),
        (Class.MARKED, None, True),
        (Class.POSSIBLE, Grade.G4, True),
        (Class.POSSIBLE, Grade.G4_PLUS, False),
        (Class.CANNOT_SAY, None, False),
    ],
)
def test_abduction_counts_as_weak_by_its_class_or_by_a_grade_that_can_be_read(
    cls: Class, grade: Grade | None, weak: bool
) -> None:
    abductors = GroupResult(Group.ABDUCTORS, LEFT, cls, grade=grade)
    assert bool(because(abductors, slr_slump={"slr": "positive"})) is weak


def test_the_pattern_names_the_tests_it_lacks() -> None:
    motor = Finding("lumbar_l5_motor", LEFT, values={"toe_grade": "3", "ankle_grade": "5"})
    usable = Usable({("lumbar_l5_motor", LEFT): motor}, ())
    pattern = nerve_root(LEFT, usable, WEAK, library().rules)
    assert pattern is not None
    assert pattern.missing == ("slr_slump", "neuro_sensation")
    assert nerve_root(RIGHT, usable, WEAK, library().rules) is None
