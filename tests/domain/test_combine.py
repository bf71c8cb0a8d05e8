from decimal import Decimal
from itertools import count
from typing import Any

import pytest

from clinic_app.domain.assessment import CannotSay, Confidence, Flag, LowerLimb
from clinic_app.domain.combine import Strength, combine
from clinic_app.domain.grade import Grade
from clinic_app.domain.notes import Classed, notes_on
from clinic_app.domain.protocol import Group, Side
from clinic_app.domain.rules import Family
from clinic_app.domain.screening import Class
from tests.screens import LEFT, RIGHT, library

RULES = library().rules
_NUMBER = count()
DIRECT = (Family.MMT, Family.HHD_NORM, Family.HHD_LSI, Family.LAG)
INDIRECT = (Family.STANCE, Family.DYNAMIC, Family.BALANCE, Family.ENDURANCE, Family.GLOBAL)


def flag(family: Family, level: int, rule: str = "") -> Flag:
    return Flag(
        rule=rule or f"{family}-{next(_NUMBER)}",
        version="1",
        family=family,
        level=level,
        label="",
        direct=family.direct,
        item="",
        value="",
        threshold="",
        basis="convention",
        sources=(),
    )


def known(*flags: Flag, side: Side = RIGHT, group: Group = Group.ABDUCTORS, **other: Any) -> Strength:
    return Strength(group, side, flags, **other)


def class_of(*flags: Flag, **other: Any) -> Class:
    return combine(known(*flags, **other), RULES.numbers).cls


ANCHOR = {"grade": Grade.G4}


@pytest.mark.parametrize("direct", DIRECT)
def test_the_level_alone_decides_the_lowest_class_of_a_direct_finding(direct: Family) -> None:
    assert class_of(flag(direct, 4), **ANCHOR) is Class.MARKED
    assert class_of(flag(direct, 3), **ANCHOR) is Class.PROBABLE
    assert class_of(flag(direct, 2), **ANCHOR) is Class.POSSIBLE
    assert class_of(flag(direct, 1), **ANCHOR) is Class.POSSIBLE
    assert class_of(**ANCHOR) is Class.NONE_FOUND


@pytest.mark.parametrize("indirect", INDIRECT)
def test_an_indirect_screening_finding_alone_gives_no_class(indirect: Family) -> None:
    assert class_of(flag(indirect, 1), **ANCHOR) is Class.NONE_FOUND
    assert class_of(flag(indirect, 1)) is Class.CANNOT_SAY
    assert class_of(flag(indirect, 2)) is Class.POSSIBLE


def test_two_strong_families_are_marked() -> None:
    assert class_of(flag(Family.MMT, 3), flag(Family.HHD_LSI, 3), **ANCHOR) is Class.MARKED


def test_two_strong_findings_of_one_family_count_once() -> None:
    assert class_of(flag(Family.MMT, 3), flag(Family.MMT, 3), **ANCHOR) is Class.PROBABLE


def test_one_strong_and_two_supporting_families_are_marked() -> None:
    strong, stance, lsi = flag(Family.MMT, 3), flag(Family.STANCE, 2), flag(Family.HHD_LSI, 2)
    assert class_of(strong, stance, **ANCHOR) is Class.PROBABLE
    assert class_of(strong, stance, lsi, **ANCHOR) is Class.MARKED


def test_two_supporting_families_are_probable_only_when_one_is_direct() -> None:
    assert class_of(flag(Family.MMT, 2), flag(Family.STANCE, 2), **ANCHOR) is Class.PROBABLE
    assert class_of(flag(Family.ENDURANCE, 2), flag(Family.STANCE, 2), **ANCHOR) is Class.POSSIBLE


def test_a_direct_supporting_finding_needs_two_screening_ones_to_be_probable() -> None:
    one, two = flag(Family.STANCE, 1), flag(Family.DYNAMIC, 1)
    assert class_of(flag(Family.MMT, 2), one, **ANCHOR) is Class.POSSIBLE
    assert class_of(flag(Family.MMT, 2), one, two, **ANCHOR) is Class.PROBABLE
    assert class_of(flag(Family.ENDURANCE, 2), one, two, **ANCHOR) is Class.POSSIBLE


def test_two_indirect_screening_findings_are_possible() -> None:
    assert class_of(flag(Family.STANCE, 1), flag(Family.DYNAMIC, 1), **ANCHOR) is Class.POSSIBLE


def test_indirect_tests_alone_are_never_more_than_possible() -> None:
    many = [flag(family, 3) for family in INDIRECT]
    assert class_of(*many) is Class.POSSIBLE
    assert class_of(*many, lsi=Decimal("95.0")) is Class.MARKED


def test_a_positive_lag_sign_is_a_direct_test_of_its_own() -> None:
    assert class_of(flag(Family.LAG, 4), lag=True) is Class.MARKED


