"""What a log that came back leads to: each rule at its limit and one step beyond, and only safe ways on."""

import random
import tomllib
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from clinic_app.domain.circumstances import Irritability
from clinic_app.domain.log_week import LogEntry, LogWeek, standing, weeks_of, weeks_over
from clinic_app.domain.neighbours import Neighbour, Neighbours
from clinic_app.domain.prescribe import prescription_for
from clinic_app.domain.programme import Prescription
from clinic_app.domain.progress_proposal import Because, Proposal, propose
from clinic_app.domain.progress_rules import Advice, LogRule
from clinic_app.domain.progress_ways import ways_of
from clinic_app.exchange.programme_json import read_circumstances
from tests.programmes import document, library, weak

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "logs.toml").read_text("utf-8"))["cases"]


def week(number: int, written: str) -> LogWeek:
    return LogWeek(number, *(None if part == "-" else int(part) for part in written.split()))


def proposed(dose: str, limit: str, weeks: tuple[LogWeek, ...], over: int) -> Proposal:
    pain = library().selection.pain[Irritability(limit)]
    return propose(replace(library().by_id["clam"], dose=dose), weeks, over, pain, library().progress)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_log_leads_to_what_the_pain_guide_says(case: dict[str, Any]) -> None:
    weeks = tuple(week(n, written) for n, written in enumerate(case["weeks"], 1))
    found = proposed(case["dose"], case["limit"], weeks, case["over"])
    assert (found.advice or "") == case["advice"]
    assert {one.rule.value for one in found.because} == set(case["rules"])
    if found.because:
        assert library().progress.rules[found.because[0].rule].proposes == found.advice


def test_every_rule_has_a_case() -> None:
    assert {rule for case in CASES for rule in case["rules"]} == set(LogRule)


def test_nothing_is_made_harder_on_what_is_not_known_or_above_the_limit() -> None:
    chance = random.Random(7)  # noqa: S311
    for _ in range(3000):
        written = [
            chance.choice(["- - -", "5 - 0", "- 2 1", "3 2 1", "4 1 0", "4 6 1", "5 0 0"]) for _ in "1234"
        ]
        weeks = tuple(week(n, one) for n, one in enumerate(written, 1))
        over = chance.randint(0, 4)
        found = proposed("control", "low", weeks, over)
        if found.advice is Advice.PROGRESS:
            counted = weeks[: max(over, *(one.week for one in weeks if one.returned))]
            assert all(one.pain is not None and one.pain <= 3 for one in counted), written
            assert all(one.pain_next_morning is not None for one in counted), written


def test_what_was_not_written_of_one_exercise_is_what_was_written_of_all() -> None:
    entries = (
        LogEntry(LogWeek(1, 5, 3, 1)),
        LogEntry(LogWeek(1, days_done=2), "clam"),
        LogEntry(LogWeek(2, pain=4), "clam"),
    )
    assert weeks_of(entries, "clam", 2) == (LogWeek(1, 2, 3, 1), LogWeek(2, None, 4, None))
    assert weeks_of(entries, "bridge", 2) == (LogWeek(1, 5, 3, 1), LogWeek(2))


def test_the_clinics_entry_corrects_the_patients_also_when_it_takes_a_number_away() -> None:
    patients = LogEntry(LogWeek(1, 5, 9, 1), by_patient=True)
    clinics = LogEntry(LogWeek(1, 5, None, 1))
    assert standing((patients, clinics), 1) == clinics
    assert weeks_of((patients, clinics), "clam", 1) == (LogWeek(1, 5, None, 1),)


@pytest.mark.parametrize(
    ("day", "weeks"), [(1, 0), (7, 0), (8, 1), (14, 1), (15, 2), (28, 3), (29, 4), (90, 4)]
)
def test_a_week_is_over_on_its_eighth_day(day: int, weeks: int) -> None:
    first = date(2026, 7, 14)
    assert weeks_over(first, first + timedelta(days=day - 1), library().progress.log.weeks) == weeks


CIRCUMSTANCES = read_circumstances(
    document(weak("abductors", "right"), equipment=["chair", "loop_band", "step"])
)


def line(exercise: str, **changes: Any) -> Prescription:
    made = prescription_for(library().by_id[exercise], CIRCUMSTANCES, library(), ())
    return replace(made, **changes)


def keys(advice: Advice, of: Prescription, neighbours: Neighbours, *rules: LogRule) -> list[str]:
    because = tuple(Because(rule, ()) for rule in rules)
    return [way.key for way in ways_of(Proposal(of.exercise, advice, because), of, neighbours, library())]


def beside(harder: str = "", easier: str = "", against: tuple[str, ...] = ()) -> Neighbours:
    def one(exercise: str) -> tuple[Neighbour, ...]:
        return (Neighbour(library().by_id[exercise], against),) if exercise else ()

    return Neighbours(easier=one(easier), harder=one(harder))


def test_control_adds_a_set_first_and_goes_on_to_the_next_exercise_when_the_sets_are_full() -> None:
    assert keys(Advice.PROGRESS, line("clam", sets=2), beside("clam_band")) == ["set"]
    assert keys(Advice.PROGRESS, line("clam", sets=3), beside("clam_band")) == ["exercise:clam_band"]


def test_strength_adds_load_and_offers_the_next_exercise_for_whoever_has_no_more() -> None:
    found = keys(Advice.PROGRESS, line("side_lying_abduction"), beside("side_plank_knees"))
    assert found == ["load", "exercise:side_plank_knees"]


def test_where_the_progression_ends_it_goes_on_by_load() -> None:
    assert keys(Advice.PROGRESS, line("reverse_clam", sets=3), Neighbours()) == ["load"]


def test_a_harder_exercise_that_is_not_safe_is_never_a_way() -> None:
    found = keys(Advice.PROGRESS, line("clam", sets=3), beside("clam_band", against=("equipment:loop_band",)))
    assert found == ["keep"]


def test_easing_takes_a_set_off_or_goes_back_along_the_progression() -> None:
    found = keys(Advice.EASE, line("clam_band", sets=3), beside(easier="clam"))
    assert found == ["fewer_sets", "easier:clam"]
    assert keys(Advice.EASE, line("clam", sets=1), Neighbours()) == ["keep"]


def test_after_a_missed_week_there_are_half_the_sets() -> None:
    ways = ways_of(
        Proposal("clam", Advice.EASE, (Because(LogRule.MISSED_WEEK, ()),)),
        line("clam", sets=3),
        Neighbours(),
        library(),
    )
    assert [(way.key, way.sets) for way in ways] == [("half_sets", 1)]


def test_stop_takes_it_off_the_sheet_and_going_on_changes_nothing() -> None:
    assert keys(Advice.STOP, line("clam"), beside("clam_band", "bridge")) == ["remove"]
    for advice in (Advice.GO_ON, Advice.HOLD):
        assert keys(advice, line("clam"), beside("clam_band")) == ["keep"]
