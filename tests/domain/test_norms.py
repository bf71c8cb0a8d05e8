"""A force is set beside a norm only where it was measured in the same way, in somebody it is for."""

import tomllib
from dataclasses import replace
from decimal import Decimal
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_app.domain.assessment import Lacking, Score
from clinic_app.domain.evidence import Mark
from clinic_app.domain.norms import Measure, score
from clinic_app.domain.reference import Norm, NormRow, NormUnit, NormUse
from clinic_app.domain.screening import Sex, Subject
from clinic_app.library.folder import PACKAGED
from clinic_app.library.norms import load_norms

FILE = Path(__file__).parent.parent / "cases" / "norms.toml"
CASES = tomllib.loads(FILE.read_text("utf-8"), parse_float=Decimal)
OWN = Norm(
    id="PASCO-ABD",
    name="PASCO-ABD",
    items=("hhd_abduction",),
    use=NormUse.Z,
    unit=NormUnit.KILOGRAM_FORCE,
    population="Adults of one town",
    source="A paper",
    mark=Mark.READ,
    rows=(NormRow(20, 39, Sex.FEMALE, Decimal(15), Decimal(3)),),
    method="break",
    position="side_lying",
    own=True,
    page="7, table 2",
    entered_by="Alice",
    checked_by="Bob",
)


@cache
def _norms() -> dict[str, Norm]:
    return load_norms(PACKAGED)


def _scored(changes: dict[str, Any], norms: tuple[Norm, ...] | None = None) -> Score:
    told = CASES["start"] | changes
    words = {key: told[key] for key in ("item", "method", "position", "pad", "stabilisation")}
    numbers = {key: Decimal(told[key]) if told[key] else None for key in ("lever_cm", "mass_kg")}
    measure = Measure(**words, **numbers, force_n=Decimal(told["force_n"]))
    return score(measure, Subject(told["age"], Sex(told["sex"])), norms or tuple(_norms().values()))


@pytest.mark.parametrize("name", CASES["cases"])
def test_a_force_stands_where_the_case_says(name: str) -> None:
    case = CASES["cases"][name]
    found = _scored({key: case[key] for key in case if key in CASES["start"]})
    z, percent, lacking = (case.get(key) for key in ("z", "percent", "lacking"))
    assert found.norm == case["norm"]
    assert (found.lacking or None) == lacking
    assert found.z == (Decimal(z) if z else None)
    assert found.percent_predicted == (Decimal(percent) if percent else None)
    assert bool(z) + bool(percent) + bool(lacking) == 1


@pytest.mark.parametrize(
    ("norm", "age", "sex", "limit"),
    [(each["norm"], *row) for each in CASES["limits"] for row in each["rows"]],
)
def test_a_cut_off_is_for_its_own_ages_and_is_not_interpolated(
    norm: str, age: int, sex: str, limit: str
) -> None:
    assert _norms()[norm].limit(age, Sex(sex)) == (Decimal(limit) if limit else None)


@pytest.mark.parametrize("name", CASES["information"])
def test_what_only_informs_is_never_scored(name: str) -> None:
    assert _norms()[name].use is NormUse.INFORMATION
    assert _scored(CASES["information"][name]).norm != name
    assert _scored(CASES["information"][name], (_norms()[name],)) == Score(lacking=Lacking.NO_TABLE)


def test_every_norm_has_a_case_where_it_is_used_and_one_just_outside() -> None:
    used, outside = set(CASES["information"]), set(CASES["information"])
    for case in CASES["cases"].values():
        (outside if "lacking" in case else used).add(case["norm"])
    for each in CASES["limits"]:
        limits = [limit for *_who, limit in each["rows"]]
        used |= {each["norm"]} if any(limits) else set()
        outside |= {each["norm"]} if not all(limits) else set()
    assert used == set(_norms())
    assert outside - {""} == set(_norms())


OF_A_YOUNG_WOMAN = {"age": 30, "force_n": Decimal("147.09975")}


def test_a_clinics_own_checked_table_goes_before_ours() -> None:
    both = (*_norms().values(), OWN)
    assert _scored(OF_A_YOUNG_WOMAN, both) == Score("PASCO-ABD", Decimal("0.00"), predicted=Decimal(15))
    assert _scored({"age": 40}, both).norm == "N-ABD-BREAK"


def test_a_table_that_nobody_checked_is_not_used_and_is_said_to_wait() -> None:
    waiting = replace(OWN, checked_by="")
    assert _scored(OF_A_YOUNG_WOMAN, (waiting,)) == Score("PASCO-ABD", lacking=Lacking.UNCHECKED)
    assert _scored(OF_A_YOUNG_WOMAN, (*_norms().values(), waiting)).norm == "N-ABD-BREAK"


