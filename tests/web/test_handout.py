"""The patient's handout, line by line of its checklist: what it says, where, how large, in which language."""

import re
from dataclasses import replace
from functools import cache
from html import unescape
from html.parser import HTMLParser

import pytest

from clinic_app.domain.programme import WorkedSides, WorkMode
from clinic_app.domain.protocol import Side
from clinic_app.domain.report import Report
from clinic_app.domain.screening import PrecautionRow, Precautions
from clinic_app.illustrator.edges import Line
from clinic_app.illustrator.lines import STYLES
from clinic_app.web.papers import HandoutError, Look, Paper, PaperSize, PrintSize
from clinic_app.web.pictures import picture_of
from tests import papers, reports
from tests.tagged import OURS, faults, fonts_of, refused_by_validator

MANY = reports.screened(
    *(
        reports.graded("mmt_hip_abduction", side, grade)
        for side, grade in zip(Side, ("4", "3+"), strict=True)
    ),
    *(
        reports.graded("mmt_hip_extension", side, grade)
        for side, grade in zip(Side, ("4+", "4-"), strict=True)
    ),
)
CAREFUL = reports.screened(
    *reports.RIGHT_WEAK,
    precautions=Precautions(
        answered=True, rows=(PrecautionRow("pc_fall_risk"), PrecautionRow("pc_osteoporosis"))
    ),
)
ALL = {"equipment": ["chair", "step", "loop_band", "weight"]}
LETTER = Look(PaperSize.LETTER)
LETTER_ES = Look(PaperSize.LETTER, "es")
LARGE = Look(print_size=PrintSize.LARGE)
LARGE_ES = Look(PaperSize.LETTER, "es", PrintSize.LARGE)
# Each is printed once for all tests that read it: every paper, language and size, few and many findings.
PRINTED = [
    ("one", LETTER),
    ("many", Look()),
    ("many", LETTER_ES),
    ("careful", Look()),
    ("many", LARGE),
    ("careful", LARGE_ES),
]
NORMAL = [(name, look) for name, look in PRINTED if look.print_size is PrintSize.NORMAL]
SIDE_MARGIN_PT = 19 / 25.4 * 72
LONGEST_LINE = 70
MISTAKES = {"en": "Common mistakes:", "es": "Errores comunes:"}

every_handout = pytest.mark.parametrize(("name", "look"), PRINTED)


@cache
def handouts() -> dict[str, Report]:
    return {
        "one": reports.with_exercises(),
        "many": reports.with_exercises(reports.signed(MANY), **ALL),
        "careful": reports.with_exercises(reports.signed(CAREFUL), irritability="moderate"),
    }


def handed(name: str = "one", look: Look | None = None) -> bytes:
    usual = next(its for one, its in PRINTED if one == name)
    return papers.pdf(Paper.HANDOUT, handouts()[name], look or usual)


@every_handout
def test_every_handout_is_tagged_to_pdf_ua_with_our_fonts_inside(name: str, look: Look) -> None:
    content = handed(name, look)
    assert refused_by_validator(content) == []
    assert faults(content, look.language) == []
    assert fonts_of(content) <= OURS


@every_handout
def test_the_pain_guide_and_both_boxes_stand_on_the_first_two_pages(name: str, look: Look) -> None:
    told = papers.pages(handed(name, look))
    wanted = {
        "en": ("Stop and call", "Call 112", "These can mean a blood clot", "STOP: "),
        "es": ("Pare y llame", "Llame al 112", "Pueden ser de un coágulo", "PARE: "),
    }
    assert all(words in " ".join(told[:2]) for words in wanted[look.language])


@every_handout
def test_each_exercise_has_a_page_of_its_own_and_stands_on_it_whole(name: str, look: Look) -> None:
    programme = handouts()[name].programme
    assert programme
    told = [page for page in papers.pages(handed(name, look)) if MISTAKES[look.language] in page]
    assert len(told) == len(programme.lines) <= 6
    ends = {"en": "Harder:", "es": "Más difícil:"}[look.language]
    for number, page in enumerate(told, 1):
        assert page.count(MISTAKES[look.language]) == page.count(ends) == 1, page
        assert re.search(rf"\b{number} [A-ZÁÉÍÓÚ]", page), page


