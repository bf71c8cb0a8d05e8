"""Properties of whole generated screenings; `GENERATED_SCREENINGS=20000` runs each on that many."""

import json
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from clinic_app.domain.adapter import circumstances_of, unresolved
from clinic_app.domain.assess import assess
from clinic_app.domain.assessment import Assessment, CannotSay, Outcome
from clinic_app.domain.circumstances import (
    Circumstances,
    FallsRisk,
    Gate,
    Goal,
    Irritability,
    Patient,
    WeightBearing,
)
from clinic_app.domain.exercise import Equipment
from clinic_app.domain.finding import Finding, NotDoneReason, PainLimited, Status
from clinic_app.domain.force import newtons
from clinic_app.domain.grade import Grade
from clinic_app.domain.prescribe import prescribe
from clinic_app.domain.protocol import Side
from clinic_app.domain.screening import Answer, Class, Screening
from clinic_app.exchange.screening_json import read_screening
from tests.generated import ASKED, Maker, document_of, screenings, thorough
from tests.mirror import comparable, mirrored, mirrored_line
from tests.screens import library

WORSE = [Class.NONE_FOUND, Class.POSSIBLE, Class.PROBABLE, Class.MARKED]
DIRECT = tuple(item for items in library().rules.direct_items.values() for item in items)


def seen(screening: Screening) -> Assessment:
    return assess(screening, library())


@thorough
@given(screenings)
def test_every_valid_screening_is_assessed_with_a_reason_where_nothing_can_be_said(given_: Screening) -> None:
    assessment = seen(given_)
    assert len(assessment.groups) == 8
    for result in assessment.groups:
        assert (result.cannot_say is not None) is (result.cls is Class.CANNOT_SAY)
        assert (result.confidence is not None) is (result.cls is Class.NONE_FOUND)
        assert all(1 <= flag.level <= 4 for flag in result.flags)


@thorough
@given(screenings)
def test_no_weakness_is_only_found_where_strength_was_measured(given_: Screening) -> None:
    """Never of a group and side without a readable grade of its own, or a force beside a norm."""
    assessment = seen(given_)
    done = {(finding.item, finding.side) for finding in given_.findings if finding.done}
    for result in assessment.groups:
        if result.cls is Class.NONE_FOUND:
            assert result.has_absolute_measure
            items = library().rules.direct_items[result.group]
            assert any((item, result.side) in done for item in items)
            assert result.grade in (None, Grade.G5)
            assert not any(flag.direct for flag in result.flags)


@thorough
@given(screenings)
def test_the_mirrored_person_gets_the_mirrored_answer(given_: Screening) -> None:
    answer, other = comparable(seen(given_)), comparable(seen(mirrored(given_)))
    assert other == sorted(map(mirrored_line, answer))


@thorough
@given(screenings, st.integers(0, 2**64))
def test_the_order_of_entry_changes_nothing(given_: Screening, seed: int) -> None:
    shuffled = list(given_.findings)
    Random(seed).shuffle(shuffled)  # noqa: S311
    assert seen(given_) == seen(replace(given_, findings=tuple(shuffled)))


@thorough
@given(screenings)
def test_a_screening_written_as_json_and_read_again_gives_the_same_answer(given_: Screening) -> None:
    read = read_screening(json.loads(json.dumps(document_of(given_))), library())
    assert seen(read) == seen(given_)


@thorough
@given(screenings, st.sampled_from(["kgf", "lbf"]))
def test_the_unit_of_the_device_changes_nothing(given_: Screening, unit: str) -> None:
    document = document_of(given_)
    for finding in document["findings"]:
        shown = [min(trial, 100) for trial in finding.get("values", {}).pop("trials_n", [])]
        if shown:
            finding["values"]["entered"] = {"unit": unit, "trials": shown}
    in_newtons = json.loads(json.dumps(document))
    for finding in in_newtons["findings"]:
        if entered := finding.get("values", {}).pop("entered", None):
            read = (newtons(Decimal(str(trial)), unit) for trial in entered["trials"])
            finding["values"]["trials_n"] = [float(force) for force in read]
    assert seen(read_screening(document, library())) == seen(read_screening(in_newtons, library()))


