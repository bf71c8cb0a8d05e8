"""Every exercise of the library is on the sheet or has its reason, and what stands beside one is safe."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from clinic_app.domain.case import case_of
from clinic_app.domain.circumstances import Circumstances
from clinic_app.domain.neighbours import neighbours_of
from clinic_app.domain.prescribe import prescribe, prescription_for, treated_sides
from clinic_app.domain.programme import Programme
from clinic_app.domain.safe import why_unsafe
from clinic_app.exchange.programme_json import read_circumstances
from tests.circumstances import PEOPLE
from tests.programmes import CASES, case, document, ids, library, programme, weak


def _accounted(made: Programme) -> None:
    everything = {exercise.id for exercise in library().exercises}
    assert set(ids(made)).isdisjoint(made.not_offered)
    assert set(ids(made)) | made.not_offered.keys() == everything
    assert all(made.not_offered.values())


@settings(max_examples=300, deadline=None)
@given(PEOPLE)
def test_every_exercise_is_on_the_sheet_or_has_its_reason(circumstances: Circumstances) -> None:
    _accounted(prescribe(circumstances, library()))


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)
def test_every_worked_example_accounts_for_the_whole_library(file: object) -> None:
    _accounted(prescribe(read_circumstances(case(file)["input"]), library()))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("exercise", "code"),
    [
        ("hip_hinge", "not_flagged"),
        ("side_steps", "near_duplicate:standing_hip_abduction"),
        ("abduction_slide_supine", "lower_score:hip_hitch_hold"),
        ("side_plank_knees", "above_ceiling"),
        ("clam", "indirect"),
        ("clam", "full"),
        ("step_up", "equipment:step"),
    ],
)
def test_an_exercise_that_is_passed_over_says_why(exercise: str, code: str) -> None:
    assert code in programme(weak("abductors", "right")).not_offered[exercise]


def test_without_a_programme_every_exercise_says_so() -> None:
    made = programme(weak("abductors", "right"), gate={"red_flags_unresolved": True})
    assert set(made.not_offered.values()) == {("withheld",)}
    _accounted(made)


@settings(max_examples=150, deadline=None)
@given(PEOPLE)
def test_a_neighbour_that_is_offered_is_safe_and_within_every_ceiling(circumstances: Circumstances) -> None:
    lib = library()
    made = prescribe(circumstances, lib)
    needs = case_of(circumstances, lib).needs if made.prescriptions else ()
    for line in made.prescriptions:
        beside = neighbours_of(line, circumstances, lib, made.prescriptions)
        for one in (*beside.easier, *beside.harder):
            if not one.offered:
                continue
            added = prescription_for(one.exercise, circumstances, lib, ())
            assert why_unsafe(one.exercise, circumstances, lib, treated_sides(added.sides)) == ()
            assert all(one.exercise.level <= n.ceiling for n in needs if n.group in one.exercise.primary)
            families = [lib.by_id[e].family for e in ids(made) if e != line.exercise]
            assert one.exercise.family not in families


def test_the_easier_and_the_harder_exercise_follow_the_progression() -> None:
    given_ = read_circumstances(document(weak("abductors", "right"), equipment=["chair", "loop_band"]))
    line = prescription_for(library().by_id["standing_hip_abduction"], given_, library(), ())
    found = neighbours_of(line, given_, library(), (line,))
    assert [one.exercise.id for one in found.easier] == ["abduction_slide_supine"]
    assert [one.exercise.id for one in found.harder] == ["standing_hip_abduction_band", "hip_hitch_hold"]
    assert found.easier[0].offered
    assert found.find("standing_hip_abduction_band").against == ("above_ceiling",)  # type: ignore[union-attr]


def test_a_neighbour_that_is_not_safe_says_why() -> None:
    given_ = read_circumstances(document(weak("abductors", "right"), positions_not_tolerated=["supine"]))
    line = prescription_for(library().by_id["standing_hip_abduction"], given_, library(), ())
    found = neighbours_of(line, given_, library(), (line,))
    assert found.easier[0].against == ("position:supine",)


FAVOURED = [exercise.id for exercise in library().exercises]


def test_a_favourite_is_chosen_where_it_fits_as_well() -> None:
    plain = programme(weak("abductors", "right"), max_exercises=1)
    favoured = replace(library(), favourites=frozenset({"side_lift_bent_knee"}))
    asked = read_circumstances(document(weak("abductors", "right"), max_exercises=1))
    assert ids(plain) != ["side_lift_bent_knee"]
    assert ids(prescribe(asked, favoured)) == ["side_lift_bent_knee"]


@settings(max_examples=150, deadline=None)
@given(PEOPLE)
def test_a_favourite_never_passes_a_filter_or_a_ceiling(circumstances: Circumstances) -> None:
    favoured = replace(library(), favourites=frozenset(FAVOURED[::3]))
    made = prescribe(circumstances, favoured)
    needs = case_of(circumstances, library()).needs if made.prescriptions else ()
    for line in made.prescriptions:
        exercise = library().by_id[line.exercise]
        assert why_unsafe(exercise, circumstances, library(), treated_sides(line.sides)) == ()
        assert all(exercise.level <= need.ceiling for need in needs if need.group in exercise.primary)


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)
def test_without_favourites_nothing_changes(file: object) -> None:
    assert library().favourites == frozenset()
    asked = read_circumstances(case(file)["input"])  # type: ignore[arg-type]
    assert prescribe(asked, replace(library(), favourites=frozenset())) == prescribe(asked, library())