@every_handout
def test_no_page_has_but_a_line_or_two(name: str, look: Look) -> None:
    content = handed(name, look)
    _, height = papers.page_size(content)
    for number, page in enumerate(papers.lines(content), 1):
        assert any(SIDE_MARGIN_PT < line.bottom < 0.72 * height for line in page), number


@every_handout
def test_the_three_bands_of_the_pain_guide_stand_on_one_page(name: str, look: Look) -> None:
    bands = {"en": ("GO: ", "SLOW DOWN: ", "STOP: "), "es": ("SIGA: ", "MÁS DESPACIO: ", "PARE: ")}
    told = papers.pages(handed(name, look))
    assert any(all(band in page for band in bands[look.language]) for page in told)


@every_handout
def test_no_word_is_broken_at_the_end_of_a_line(name: str, look: Look) -> None:
    whole = set(re.findall(r"\w+", unescape(papers.html(Paper.HANDOUT, handouts()[name], look))))
    for page in papers.lines(handed(name, look)):
        for line in page:
            words = re.findall(r"\w+", line.text)
            assert {word for word in (*words[:1], *words[-1:]) if word.isalpha()} <= whole, line.text


@every_handout
def test_the_number_to_call_stands_on_one_line(name: str, look: Look) -> None:
    words = [line.text.replace("\u00a0", " ") for page in papers.lines(handed(name, look)) for line in page]
    assert sum(reports.CLINIC.phone in text for text in words) == len(papers.pages(handed(name, look))) + 2


@every_handout
def test_a_number_or_a_dot_stands_on_the_line_of_its_words(name: str, look: Look) -> None:
    for page in papers.lines(handed(name, look)):
        if any("(0-10)" in line.text for line in page):
            continue  # the heads of the log
        for alone in (line for line in page if re.fullmatch(r"[1-6•]", line.text)):
            beside = [
                o
                for o in page
                if o.left > alone.right and abs(o.bottom - alone.bottom) < alone.top - alone.bottom
            ]
            assert beside, alone


@pytest.mark.parametrize("size", PrintSize)
@pytest.mark.parametrize("paper", PaperSize)
def test_the_outlines_of_a_figure_are_at_least_one_and_a_half_points_thick(
    paper: PaperSize, size: PrintSize
) -> None:
    """With the widest and the tallest picture of each breadth: these are printed smallest."""
    report = handouts()["one"]
    programme = report.programme
    assert programme
    largest: dict[tuple[str, str], tuple[int, str]] = {}
    for exercise in reports.library().exercises.by_id:
        picture = picture_of(exercise, papers.STATIC, Side.LEFT)
        assert picture, exercise
        for way, size_of in (("across", picture.width), ("along", picture.height)):
            key = (picture.breadth, way)
            largest[key] = max(largest.get(key, (0, "")), (size_of, exercise))
    assert len(largest) == 6
    base = programme.lines[0]
    lines = tuple(
        replace(base, prescription=replace(base.prescription, exercise=name)) for _, name in largest.values()
    )
    content = papers.pdf(
        Paper.HANDOUT,
        replace(report, programme=replace(programme, lines=lines)),
        Look(paper, print_size=size),
    )
    outlines = [printed for drawn, printed in papers.strokes(content) if drawn == STYLES[Line.CONTOUR].width]
    assert len(outlines) >= 6
    assert min(outlines) >= 1.5


@pytest.mark.parametrize(("name", "look"), NORMAL)
def test_normal_print_is_14_points_with_headings_of_18_and_nothing_below_12(name: str, look: Look) -> None:
    sizes = papers.font_sizes(handed(name, look))
    assert {14.0, 18.0, 26.0} <= sizes
    # The foot, the letterhead and the table of the log: no sentence of the sheet.
    assert {size for size in sizes if size < 14} == {12.0, 13.0}
    assert not {size for size in sizes if 14.5 < size < 16}


