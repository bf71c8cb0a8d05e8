"""What the documents say, on which page, in which language, and whether a machine can read them aloud."""

import itertools
from dataclasses import replace
from datetime import date
from functools import cache
from io import BytesIO

import page as page_validation
import pikepdf
import pytest

from clinic_app.domain.exercise import Words
from clinic_app.domain.finding import Finding
from clinic_app.domain.programme import WorkedSides, WorkMode
from clinic_app.domain.protocol import Group, Side
from clinic_app.domain.report import Origin, Report, ReportDecision
from clinic_app.domain.screening import Answer, Class, Override, PrecautionRow, Precautions
from clinic_app.web.papers import HandoutError, Look, Paper, PaperSize, PrintSize
from tests import papers, reports

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


@cache
def handouts() -> dict[str, Report]:
    return {
        "one": reports.with_exercises(),
        "many": reports.with_exercises(reports.signed(MANY), **ALL),
        "careful": reports.with_exercises(reports.signed(CAREFUL), irritability="moderate"),
    }


LARGE = Look(print_size=PrintSize.LARGE)
LOOKS = [
    Look(),
    Look(PaperSize.LETTER),
    Look(language="es"),
    Look(PaperSize.LETTER, "es"),
    LARGE,
]


@cache
def handed(name: str = "one", look: Look = LOOKS[0]) -> bytes:
    """A handout, printed once for all tests that read it."""
    return papers.pdf(Paper.HANDOUT, handouts()[name], look)


@cache
def summarised() -> bytes:
    return papers.pdf(Paper.SUMMARY, handouts()["one"])


NAMES = ["one", "many", "careful"]


@pytest.mark.parametrize(
    ("name", "look"), [*(("many", look) for look in LOOKS), *((n, Look()) for n in NAMES)]
)
def test_every_handout_is_tagged_to_pdf_ua_with_its_fonts_inside(name: str, look: Look) -> None:
    _check(handed(name, look), look)


def test_the_therapists_documents_are_tagged_to_pdf_ua_with_their_fonts_inside() -> None:
    _check(summarised(), Look())
    _check(papers.pdf(Paper.SUMMARY, reports.draft(MANY), Look(PaperSize.LETTER)), Look())
    _check(papers.pdf(Paper.STOPPED, reports.stopped(), Look(PaperSize.LETTER)), Look())


def _check(content: bytes, look: Look) -> None:
    checked = page_validation.validate_pdf_bytes(content, profile="ua1")
    assert checked.is_compliant, [(f.rule_id, f.message) for f in checked.failures]
    with pikepdf.open(BytesIO(content)) as document:
        _check_catalogue(document, look)
        _check_structure(document)
        _check_fonts(document)


def _check_catalogue(document: pikepdf.Pdf, look: Look) -> None:
    root = document.Root
    assert root.MarkInfo.Marked
    assert str(root.Lang) == look.language
    assert str(document.docinfo.Title)
    assert root.ViewerPreferences.DisplayDocTitle
    with document.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
    assert not any(key in root for key in ("/OpenAction", "/AA", "/AcroForm"))
    assert "/JavaScript" not in root.get("/Names", {})


