"""The therapist's summary, line by line: what a referrer must find, on the longest one.

It is printed once, on the shorter paper: every test of the full screen, six exercises, a long impression.
"""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache

import page as page_validation

from clinic_app.domain.change import Since
from clinic_app.domain.compare import compare
from clinic_app.domain.finding import Finding, NotDoneReason, Status
from clinic_app.domain.protocol import Group, Side
from clinic_app.domain.report import Origin, Report, ReportDecision
from clinic_app.domain.screening import Class, Override, PrecautionRow, Precautions, Screening, Sex, Subject
from clinic_app.web.papers import Look, Paper, PaperSize
from clinic_app.web.then_and_now import occasion
from tests import papers, reports
from tests.generated import Maker

IMPRESSION = "Right hip abductors weak, with knee pain. " + "Tired easily on stairs. " * 15 + "Ask in May."
ABDUCTION, EXTENSION = "mmt_hip_abduction", "mmt_hip_extension"
THEN = reports.screened(reports.graded(ABDUCTION, Side.LEFT, "5"), reports.graded(ABDUCTION, Side.RIGHT, "2"))
NOW = (
    reports.graded(ABDUCTION, Side.LEFT, "5"),
    reports.graded(ABDUCTION, Side.RIGHT, "3+", 2, note="tired easily", confirmed=("grade",)),
    reports.graded(EXTENSION, Side.LEFT, "5"),
    Finding(EXTENSION, Side.RIGHT, status=Status.NOT_DONE, not_done_reason=NotDoneReason.UNABLE_PAIN),
    Finding("trendelenburg_30s", Side.LEFT, values={"result": "neg"}, pain=0),
    Finding("trendelenburg_30s", Side.RIGHT, values={"result": "drop", "seconds": Decimal(12)}, pain=0),
)
PRESSURE = Finding("resting_bp", values={"readings": ({"sbp": 215, "dbp": 90},)})
BY_BOB = {"made_by": reports.SIGNATURE, "made_at": reports.SIGNED_AT}
PROPOSALS = (
    ReportDecision("progress", "Clam", reason="", value="One set more: 3 sets", **BY_BOB),
    *(
        ReportDecision("progress", name, reason="Goes on holiday", **BY_BOB)
        for name in ("Bridge", "Side steps", "Step-up", "Side plank", "Reverse clam")
    ),
)
# What is no test: it is asked elsewhere, or has no values of its own.
APART = {"resting_bp", "red_flags", "precautions", "demographics", "review", "irritability"}


def everything() -> Screening:
    """Every test of the full screen on each side; those of NOW as they stand there."""
    library, maker = reports.library(), Maker(7)
    fixed = {finding.item for finding in NOW}
    asked = [library.items[line.item] for line in library.protocols["full"].lines]
    others = (
        maker.finding(item, side)
        for item in asked
        if item.id not in APART | fixed and item.fields
        for side in item.keys()  # noqa: SIM118
    )
    cleared = PrecautionRow("pc_injection_recent", Side.LEFT, True, {}, "Dr Ahlgren", "2026-07-03")
    return reports.screened(
        *NOW,
        *others,
        protocol="full",
        subject=Subject(57, Sex.FEMALE, mass_kg=Decimal("151.5"), confirmed=("mass_kg",)),
        precautions=Precautions(answered=True, rows=(PrecautionRow("pc_osteoporosis"), cleared)),
        overrides=(Override(Group.EXTENSORS, Side.LEFT, Class.POSSIBLE, "gave way"),),
    )


def with_programme(report: Report) -> Report:
    """Six exercises, the first added though a caution speaks against it."""
    many = reports.screened(
        *(reports.graded(item, side, "3+") for item in (ABDUCTION, EXTENSION) for side in Side)
    )
    equipment = ["chair", "step", "loop_band", "weight"]
    programme = reports.with_exercises(reports.signed(many), equipment=equipment).programme
    assert programme
    first, *rest = programme.lines
    added = replace(first, origin=Origin.ADDED, reason="tried it here", accepted=("equipment:chair",))
    lines = (added, *rest, *programme.lines)[:6]
    return replace(report, programme=replace(programme, lines=lines, proposals=PROPOSALS))


@cache
def report() -> Report:
    decision = ReportDecision(
        "class",
        "extensors",
        "gave way",
        reports.SIGNATURE,
        reports.SIGNED_AT,
        Side.LEFT,
        "possible",
    )
    now = reports.signed(everything(), impression=IMPRESSION, decisions=(decision,))
    changes = compare(occasion(reports.signed(THEN)), occasion(now), reports.library().rules)
    return with_programme(replace(now, since=Since(date(2026, 3, 10), changes)))


@cache
def printed() -> bytes:
    return papers.pdf(Paper.SUMMARY, report(), Look(PaperSize.LETTER))


def told() -> str:
    return papers.text(printed())


