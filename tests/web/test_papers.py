"""What the therapist's documents say, on which page, and whether a machine can read them aloud."""

from dataclasses import replace
from datetime import date
from functools import cache

from clinic_app.domain.finding import Finding
from clinic_app.domain.protocol import Group, Side
from clinic_app.domain.report import Origin, Report, ReportDecision
from clinic_app.domain.screening import Answer, Class, Override, PrecautionRow, Precautions
from clinic_app.web.papers import Look, Paper, PaperSize
from tests import papers, reports
from tests.tagged import OURS, faults, fonts_of, refused_by_validator
from tests.web.test_handout import MANY


@cache
def exercised() -> Report:
    return reports.with_exercises()


def summarised() -> bytes:
    return papers.pdf(Paper.SUMMARY, exercised())


def test_the_therapists_documents_are_tagged_to_pdf_ua_with_their_fonts_inside() -> None:
    letter = Look(PaperSize.LETTER)
    for content in (
        summarised(),
        papers.pdf(Paper.SUMMARY, reports.draft(MANY), letter),
        papers.pdf(Paper.STOPPED, reports.stopped(), letter),
    ):
        assert refused_by_validator(content) == []
        assert faults(content, "en") == []
        assert fonts_of(content) <= OURS


def test_the_summary_names_finding_side_rule_basis_source_and_exercises() -> None:
    report = exercised()
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
    for page in papers.pages(papers.pdf(Paper.SUMMARY, reports.draft(MANY), Look(PaperSize.LETTER))):
        assert "Draft: not signed" in page
    assert "Draft" not in papers.text(summarised())


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


@cache
def awkward() -> bytes:
    """A demonstration with long names, markup in a note, and a day that countries read differently."""
    long = replace(
        reports.MARISOL,
        family_name="Wolfeschlegelsteinhausenbergerdorff-Öztürkoğullarından",
        given_names="María del Carmen Guadalupe Ágata Łucja",
    )
    name = "The Riverside and Upper Valley Centre for Physiotherapy and Sports Medicine"
    clinic = replace(reports.CLINIC, name=name, is_demo=True)
    note = Finding("mmt_hip_abduction", Side.LEFT, values={"grade": "5"}, pain=0, note="<img src=x> & more")
    facts = reports.screened(note)
    told = reports.signed(facts, patient=long, clinic=clinic, taken_on=date(2026, 4, 3))
    return papers.pdf(Paper.SUMMARY, told)


def test_very_long_names_stay_on_the_page() -> None:
    assert refused_by_validator(awkward()) == []
    assert all("Page" in page and "Łucja" in page for page in papers.pages(awkward()))
    assert papers.outermost(awkward()) <= 0


def test_a_demonstration_says_so_on_each_page() -> None:
    assert all("Demonstration: synthetic patient" in page for page in papers.pages(awkward()))


def test_a_note_of_the_therapist_cannot_become_markup() -> None:
    assert "<img src=x> & more" in papers.text(awkward())


def test_the_day_is_written_so_that_no_country_reads_it_wrongly() -> None:
    assert "3 April 2026" in papers.text(awkward())
