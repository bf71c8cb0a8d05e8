"""The worked cases of tests/cases/screens, and that no rule, note, pattern or test is without one."""

from typing import Any

import pytest

from clinic_app.domain.assess import assess
from clinic_app.domain.protocol import Group
from tests.screens import case_screening, cases, library, told_of

CASES = list(cases())
NOT_TESTED = ["cannot_say not_tested"] * 2
USUAL_ANSWER: dict[str, Any] = {
    "outcome": "assessed",
    "advice": "none",
    "lower_limb": "not_assessed",
    **{key: [] for key in ("flags", "notes", "information", "patterns", "unread", "lowered", "overridden")},
}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_worked_case_comes_out_as_written(case: dict[str, Any]) -> None:
    told = told_of(assess(case_screening(case), library()))
    expect = {**USUAL_ANSWER, **case["expect"]}
    given = expect.pop("classes")
    assert told.pop("classes") == {group.value: given.get(group, NOT_TESTED) for group in Group}
    for group, confidence in expect.pop("confidence", {}).items():
        assert told["confidence"][group] == confidence
    assert told["patterns"] == expect.pop("patterns")
    for key, expected in expect.items():
        assert told[key] == expected or sorted(told[key]) == sorted(expected), key


def test_every_rule_note_and_pattern_has_a_case_that_shows_it_and_one_that_does_not() -> None:
    rules = library().rules
    said = {case["name"]: spoken_in(case) for case in CASES}
    tested = {case["name"]: {f["item"] for f in case["screening"].get("findings", [])} for case in CASES}
    for what in (*rules.by_id, *library().notes, *library().patterns):
        reads = set(rules.by_id[what].items) if what in rules.by_id else set()
        assert any(what in words for words in said.values()), f"no case shows {what}"
        silent = (name for name, words in said.items() if what not in words)
        assert any(tested[name] & reads or (not reads and tested[name]) for name in silent), what


def test_every_test_that_a_rule_or_a_pattern_reads_has_a_case() -> None:
    used = {finding["item"] for case in CASES for finding in case["screening"].get("findings", [])}
    looked_at = {
        item
        for case in CASES
        for line in case["expect"].get("patterns", [])
        for item in line.replace(";", " ").split()
        if item in library().items
    }
    assert set(library().rules.by_item) | looked_at <= used


def spoken_in(case: dict[str, Any]) -> set[str]:
    """Every id that the expectation names, with the rules that stop a screen or speak silently."""
    expect, screening = case["expect"], case["screening"]
    keys = ("flags", "notes", "information", "patterns", "unread", "lowered")
    words = {word for key in keys for line in expect.get(key, []) for word in line.split()}
    advice = expect.get("advice") if expect.get("outcome") == "screen_stopped" else None
    if advice == "urgent":
        words.add("RF-URG")
    if advice == "refer_promptly" or expect.get("overridden"):
        words.add("RF-REF")
    if any(f.get("values", {}).get("result") == "neg" for f in screening.get("findings", [])):
        words.add("TRN-2")
    return words
