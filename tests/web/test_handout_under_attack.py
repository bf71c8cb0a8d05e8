"""All that a person can type, at its worst, in one handout: it prints as typed, and does nothing else."""

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache

import pytest

from clinic_app.domain.exercise import Exercise
from clinic_app.domain.programme import WorkedSides, WorkMode
from clinic_app.domain.protocol import Side
from clinic_app.domain.report import ChosenLine, Report, ReportLine
from clinic_app.web.papers import Look, Paper, PaperSize
from clinic_app.web.reporting import Approval, programme_report
from tests import papers, reports
from tests.tagged import faults, refused_by_validator

MARKUP = (
    '</title></main><script>alert(1)</script><img src="http://127.0.0.1:9/a.png"> & "\' '
    '<link rel="stylesheet" href="file:///etc/passwd"> {{ 7 * 7 }} {% raw %} }</style>'
    "<style>@import url(http://127.0.0.1:9/b.css); * { display: none }</style> ]]> %(name)s {leg} {0}"
)
COMBINING = "Z" + "͑̾̀" * 8 + "algo"
RIGHT_TO_LEFT = "מיכל \u202eexe.tfos \u200f(דוארטה)"
LONG = "Wolfeschlegelstein" * 28
# The emoji are left out: no sentence needs them, and few printers have them.
EMOJI = "🦵🏽👩‍⚕️"
AWKWARD = {
    "long": LONG[:500],
    "markup": MARKUP,
    "marks": f"{COMBINING} {RIGHT_TO_LEFT} {EMOJI}",
}
MISTAKES = "Common mistakes:"
# For the staff; and what is said where there is no programme to print.
NEVER_PRINTED = ("teach_back_staff", "no_plan")


def _most_words() -> list[Exercise]:
    exercises = reports.library().exercises.by_id.values()
    return sorted(exercises, key=lambda one: -len(" ".join(one.words.steps) + one.words.why))


def _longest() -> list[ReportLine]:
    """The six exercises with most words: one of one leg, one of each mode, all with the longest cautions."""
    most = _most_words()[:6]
    sides = [
        WorkedSides(WorkMode.ONE_SIDE_ONLY, Side.LEFT),
        WorkedSides(WorkMode.ONE_SIDE_PLUS_1_SET_OTHER, Side.RIGHT),
        WorkedSides(WorkMode.BOTH_SIDES, Side.RIGHT),
        *[WorkedSides(WorkMode.BOTH_TOGETHER)] * 3,
    ]
    return [
        _cautious(exercise.id, worked, reports.library().exercises.handout.cautions)
        for exercise, worked in zip(most, sides, strict=True)
    ]


def _cautious(exercise: str, worked: WorkedSides, cautions: Iterable[str]) -> ReportLine:
    """An exercise as it prints, with the three longest of these cautions."""
    report = reports.with_exercises()
    assert report.programme
    library, base = reports.library().exercises, report.programme.lines[0].prescription
    told = library.handout.cautions
    three = tuple(sorted(cautions, key=lambda key: -len(told[key]))[:3])
    chosen = [ChosenLine(replace(base, exercise=exercise, sides=worked, caution_keys=three, hold_s=5))]
    case = reports.circumstances(report)
    approval = Approval(reports.SIGNATURE, reports.SIGNED_AT, reports.TAKEN_ON, reports.TAKEN_ON)
    suggested = reports.prescribed(case)
    return programme_report(chosen, suggested, case, approval, library).lines[0]


@cache
def attacked() -> Report:
    """Every text block at once, the longest exercises, and the worst of names, in a demonstration."""
    clinic = replace(
        reports.CLINIC,
        name=AWKWARD["long"],
        address=f"{MARKUP}\n{COMBINING}",
        phone="+" + "0" * 39,
        is_demo=True,
    )
    patient = replace(reports.MARISOL, given_names=AWKWARD["marks"], family_name=AWKWARD["markup"])
    report = reports.with_exercises(reports.signed(clinic=clinic, patient=patient))
    programme = report.programme
    assert programme
    every = tuple(block.id for block in programme.handout.blocks if block.id not in NEVER_PRINTED)
    approved_by = f"{AWKWARD['marks']} {LONG[:200]}, PT"
    return replace(
        report, programme=replace(programme, lines=tuple(_longest()), blocks=every, approved_by=approved_by)
    )


def printed() -> bytes:
    return papers.pdf(Paper.HANDOUT, attacked())