@thorough
@given(screenings, st.integers(0, 2**64))
def test_more_pain_never_makes_a_class_worse(given_: Screening, seed: int) -> None:
    chance = Random(seed)  # noqa: S311
    hurt = tuple(
        replace(f, pain=chance.randint(f.pain or 0, 10)) if asks_pain(f) and chance.random() < 0.5 else f
        for f in given_.findings
    )
    for was, now in classes(seen(given_), seen(replace(given_, findings=hurt))):
        if was is Class.CANNOT_SAY:
            assert now is Class.CANNOT_SAY
        elif now is not Class.CANNOT_SAY:
            assert WORSE.index(now) <= WORSE.index(was)


@thorough
@given(screenings, st.integers(0, 2**64))
def test_a_worse_grade_never_makes_a_class_better(given_: Screening, seed: int) -> None:
    """But where pain stops the weaker effort: that grade cannot be read, and may leave nothing to say."""
    chance = Random(seed)  # noqa: S311
    worse = tuple(weaker(finding, chance) for finding in given_.findings)
    for was, now in classes(seen(given_), seen(replace(given_, findings=worse))):
        if now is Class.CANNOT_SAY or was is Class.CANNOT_SAY:
            assert was in (Class.CANNOT_SAY, Class.NONE_FOUND) or now is was
        else:
            assert WORSE.index(now) >= WORSE.index(was)


@thorough
@given(screenings, st.integers(0, 2**64))
def test_a_further_test_that_was_stopped_never_clears_a_muscle(given_: Screening, seed: int) -> None:
    recorded = {(finding.item, finding.side) for finding in given_.findings}
    chance = Random(seed)  # noqa: S311
    item, side = chance.choice(DIRECT), chance.choice(list(Side))
    if (item, side) in recorded:
        return
    not_done = Finding(item, side, Status.NOT_DONE, chance.choice(list(NotDoneReason)))
    stopped = replace(Maker(seed).finding(library().items[item], side), pain_limited=PainLimited.YES)
    strong = stopped.values.get("grade") == "5" or not stopped.done
    added = not_done if strong or chance.random() < 0.5 else stopped
    before, after = seen(given_), seen(replace(given_, findings=(*given_.findings, added)))
    for was, now in classes(before, after):
        assert now is not Class.NONE_FOUND or was is Class.NONE_FOUND


@thorough
@given(screenings, st.sampled_from(ASKED), st.sampled_from([Answer.YES, Answer.UNSURE]))
def test_an_open_red_flag_leaves_no_programme(given_: Screening, row: str, answer: Answer) -> None:
    flagged = replace(given_, red_flags={**given_.red_flags, row: answer})
    assessment = seen(flagged)
    assert row in {flag.row for flag in assessment.safety.open}
    if assessment.outcome is Outcome.SCREEN_STOPPED:
        assert {result.cannot_say for result in assessment.groups} == {CannotSay.RED_FLAG}
        assert not assessment.forces
    gate = Gate(red_flags_unresolved=bool(unresolved(flagged, assessment, library())), screen_valid=True)
    circumstances = circumstances_of(flagged, assessment, replace(GIVEN, gate=gate), library())
    assert prescribe(circumstances, library().exercises).prescriptions == ()


@thorough
@given(screenings)
def test_taking_the_safety_answers_away_takes_every_class_away(given_: Screening) -> None:
    assessment = seen(replace(given_, red_flags={}))
    assert {result.cls for result in assessment.groups} == {Class.CANNOT_SAY}


GIVEN = Circumstances(
    patient=Patient(falls_risk=FallsRisk.LOW, goal=Goal.DAILY),
    irritability=Irritability.LOW,
    weight_bearing=dict.fromkeys(Side, WeightBearing.FWB),
    equipment=(Equipment.CHAIR,),
)


def asks_pain(finding: Finding) -> bool:
    return finding.done and library().items[finding.item].asks_pain


def classes(before: Assessment, after: Assessment) -> Iterator[tuple[Class, Class]]:
    return ((was.cls, now.cls) for was, now in zip(before.groups, after.groups, strict=True))


def weaker(finding: Finding, chance: Random) -> Finding:
    if "grade" not in finding.values or chance.random() < 0.5:
        return finding
    grades = [grade for grade in Grade if grade.at_most(Grade(str(finding.values["grade"])))]
    return replace(finding, values={**finding.values, "grade": chance.choice(grades).value})