@pytest.mark.parametrize(("name", "look"), [("many", LARGE), ("careful", LARGE_ES)])
def test_large_print_is_18_points_with_headings_of_22(name: str, look: Look) -> None:
    content = handed(name, look)
    sizes = papers.font_sizes(content)
    assert {18.0, 22.0, 24.0, 30.0} <= sizes
    small = sorted(size for size in sizes if size < 18)
    # The foot of each page, the clinic's address, the table of the log.
    assert small == [13.0, 16.0]
    assert len(papers.pages(content)) > len(papers.pages(handed(name))), "it is re-flowed, not scaled"


@every_handout
def test_lines_keep_to_the_margins_and_to_70_characters(name: str, look: Look) -> None:
    content = handed(name, look)
    width, _ = papers.page_size(content)
    for page in papers.lines(content):
        for line in page:
            assert line.left >= SIDE_MARGIN_PT - 2, line
            assert line.right <= width - SIDE_MARGIN_PT + 2, line
            assert len(line.text) <= LONGEST_LINE, line


@pytest.mark.parametrize("paper", PaperSize)
def test_the_four_weeks_of_the_log_stand_on_one_page(paper: PaperSize) -> None:
    told = papers.pages(handed("many", LETTER_ES if paper is PaperSize.LETTER else None))[-1]
    assert all(f"{day} oct" in told.lower() for day in ("5", "12", "19", "25")) or "25 Oct" in told


def test_the_first_page_says_what_to_do_from_when_with_whom_and_to_ask_first() -> None:
    first = papers.pages(handed())[0]
    for words in (
        "Do these exercises 5 days a week",
        "Start date: 28 September 2026",
        "Your exercises: 3",
        "Your therapist: Bob Lindqvist",
        "The side hip muscles on your right side were weaker than we expect.",
        "Your glutes are the muscles in your buttocks",
        "Talk with your doctor or physical therapist first.",
        "Page 1 of",
        "Version 0.1.0-",
    ):
        assert words in first, words
    assert "PT 2071" not in first


def test_each_exercise_is_whole_steps_dose_effort_mistakes_stop_and_reason() -> None:
    report = handouts()["one"]
    told = papers.text(handed())
    assert report.programme is not None
    for line in report.programme.lines:
        words = line.words
        sentences = (*words.mistakes, words.feel, words.stop_if, words.why, words.easier, words.harder)
        leg = {"leg": "right leg", "other_leg": "left leg", "hold": line.prescription.hold_s}
        for sentence in (line.name, *words.steps, *sentences):
            assert sentence.format(**leg) in told
    assert "{" not in told
    assert "Do all your sets on your right leg. Then do 1 set on your other leg." in told
    assert "We picked it for the side hip muscles on your right side." in told
    assert "Effort: " in told


def test_every_caution_of_the_programme_is_on_the_sheet() -> None:
    programme = handouts()["careful"].programme
    assert programme is not None
    keys = {key for line in programme.lines for key in line.prescription.caution_keys}
    assert keys
    told = papers.text(handed("careful"))
    assert all(programme.handout.cautions[key] in told for key in keys)


def test_every_text_block_of_the_programme_is_on_the_sheet() -> None:
    for name in handouts():
        programme = handouts()[name].programme
        assert programme is not None
        told = papers.text(handed(name))
        # Said only where both sides are equally weak.
        blocks = set(programme.blocks) - {"found_both_sides"}
        for block in map(programme.handout.block, blocks):
            last = block.text.split("{", maxsplit=1)[0].split("____", maxsplit=1)[0]
            words = [
                *block.items,
                last if block.id not in ("pain_intro",) else "Rate your pain from 0 to 10.",
            ]
            shared = "We tested how strong your hips are. "
            assert all(word.removeprefix(shared).strip() in told for word in words), block.id


def test_the_log_has_four_weeks_and_a_box_for_each_exercise_and_day() -> None:
    report = handouts()["one"]
    html = papers.html(Paper.HANDOUT, report)
    assert report.programme is not None
    assert html.count('class="tick"') == 28 * len(report.programme.lines)
    last = papers.pages(handed())[-1]
    for words in (
        "Mon 28 Sep",
        "Sun 25 Oct",
        "Week 4",
        "Highest pain (0-10)",
        "Pain next morning",
        "Notes",
    ):
        assert words in last