@pytest.mark.parametrize(
    ("changes", "lacking"),
    [
        ({"stabilisation": "belt"}, Lacking.STABILISATION),
        ({"pad": "10 cm above the knee"}, Lacking.PAD),
        ({"pad": "10 cm above the knee", "stabilisation": "belt"}, Lacking.STABILISATION),
        ({"sex": "male"}, Lacking.SEX),
        ({"age": 19}, Lacking.AGE),
        ({"age": 40}, Lacking.AGE),
    ],
)
def test_a_clinics_own_table_also_asks_for_its_pad_and_its_hold(
    changes: dict[str, Any], lacking: Lacking
) -> None:
    stated = replace(OWN, stabilisation="hand", pad="5 cm above the lateral malleolus ")
    assert _scored(OF_A_YOUNG_WOMAN, (stated,)).z == 0
    assert _scored(OF_A_YOUNG_WOMAN | changes, (stated,)) == Score("PASCO-ABD", lacking=lacking)


@pytest.mark.parametrize(
    ("unit", "mean", "missing"),
    [
        (NormUnit.NEWTON, "147.09975", None),
        (NormUnit.KILOGRAM_FORCE, "15", None),
        (NormUnit.NEWTON_METRE, "58.8399", Lacking.LEVER),
        (NormUnit.NM_KG, "0.980665", Lacking.LEVER),
        (NormUnit.PERCENT_BODY_WEIGHT, "25", None),
    ],
)
def test_a_force_is_set_beside_a_mean_in_the_unit_of_the_paper(
    unit: NormUnit, mean: str, missing: Lacking | None
) -> None:
    norm = replace(OWN, unit=unit, rows=(replace(OWN.rows[0], mean=Decimal(mean)),))
    assert _scored(OF_A_YOUNG_WOMAN, (norm,)).z == 0
    assert _scored(OF_A_YOUNG_WOMAN | {"lever_cm": False}, (norm,)).lacking is missing


def test_a_norm_in_a_unit_that_is_none_of_a_force_is_not_used() -> None:
    seconds = replace(OWN, unit=NormUnit.SECONDS)
    assert _scored(OF_A_YOUNG_WOMAN, (seconds,)).lacking is Lacking.UNIT


def test_the_age_is_that_of_the_rows_for_the_same_sex() -> None:
    older_men = NormRow(40, 59, Sex.MALE, Decimal(20), Decimal(4))
    mixed = replace(OWN, rows=(*OWN.rows, older_men))
    assert _scored(OF_A_YOUNG_WOMAN | {"age": 45}, (mixed,)).lacking is Lacking.AGE
    assert _scored(OF_A_YOUNG_WOMAN | {"age": 45, "sex": "male"}, (mixed,)).z is not None


def test_of_several_rows_of_ages_the_persons_own_is_used() -> None:
    older = NormRow(40, 59, Sex.FEMALE, Decimal(10), Decimal(2))
    both = replace(OWN, rows=(*OWN.rows, older))
    assert _scored(OF_A_YOUNG_WOMAN, (both,)).predicted == 15
    assert _scored(OF_A_YOUNG_WOMAN | {"age": 45}, (both,)).predicted == 10


def test_a_mean_without_a_standard_deviation_gives_a_percentage_and_no_z() -> None:
    bare = replace(OWN, rows=(replace(OWN.rows[0], sd=None),))
    found = _scored(OF_A_YOUNG_WOMAN, (bare,))
    assert (found.z, found.percent_predicted) == (None, Decimal("100.0"))


def test_a_table_for_percentages_gives_no_z_though_it_has_a_deviation() -> None:
    found = _scored(OF_A_YOUNG_WOMAN, (replace(OWN, use=NormUse.PERCENT),))
    assert (found.z, found.percent_predicted) == (None, Decimal("100.0"))


def test_a_row_without_a_mean_is_no_norm_for_that_age() -> None:
    blank = replace(OWN, rows=(replace(OWN.rows[0], mean=None),))
    assert _scored(OF_A_YOUNG_WOMAN, (blank,)) == Score("PASCO-ABD", lacking=Lacking.AGE)


def test_a_force_in_kilograms_needs_no_body_mass() -> None:
    assert _scored(OF_A_YOUNG_WOMAN | {"mass_kg": False}, (OWN,)).z == 0


@given(st.lists(st.decimals(0, 1500, places=1), min_size=2, max_size=6), st.integers(18, 65))
def test_more_force_never_means_a_lower_z(forces: list[Decimal], age: int) -> None:
    found = [(force, _scored({"force_n": force, "age": age}).z) for force in sorted(forces)]
    for (less, low), (more, high) in combinations(found, 2):
        assert low is not None
        assert high is not None
        assert low <= high, (less, more)