def _check_structure(document: pikepdf.Pdf) -> None:
    found = papers.tags(document)
    levels = [int(name[1]) for name, _ in found if name in ("H1", "H2", "H3")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    assert all(str(element.get("/Alt", "")).strip() for name, element in found if name == "Figure")
    heads = {str(element.ID) for name, element in found if name == "TH" and "/ID" in element}
    for name, element in found:
        if name == "TD" and "/A" in element and "/Headers" in element.A:
            assert {str(head) for head in element.A.Headers} <= heads


def _check_fonts(document: pikepdf.Pdf) -> None:
    names = set()
    for element in document.objects:
        if isinstance(element, pikepdf.Dictionary) and element.get("/Type") == "/FontDescriptor":
            assert "/FontFile2" in element or "/FontFile3" in element
            names.add(str(element.FontName)[8:])
    assert names <= {"Text", "Text-Bold", "Text-Semi-Bold", "Text-ext", "Text-ext-Bold", "Text-ext-Semi-Bold"}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("look", LOOKS[:4])
def test_the_pain_guide_and_both_boxes_stand_on_the_first_two_pages(name: str, look: Look) -> None:
    told = papers.pages(handed(name, look))
    wanted = (
        ("Stop and call", "Call 112", "STOP: ")
        if look.language == "en"
        else ("Pare y llame", "Llame al 112", "PARE: ")
    )
    assert all(words in " ".join(told[:2]) for words in wanted)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("look", LOOKS)
def test_a_page_holds_at_most_two_exercises_and_one_in_large_print(name: str, look: Look) -> None:
    report = handouts()[name]
    assert report.programme is not None
    assert len(report.programme.lines) <= 6
    most = 1 if look.print_size is PrintSize.LARGE else 2
    mistakes = "Common mistakes:" if look.language == "en" else "Errores comunes:"
    counted = [page.count(mistakes) for page in papers.pages(handed(name, look))]
    assert max(counted) <= most
    assert sum(counted) == len(report.programme.lines)


def test_even_the_shortest_exercises_stand_two_to_a_page() -> None:
    report = handouts()["one"]
    programme = report.programme
    assert programme
    brief = Words(
        *(("Lift.",) * 3, "Your hip works.", ("Speed.",), "Stop if it hurts.", "Less.", "More."),
        why="It helps.",
        therapist_cue="",
    )
    once = replace(programme.lines[0].prescription, sets=1, sides=WorkedSides(WorkMode.BOTH_WAYS))
    lines = (replace(programme.lines[0], words=brief, prescription=once),) * 3
    told = papers.pages(papers.pdf(Paper.HANDOUT, replace(report, programme=replace(programme, lines=lines))))
    assert max(page.count("Common mistakes:") for page in told) == 2


@pytest.mark.parametrize("look", LOOKS[:4])
def test_nothing_on_the_handout_is_smaller_than_12_points(look: Look) -> None:
    for name in NAMES:
        assert min(papers.font_sizes(handed(name, look))) >= 12


def test_large_print_is_18_points_with_headings_of_24() -> None:
    sizes = papers.font_sizes(handed("one", LARGE))
    assert {18.0, 24.0} <= sizes
    assert min(sizes) >= 12


def test_the_first_page_says_what_to_do_from_when_with_whom_and_to_ask_first() -> None:
    first = papers.pages(handed())[0]
    for words in (
        "Do these exercises 5 days a week",
        "Start date: 28 September 2026",
        "From Bob Lindqvist, PT, DPT (PT 2071)",
        "Phone: 555 0100",
        "The side hip muscles on your right side were weaker than we expect.",
        "Your glutes are the muscles in your buttocks",
        "Talk with your doctor or physical therapist first.",
        "Page 1 of",
        "Version 0.1.0-",
    ):
        assert words in first, words


def test_each_exercise_is_whole_steps_dose_effort_mistakes_stop_and_reason() -> None:
    report = handouts()["one"]
    told = papers.text(handed())
    assert report.programme is not None
    for line in report.programme.lines:
        assert line.name in told
        for sentence in (*line.words.mistakes, line.words.feel, line.words.stop_if, line.words.why):
            assert (
                sentence.format(leg="right leg", other_leg="left leg", hold=line.prescription.hold_s) in told
            )
    assert "{" not in told
    assert "Do all your sets on your right leg. Then do 1 set on your other leg." in told
    assert "We picked it for the side hip muscles on your right side." in told


def test_every_caution_of_the_programme_is_on_the_sheet() -> None:
    report = handouts()["careful"]
    programme = report.programme
    assert programme is not None
    keys = {key for line in programme.lines for key in line.prescription.caution_keys}
    assert keys
    told = papers.text(handed("careful"))
    assert all(programme.handout.cautions[key] in told for key in keys)


def test_every_text_block_of_the_programme_is_on_the_sheet() -> None:
    for name, report in handouts().items():
        programme = report.programme
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
    assert "Mon 28 Sep" in last
    assert "Sun 25 Oct" in last
    assert "Week 4" in last
    assert "Highest pain (0-10)" in last
    assert "Pain next morning (0-10)" in last


def test_a_patient_page_prints_no_percentages_and_no_latin() -> None:
    for name in NAMES:
        told = papers.text(handed(name))
        assert not any(word in told for word in ("%", "MVIC", "gluteus", "medius", "deficit", "abnormal"))


def test_a_spanish_sheet_is_spanish_from_top_to_bottom() -> None:
    for name in NAMES:
        told = papers.text(handed(name, Look(language="es")))
        for words in (" the ", " your ", " of ", " and ", " week", "Page", "Left", "Right", "days", "Sep "):
            assert words not in told, words
        assert "Sus ejercicios de cadera" in told
        assert "Página 1 de" in told


def test_every_exercise_of_the_sheet_has_its_picture() -> None:
    report = handouts()["many"]
    assert report.programme is not None
    html = papers.html(Paper.HANDOUT, report)
    assert html.count('<figure class="picture">') == len(report.programme.lines)


def test_a_screening_without_a_programme_has_no_handout() -> None:
    with pytest.raises(HandoutError):
        papers.html(Paper.HANDOUT, reports.signed())


def test_the_summary_names_finding_side_rule_basis_source_and_exercises() -> None:
    report = handouts()["one"]
    told = papers.pages(summarised())
    assert len(told) <= 2
    first, whole = told[0], " ".join(told)
    assert "Right hip abductors: possibly weak" in first
    assert report.programme is not None
    assert all(line.name in first for line in report.programme.lines)
    for words in (
        "4−, pain 2/10",
        "Not tested: too sore",
        "Hip abduction, manual grade, right: 4−",
        "MMT-A2: 4− or 4",
        "Clinical convention",
        "Bohannon",
        "not a diagnosis",
        "reviewed by: not yet",
        "right: Bends the hip forward, tired easily",
        "Cannot say",
    ):
        assert words in whole, words


def test_a_clearance_is_printed_with_who_gave_it_and_when() -> None:
    cleared = PrecautionRow("pc_abductor_repair", Side.LEFT, True, {}, "Dr Ahlgren, surgeon", "2026-07-03")
    told = reports.signed(
        reports.screened(*reports.RIGHT_WEAK, precautions=Precautions(answered=True, rows=(cleared,)))
    )
    assert "left, cleared by Dr Ahlgren, surgeon on 3 Jul 2026" in papers.html(Paper.SUMMARY, told)


def test_every_page_of_the_summary_says_whose_it_is_and_who_signed() -> None:
    told = papers.pages(summarised())
    for number, page in enumerate(told, 1):
        assert "DUARTE, Marisol, born 4 Feb 1969, record 004 127 893" in page
        assert "Signed by Bob Lindqvist, PT, DPT (PT 2071), 22 Sep 2026, 11:04" in page
        assert f"Page {number} of {len(told)}" in page


def test_a_draft_says_on_each_page_that_it_is_not_signed() -> None:
    for page in papers.pages(papers.pdf(Paper.SUMMARY, reports.draft(MANY))):
        assert "Draft: not signed" in page
    assert "Draft" not in papers.text(papers.pdf(Paper.SUMMARY, reports.signed(MANY)))


def test_a_demonstration_says_so_on_each_page() -> None:
    clinic = replace(reports.CLINIC, is_demo=True)
    report = reports.with_exercises(reports.signed(clinic=clinic))
    for paper in (Paper.SUMMARY, Paper.HANDOUT):
        for page in papers.pages(papers.pdf(paper, report)):
            assert "Demonstration: synthetic patient" in page


def test_a_class_that_was_overruled_prints_both_classes_the_reason_the_name_and_the_time() -> None:
    facts = replace(
        MANY, overrides=(Override(Group.ABDUCTORS, Side.RIGHT, Class.POSSIBLE, "poor effort, repeated"),)
    )
    decision = ReportDecision(
        "class",
        "abductors",
        "poor effort, repeated",
        reports.SIGNATURE,
        reports.SIGNED_AT,
        Side.RIGHT,
        "possible",
    )
    told = papers.text(papers.pdf(Paper.SUMMARY, reports.signed(facts, decisions=(decision,))))
    assert "Therapist's class. Computed: marked weakness" in told
    assert "Right hip abductors: class set to possible weakness" in told
    assert "Poor effort, repeated (Bob Lindqvist, PT, DPT (PT 2071), 22 Sep 2026, 11:04)" in told


def test_a_red_flag_that_was_overruled_prints_who_and_why() -> None:
    flags = {**dict.fromkeys(reports.library().red_flags, Answer.NO), "rf_weight_loss": Answer.YES}
    facts = reports.screened(
        *reports.RIGHT_WEAK, red_flags=flags, red_flag_overrides={"rf_weight_loss": "GP knows"}
    )
    decision = ReportDecision("red_flag", "rf_weight_loss", "GP knows", reports.SIGNATURE, reports.SIGNED_AT)
    told = papers.text(papers.pdf(Paper.SUMMARY, reports.signed(facts, decisions=(decision,))))
    assert "overruled" in told
    assert "GP knows (Bob Lindqvist" in told


def test_pain_that_stopped_a_test_is_not_called_weak_on_paper() -> None:
    told = papers.text(papers.pdf(Paper.SUMMARY, reports.signed(reports.screened(*reports.STOPPED_BY_PAIN))))
    assert "Pain 6/10 stopped the test (3)" in told
    assert "kept, not used. PAIN-1" in told
    assert "Right hip abductors: likely" not in told
    assert "Marked weakness" not in told


def test_an_excluded_exercise_that_was_added_prints_the_codes_and_the_reason() -> None:
    report = reports.with_exercises()
    assert report.programme is not None
    first, *others = report.programme.lines
    added = replace(first, origin=Origin.ADDED, reason="tried it here", accepted=("equipment:chair",))
    programme = replace(report.programme, lines=(added, *others))
    told = papers.text(papers.pdf(Paper.SUMMARY, replace(report, programme=programme)))
    assert "Added against: Not available: chair. Reason: tried it here" in told


def test_the_page_of_a_stopped_screen_says_what_why_and_where_to_go() -> None:
    told = papers.text(papers.pdf(Paper.STOPPED, reports.stopped()))
    for words in (
        "Go to emergency or urgent care today",
        "In an emergency call 112.",
        "Possible cauda equina syndrome: yes",
        "Send to emergency care today.",
        "Sent to the emergency department by ambulance.",
        "Stopped by Bob Lindqvist, PT, DPT (PT 2071)",
        "DUARTE, Marisol",
    ):
        assert words in told, words
    assert "weakness found" not in told


def test_an_unsure_answer_stops_as_a_yes_and_is_printed_as_unsure() -> None:
    told = papers.text(papers.pdf(Paper.STOPPED, reports.stopped("rf_umn", Answer.UNSURE)))
    assert "See a doctor promptly" in told
    assert "Signs of spinal cord or brain: unsure" in told


def test_very_long_names_stay_on_the_page() -> None:
    long = replace(
        reports.MARISOL,
        family_name="Wolfeschlegelsteinhausenbergerdorff-Öztürkoğullarından",
        given_names="María del Carmen Guadalupe Ágata Łucja",
    )
    clinic = replace(
        reports.CLINIC, name="The Riverside and Upper Valley Centre for Physiotherapy and Sports Medicine"
    )
    report = reports.with_exercises(reports.signed(patient=long, clinic=clinic))
    for paper in (Paper.SUMMARY, Paper.HANDOUT):
        content = papers.pdf(paper, report)
        assert page_validation.validate_pdf_bytes(content, profile="ua1").is_compliant
        assert all("Page" in page and "Łucja" in page for page in papers.pages(content))
        assert papers.outermost(content) <= 0


def test_a_note_of_the_therapist_cannot_become_markup() -> None:
    note = Finding("mmt_hip_abduction", Side.LEFT, values={"grade": "5"}, pain=0, note="<img src=x> & more")
    assert "<img src=x> & more" in papers.text(
        papers.pdf(Paper.SUMMARY, reports.signed(reports.screened(note)))
    )


def test_the_day_is_written_so_that_no_country_reads_it_wrongly() -> None:
    told = papers.text(papers.pdf(Paper.SUMMARY, reports.signed(taken_on=date(2026, 4, 3))))
    assert "3 April 2026" in told


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
        assert "The leg that works has the dark shoe." in printed(side)