def test_a_patient_page_prints_no_percentages_and_no_latin() -> None:
    for name in handouts():
        told = papers.text(handed(name))
        assert not any(word in told for word in ("%", "MVIC", "gluteus", "medius", "deficit", "abnormal"))


@pytest.mark.parametrize(("name", "look"), [("many", LETTER_ES), ("careful", LARGE_ES)])
def test_a_spanish_sheet_is_spanish_from_top_to_bottom(name: str, look: Look) -> None:
    told = papers.text(handed(name, look))
    for words in (" the ", " your ", " of ", " and ", " week", "Page", "Left", "Right", "days", "Sep "):
        assert words not in told, words
    assert "Sus ejercicios de cadera" in told
    assert "Página 1 de" in told


def test_every_exercise_of_the_sheet_has_its_picture_in_words_too() -> None:
    report = handouts()["many"]
    assert report.programme is not None
    html = papers.html(Paper.HANDOUT, report)
    for line in report.programme.lines:
        assert re.search(f'<figure class="picture"><img src="[^"]+" alt="[^"]*{line.plain_name}">', html)


def test_no_id_stands_twice_on_a_page() -> None:
    ids = re.findall(r'\bid="([^"]+)"', papers.html(Paper.HANDOUT, handouts()["many"]))
    assert len(ids) == len(set(ids))


class _Headings(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.inside = False
        self.told: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
        self.inside = tag in ("h1", "h2", "h3")

    def handle_data(self, data: str) -> None:
        self.told += [data] if self.inside else []
        self.inside = False


def test_headings_are_in_sentence_case() -> None:
    for name, report in handouts().items():
        reader = _Headings()
        reader.feed(papers.html(Paper.HANDOUT, report))
        assert len(reader.told) > 6, name
        for heading in reader.told:
            assert heading[:1].isupper()
            assert not any(word[:1].isupper() for word in heading.split()[1:]), heading


def test_only_the_three_words_of_the_pain_guide_are_capitals() -> None:
    for language, words in (
        ("en", {"GO", "SLOW", "DOWN", "STOP"}),
        ("es", {"SIGA", "MÁS", "DESPACIO", "PARE"}),
    ):
        html = papers.html(Paper.HANDOUT, handouts()["many"], Look(language=language))
        body = re.sub(r"<[^>]+>", " ", html.partition("<h1>")[2])
        capitals = set(re.findall(r"\b[A-ZÁÉÍÓÚÑ]{2,}\b", body))
        # The therapist's titles are as the record has them.
        assert capitals - {"PT", "DPT", "OK"} == words


def test_a_screening_without_a_programme_has_no_handout() -> None:
    with pytest.raises(HandoutError):
        papers.html(Paper.HANDOUT, reports.signed())


def test_a_picture_of_a_hold_has_no_start_and_end() -> None:
    report = handouts()["one"]
    assert report.programme
    (line, *rest) = report.programme.lines
    for held in (True, False):
        changed = replace(report.programme, lines=(replace(line, held=held), *rest))
        html = papers.html(Paper.HANDOUT, replace(report, programme=changed))
        first = html.partition('<figure class="picture">')[2].partition("</figure>")[0]
        assert ("<span>Start</span>" in first) is not held


def test_the_picture_shows_the_leg_that_works_and_says_how_it_is_told() -> None:
    report = handouts()["one"]
    assert report.programme
    (line, *rest) = report.programme.lines
    shown = replace(line, prescription=replace(line.prescription, exercise="clam"))

    def printed(side: Side) -> str:
        sides = WorkedSides(WorkMode.ONE_SIDE_ONLY, side)
        treated = replace(shown, prescription=replace(shown.prescription, sides=sides))
        programme = replace(report.programme, lines=(treated, *rest))
        return papers.html(Paper.HANDOUT, replace(report, programme=programme))

    for side in Side:
        assert f"illustrations/clam_{side}.svg" in printed(side)
        assert f"illustrations/clam_{side.other}.svg" not in printed(side)
        assert "the leg that works has the dark shoe." in printed(side)