def test_the_first_page_stands_alone() -> None:
    first = papers.pages(printed())[0]
    programme = report().programme
    assert programme
    for words in (
        IMPRESSION,
        "Signed by Bob Lindqvist, PT, DPT (PT 2071), 22 Sep 2026, 11:04",
        "Right hip abductors: likely weak",
        *("Hip abductors", "Hip extensors", "Hip external rotators", "Hip internal rotators"),
        "Likely weakness",
        *(line.name for line in programme.lines),
        "Hip abduction, manual grade",
        "3+, pain 2/10",
        "Osteoporosis",
        "Proposals of the returned log: accepted for Clam; not accepted for Bridge, Side steps, Step-up,",
        "Reverse clam. Bob Lindqvist, PT, DPT (PT 2071), 22 Sep 2026.",
    ):
        assert words in first, words


def test_every_page_says_whose_it_is_who_signed_and_which_page_of_how_many() -> None:
    pages = papers.pages(printed())
    assert len(pages) > 3
    for number, page in enumerate(pages, 1):
        for words in (
            "DUARTE, Marisol, born 4 Feb 1969, record 004 127 893",
            "Signed by Bob Lindqvist, PT, DPT (PT 2071), 22 Sep 2026, 11:04",
            f"Page {number} of {len(pages)}",
        ):
            assert words in page, (number, words)


def test_every_class_stands_with_its_reasons() -> None:
    for words in (
        "Right hip abductors: likely weakness",
        "Hip abduction, manual grade, right: 3+",
        "MMT-A",
        "TRN-1: pelvis not raised fully and held for 30 s",
        "Clinical convention",
        "Left hip abductors: ",
    ):
        assert words in told(), words


def test_a_side_is_a_word_wherever_it_is_named() -> None:
    for page in papers.pages(printed()):
        if "Seen and noted" in page:
            assert "Left" in page
            assert "Right" in page
    assert "right: tired easily" in told()
    assert not re.search(r"\b[LR]:", told())


def test_each_measurement_has_its_change_against_the_error() -> None:
    assert "its change since 10 Mar 2026 against measurement error" in told()
    assert "3+, pain 2/10 Real: 4 steps stronger (limit 2), clinical convention" in told()
    assert "5, pain 0/10 No change" in told()
    assert "Better by more than measurement error: Hip abduction, manual grade (right)." in told()


def test_the_first_screening_of_somebody_speaks_of_no_change() -> None:
    html = papers.html(Paper.SUMMARY, reports.signed())
    assert "measurement error" not in html


def test_what_did_not_change_beyond_error_is_said_too() -> None:
    now = reports.signed(reports.screened(*NOW))
    html = papers.html(Paper.SUMMARY, replace(now, since=Since(date(2026, 3, 10), ())))
    assert "No test changed by more than measurement error." in html


def test_what_was_not_tested_has_its_reason() -> None:
    assert "Hip extension with bent knee, manual grade, right. Not tested: too sore" in told()
    assert "Irritability. Not recorded" in told()


def test_what_the_therapist_overruled_stands_with_both_sides_of_it() -> None:
    for words in (
        "Therapist's class. Computed: ",
        "Overruled: gave way",
        "Left hip extensors: class set to possible weakness. Gave way (Bob Lindqvist",
        "Added against: Not available: chair. Reason: tried it here",
    ):
        assert words in told(), words


def test_what_was_decided_on_the_returned_log_stands_with_its_reason_by_whom_and_when() -> None:
    by_bob = "(Bob Lindqvist, PT, DPT (PT 2071), 22 Sep 2026, 11:04)"
    assert f"Proposed by the returned log, Clam: accepted “One set more: 3 sets”. {by_bob}" in told()
    assert f"Proposed by the returned log, Bridge: not accepted. Goes on holiday {by_bob}" in told()


def test_precautions_stand_with_who_cleared_them_and_a_pressure_is_named() -> None:
    assert "left, cleared by Dr Ahlgren on 3 Jul 2026" in told()
    html = papers.html(Paper.SUMMARY, reports.signed(reports.screened(*NOW, PRESSURE)))
    assert "kept, not used. High blood pressure" in html
    assert "pc_hypertension" not in html
    assert not re.search(r"\b(pc|rf|mmt|hhd)_", told())


def test_what_was_unlikely_and_confirmed_says_so() -> None:
    assert "tired easily, unlikely, confirmed as right: strength grade 3+" in told()
    assert "151.5 kg (unlikely, confirmed as right)" in told()


def test_the_longest_names_leave_room_for_the_signer_on_each_page() -> None:
    """As long as their fields take them: 80 and 80 of the patient, 120, 40 and 60 of the therapist."""
    patient = replace(
        reports.MARISOL,
        family_name=("Wolfeschlegel " * 6)[:80].strip(),
        given_names=("Guadalupe " * 8).strip(),
        record_number="9" * 40,
    )
    signer = f"{'Bartholomew ' * 10}, {'PT ' * 13}({'2071 ' * 12}end)"
    longest = replace(reports.signed(patient=patient), signed_by=signer)
    content = papers.pdf(Paper.SUMMARY, longest)
    assert papers.outermost(content) <= 0
    for page in papers.pages(content):
        assert "end), 22 Sep 2026, 11:04 Page" in page


def test_the_longest_summary_is_tagged_and_nothing_stands_outside_the_page() -> None:
    checked = page_validation.validate_pdf_bytes(printed(), profile="ua1")
    assert checked.is_compliant, [(f.rule_id, f.message) for f in checked.failures]
    assert papers.outermost(printed()) <= 0