def test_a_side_comparison_alone_cannot_say() -> None:
    result = combine(known(lsi=Decimal("95.4"), force=True), RULES.numbers)
    assert (result.cls, result.cannot_say) == (Class.CANNOT_SAY, CannotSay.NO_ABSOLUTE_REFERENCE)


def test_pain_is_told_before_the_missing_reference() -> None:
    result = combine(known(force=True, hindrance=CannotSay.PAIN_LIMITED), RULES.numbers)
    assert result.cannot_say is CannotSay.PAIN_LIMITED


@pytest.mark.parametrize("hindrance", [CannotSay.PRECAUTION, CannotSay.DECLINED, CannotSay.NOT_TESTED])
def test_the_missing_reference_is_told_before_other_reasons(hindrance: CannotSay) -> None:
    result = combine(known(force=True, hindrance=hindrance), RULES.numbers)
    assert result.cannot_say is CannotSay.NO_ABSOLUTE_REFERENCE
    assert combine(known(hindrance=hindrance), RULES.numbers).cannot_say is hindrance


@pytest.mark.parametrize(
    ("given", "confidence"),
    [
        ({"grade": Grade.G5}, Confidence.LOW),
        ({"grade": Grade.G5, "lsi": Decimal("90.0")}, Confidence.MODERATE),
        ({"grade": Grade.G5, "lsi": Decimal("89.9")}, Confidence.LOW),
        ({"z": Decimal("-0.99")}, Confidence.MODERATE),
        ({"z": Decimal("-1.00")}, Confidence.LOW),
        ({"grade": Grade.G5, "z": Decimal("0.10"), "lsi": Decimal("90.0")}, Confidence.HIGHER),
        ({"grade": Grade.G5, "z": Decimal("0.10"), "lsi": Decimal("86.7")}, Confidence.MODERATE),
        ({"z": Decimal("0.10"), "lsi": Decimal("95.0")}, Confidence.MODERATE),
    ],
)
def test_how_sure_no_weakness_is_follows_from_what_was_measured(
    given: dict[str, Any], confidence: Confidence
) -> None:
    assert combine(known(**given), RULES.numbers).confidence is confidence


def notes(left: Strength, right: Strength, limb: LowerLimb = LowerLimb.NOT_ASSESSED) -> list[str]:
    pairs = {(group, side): Strength(group, side) for group in Group for side in Side} | {
        (one.group, one.side): one for one in (left, right)
    }
    classed = {pair: Classed(one, combine(one, RULES.numbers)) for pair, one in pairs.items()}
    return [
        " ".join(str(part) for part in (note.id, note.group, note.side) if part)
        for note in notes_on(classed, RULES, limb)
    ]


def test_symmetry_without_any_absolute_measure_is_said_to_prove_nothing() -> None:
    lsi = {"lsi": Decimal("95.4")}
    assert notes(known(side=LEFT, **lsi), known(**lsi)) == ["N-SYM abductors"]
    assert notes(known(side=LEFT, grade=Grade.G5, **lsi), known(grade=Grade.G5, **lsi)) == []
    low = {"lsi": Decimal("89.9")}
    assert notes(known(side=LEFT, **low), known(**low)) == []


def test_a_difference_within_measurement_error_is_said_when_it_is_all_there_is() -> None:
    strong = known(side=LEFT, grade=Grade.G5)
    small = flag(Family.HHD_LSI, 1, "HHD-L1")
    assert notes(strong, known(small, grade=Grade.G5)) == ["N-LSIERR abductors right"]
    assert notes(strong, known(small, flag(Family.STANCE, 2), grade=Grade.G5)) == []


def test_weakness_on_both_sides_is_said_when_grades_or_reference_values_show_it() -> None:
    weak = flag(Family.MMT, 3)
    low = flag(Family.HHD_NORM, 2)
    stance = flag(Family.STANCE, 2)
    assert "N-BILAT abductors" in notes(
        known(weak, side=LEFT, grade=Grade.G4), known(low, z=Decimal("-1.20"))
    )
    assert "N-BILAT abductors" not in notes(
        known(weak, side=LEFT, grade=Grade.G4), known(stance, grade=Grade.G5)
    )


def test_a_strong_athlete_with_a_side_difference_is_told_that_both_are_strong() -> None:
    lsi = {"lsi": Decimal("86.7")}
    left = known(side=LEFT, z=Decimal("2.56"), **lsi)
    assert notes(left, known(z=Decimal("3.69"), **lsi)) == ["N-STRONGASYM abductors"]
    assert notes(left, known(z=Decimal("-0.10"), **lsi)) == []


def test_reduced_leg_function_is_said_not_to_be_specific() -> None:
    assert notes(known(side=LEFT), known(), LowerLimb.REDUCED) == ["N-GENERAL"]
    assert notes(known(side=LEFT), known(), LowerLimb.NOT_REDUCED) == []
