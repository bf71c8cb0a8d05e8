"""What the therapist wrote for the patient stands on the papers, and is nothing but text there."""

import re
from dataclasses import replace
from typing import Any

from clinic_app.domain.programme import SideDose, WorkedSides, WorkMode
from clinic_app.domain.protocol import Side
from clinic_app.domain.report import Report
from clinic_app.exchange.report_json import programme_from_json, programme_to_json
from clinic_app.web.papers import Look, Paper
from tests import papers, reports

NEW_LABELS = ("note", "goal", "best_time", "each_side")


def written(note: str = "", goal: str = "", **prescription: Any) -> Report:
    """A report whose programme has this goal, and whose first exercise this note."""
    report = reports.with_exercises()
    programme = report.programme
    assert programme
    first, *others = programme.lines
    changed = replace(first, note=note, prescription=replace(first.prescription, **prescription))
    return replace(report, programme=replace(programme, goal=goal, lines=(changed, *others)))


def handout(report: Report, language: str = "en") -> str:
    """The text of the handout, spaces evened."""
    page = papers.html(Paper.HANDOUT, report, Look(language=language))
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_a_note_prints_with_its_exercise_and_the_goal_in_place_of_the_empty_line() -> None:
    told = handout(written("Use the kitchen counter.", "Walk the dog again"))
    assert told.count("From your therapist: Use the kitchen counter.") == 1
    assert "My goal: Walk the dog again Best time of day for me: ____" in told
    assert "My goal: ____" not in told


def test_without_them_the_page_is_as_before() -> None:
    told = handout(written())
    assert "From your therapist" not in told
    assert "My goal: ____________________ Best time of day for me: ____________" in told


def test_what_frames_them_is_in_the_language_of_the_page() -> None:
    told = handout(written("Con calma.", "Pasear al perro"), "es")
    assert "De su terapeuta: Con calma." in told
    assert "Mi meta: Pasear al perro Mi mejor hora del día: ____" in told


def test_they_are_text_and_nothing_else() -> None:
    report = written('<script src="http://x"></script>{{ 7*7 }}%(name)s{goal}', "<b>{phone}</b>")
    page = papers.html(Paper.HANDOUT, report)
    assert "&lt;script src=&#34;http://x&#34;&gt;" in page
    assert "{{ 7*7 }}%(name)s{goal}" in page
    assert "My goal: &lt;b&gt;{phone}&lt;/b&gt;" in page


def test_each_leg_has_its_own_sentence_where_the_doses_differ() -> None:
    own = {"sets": 2, "reps": 10, "hold_s": 0, "other": SideDose(1, 8, 0)}
    report = written(sides=WorkedSides(WorkMode.BOTH_SIDES, Side.RIGHT), **own)
    told = handout(report)
    assert "Right leg: 2 sets of 10 times. Left leg: 1 set of 8 times. Do it on both legs." in told
    assert "Pierna derecha: 2 series de 10 veces. Pierna izquierda: 1 serie de 8 veces." in handout(
        report, "es"
    )


def test_the_summary_tells_goal_note_re_test_and_both_doses() -> None:
    own = {"sets": 2, "reps": 10, "hold_s": 0, "other": SideDose(1, 8, 0)}
    report = written("Slowly.", "Run again", sides=WorkedSides(WorkMode.BOTH_SIDES, Side.RIGHT), **own)
    assert report.programme
    dated = replace(report.programme, retest_on=reports.TAKEN_ON)
    page = papers.html(Paper.SUMMARY, replace(report, programme=dated))
    assert "Note to the patient: Slowly." in page
    assert "Goal in the patient&#39;s words: Run again" in page
    assert "right 2 × 10, left 1 × 8" in page
    assert "Strength is tested again on" in page


def test_a_programme_that_was_approved_before_there_were_notes_still_reads_and_prints() -> None:
    report = written()
    assert report.programme
    stored = programme_to_json(report.programme)
    for label in NEW_LABELS:
        del stored["handout"]["labels"][label]
    assert not {"goal", "retest_on"} & stored.keys()
    assert not any({"note"} & line.keys() or "other" in line["prescription"] for line in stored["lines"])
    told = handout(replace(report, programme=programme_from_json(stored)))
    assert "My goal: ____" in told