def _bare(text: str) -> str:
    """The letters alone: where a line ends, and which way it runs, is the page's affair."""
    return "".join(sorted(re.sub(r"[\s\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufe0f\ufffe]", "", text)))


def test_what_was_typed_is_words_on_the_page_and_no_markup() -> None:
    html = papers.html(Paper.HANDOUT, attacked())
    assert "<script" not in html
    assert html.count("<style") == 0
    assert html.count("<link") == 3
    assert not re.search(r'(?:src|href)="(?!print/|illustrations/)', html)
    assert "{{ 7 * 7 }}" in html


def test_nothing_is_cropped_and_nothing_lies_outside_the_page() -> None:
    assert papers.outermost(printed()) <= 0
    told = re.sub(r"\s", "", papers.text(printed()))
    assert AWKWARD["long"] in told
    assert re.sub(r"\s", "", MARKUP) in told
    assert re.sub(r"\s", "", attacked().clinic.phone) in told


def test_no_two_lines_lie_on_each_other() -> None:
    for page in papers.lines(printed()):
        lines = [line for line in page if len(line.text) > 3 and line.text.isascii()]
        for n, one in enumerate(lines):
            for other in lines[n + 1 :]:
                across = min(one.right, other.right) - max(one.left, other.left)
                along = min(one.top, other.top) - max(one.bottom, other.bottom)
                assert across <= 2 or along <= 4, (one, other)


def test_the_document_is_still_tagged_and_acts_on_nothing() -> None:
    assert refused_by_validator(printed()) == []
    assert faults(printed(), "en") == []


def test_the_text_equals_the_record_field_by_field() -> None:
    report, told = attacked(), papers.text(printed())
    programme = report.programme
    assert programme
    handout = programme.handout
    shown = re.sub(r"\s", "", told)
    for line in programme.lines:
        words, one = line.words, line.prescription
        legs = {"left": ("left leg", "right leg"), "right": ("right leg", "left leg")}
        plain = (handout.sides.worked_leg, handout.sides.other_leg)
        alone = one.sides.mode in (WorkMode.ONE_SIDE_ONLY, WorkMode.ONE_SIDE_PLUS_1_SET_OTHER)
        leg, other = legs[one.sides.side] if alone and one.sides.side else plain
        for text in (*words.steps, words.feel, *words.mistakes, words.stop_if, words.easier, words.harder):
            filled = text.format(leg=leg, other_leg=other, hold=one.hold_s)
            assert re.sub(r"\s", "", filled) in shown, text
        assert all(re.sub(r"\s", "", handout.cautions[key]) in shown for key in one.caution_keys)
    for block in handout.blocks:
        for item in block.items:
            assert re.sub(r"\s", "", item.partition("{")[0]) in shown, block.id
    assert told.count(MISTAKES) == 6


def test_a_demonstration_says_so_on_each_page() -> None:
    assert all("Demonstration: synthetic patient" in page for page in papers.pages(printed()))


def test_the_letters_of_every_script_are_in_the_text() -> None:
    shown = _bare(papers.text(printed()))
    for letter in set(_bare(COMBINING + RIGHT_TO_LEFT)):
        assert letter in shown, hex(ord(letter))


@pytest.mark.parametrize("lines", [0, 1])
def test_few_or_no_exercises_leave_a_page_that_reads(lines: int) -> None:
    report = reports.with_exercises()
    assert report.programme
    few = replace(report, programme=replace(report.programme, lines=report.programme.lines[:lines]))
    html = papers.html(Paper.HANDOUT, few, Look())
    assert html.count('<article class="exercise') == lines
    assert html.count('class="tick"') == 28 * lines
    assert "urgent" not in html or "get help now" in html


def test_in_normal_print_the_longest_exercises_stand_whole_on_one_page_with_three_cautions() -> None:
    """Those with most words; Spanish has more letters than English, Letter less height than A4."""
    library, worked = reports.library().exercises, WorkedSides(WorkMode.ONE_SIDE_PLUS_1_SET_OTHER, Side.RIGHT)
    falls = library.selection.dosing.falls_cautions.values()
    lines = [_cautious(one.id, worked, {*one.caution.values(), *falls}) for one in _most_words()[:15]]
    report = reports.with_exercises()
    assert report.programme
    every = replace(report, programme=replace(report.programme, lines=tuple(lines)))
    told = papers.pages(papers.pdf(Paper.HANDOUT, every, Look(PaperSize.LETTER, "es")))
    exercises = [page for page in told if "Errores comunes:" in page]
    assert len(exercises) == len(lines)
    assert all("Más difícil:" in page for page in exercises)
