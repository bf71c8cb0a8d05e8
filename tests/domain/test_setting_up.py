from decimal import Decimal
from typing import Any

from clinic_app.domain.finding import Finding
from clinic_app.domain.protocol import Side
from clinic_app.domain.setting_up import with_set_up
from tests.screens import library

SETUP = Finding(
    "hhd_setup",
    values={
        "device": "Belt dynamometer",
        "abduction": {"method": "break", "position": "supine", "pad": "ankle", "lever_cm": Decimal(70)},
        "er": {"stabilisation": "hand"},
    },
)


def measured(item: str, setup: Finding | None, **values: Any) -> dict[str, Any]:
    finding = Finding(item, Side.LEFT, values={"trials_n": (Decimal(100),), **values})
    found = dict(with_set_up(finding, setup, library().items[item]).values)
    assert found.pop("trials_n") == (Decimal(100),)
    return found


def test_what_a_finding_leaves_out_is_as_it_was_set_up_for_its_direction() -> None:
    assert measured("hhd_abduction", SETUP) == {
        "method": "break",
        "stabilisation": "belt",
        "position": "supine",
        "pad": "ankle",
        "lever_cm": Decimal(70),
    }
    assert measured("hhd_er", SETUP) == {"method": "make", "stabilisation": "hand"}


def test_what_a_finding_says_itself_counts() -> None:
    own = measured("hhd_abduction", SETUP, method="make", lever_cm=Decimal(35))
    assert (own["method"], own["lever_cm"], own["position"]) == ("make", Decimal(35), "supine")


def test_an_empty_word_is_no_word() -> None:
    assert measured("hhd_abduction", SETUP, pad="")["pad"] == "ankle"


def test_without_a_set_up_it_was_a_make_test_with_a_belt_and_nothing_else_is_known() -> None:
    assert measured("hhd_ir", None) == {"method": "make", "stabilisation": "belt"}
    assert measured("hhd_ir", SETUP) == {"method": "make", "stabilisation": "belt"}


def test_a_test_that_is_not_set_up_stays_as_it_is() -> None:
    grade = Finding("mmt_hip_abduction", Side.LEFT, values={"grade": "5"})
    assert with_set_up(grade, SETUP, library().items[grade.item]) is grade
