"""A referral letter says what the screen found, in the therapist's words, and stays as it was signed."""

from typing import Any

import page as page_validation
import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from clinic_app.domain.finding import Finding
from clinic_app.domain.protocol import Side
from clinic_app.domain.report import Report
from clinic_app.domain.screening import Answer, PrecautionRow, Precautions
from clinic_app.records.audit import AuditEvent
from clinic_app.records.document import Document
from clinic_app.records.letter import Letter, letters_of
from clinic_app.records.patient import Patient
from clinic_app.records.screening import Screening
from clinic_app.web.letters.form import LONGEST
from clinic_app.web.letters.prefill import words_of
from clinic_app.web.papers import Paper
from tests import papers, people, reports, screened
from tests.at_table import AtTable

TEAR = reports.screened(
    *reports.RIGHT_WEAK[:8],
    reports.graded("mmt_hip_abduction", Side.LEFT, "5"),
    reports.graded("mmt_hip_abduction", Side.RIGHT, "3", 1),
    Finding("hip_lag_sign", Side.RIGHT, values={"result": "positive"}, pain=0),
)
TYPED = {
    "to_name": "Dr Ahlgren",
    "to_place": "Health centre North\n3 Quay Street",
    "reason": "Knee gives way",
}


def words(report: Report) -> dict[str, str]:
    with papers.in_words():
        return words_of(report, reports.library())


def begin(client: Any, screening: Screening, session: Session) -> Letter:
    """Press the button on the page of the screening."""
    answer = client.post_form(f"/screenings/{screening.id}/letters")
    assert answer.status_code == 303
    session.rollback()
    return letters_of(session, screening.id)[0]


def typed(letter: Letter, **changed: str) -> dict[str, str]:
    """The form as it stands, with what Bob typed and these changes."""
    names = ("urgency", "findings", "done", "question")
    shown = {name: getattr(letter, name) for name in names}
    return {**shown, **TYPED, "revision": str(letter.revision), **changed}


def sign(client: Any, letter: Letter, session: Session, **changed: str) -> Any:
    password = {"do": "sign", "password": people.BOB.password}
    answer = client.post_form(f"/letters/{letter.id}", {**typed(letter), **password, **changed})
    session.rollback()
    return answer


@pytest.fixture
def signed(app: Flask, session: Session, patient: Patient) -> Screening:
    row = screened.signed(app, session, patient, screened.RIGHT_WEAK)
    session.commit()
    return row


@pytest.fixture
def stopped(app: Flask, session: Session, patient: Patient) -> Screening:
    row = screened.stopped(app, session, patient)
    session.commit()
    return row


def test_a_pattern_that_asks_for_a_doctor_is_the_reason_with_its_tests_and_its_action() -> None:
    told = words(reports.signed(TEAR))
    assert told["urgency"] == "refer_promptly"
    assert "Right: pattern suggests a possible tear of the hip abductor tendon." in told["reason"]
    assert "Seen for: Pain at the side of the right hip since January" in told["reason"]
    for line in (
        "Right hip abductors: markedly weak.",
        "Hip lag sign, right: Positive, pain 0/10",
        "Hip abduction, manual grade, right: 3, pain 1/10",
        "Trendelenburg test, 30 seconds, right: Raised, then drops",
    ):
        assert line in told["findings"], line
    assert told["done"].startswith("No exercises until the therapist confirms in writing.")
    assert "tell us in writing whether they may go on" in told["question"]


def test_a_letter_tells_the_least_that_the_doctor_needs() -> None:
    everything = "\n".join(words(reports.signed(TEAR)).values())
    for left_out in (
        "Walking",
        "Front of the knee",
        "left: 5",
        "female",
        "Duarte",
        "Right hip abductors weak,",
    ):
        assert left_out not in everything, left_out
    assert "diagnos" not in everything.lower()


def test_a_stopped_screen_tells_what_was_answered_and_done_and_nothing_of_strength() -> None:
    told = words(reports.stopped())
    assert told["urgency"] == "urgent"
    assert "Red flag “Possible cauda equina syndrome”: yes. Asked: New numbness" in told["reason"]
    assert told["findings"] == "The screen was stopped, so it says nothing about strength."
    assert told["done"] == "Sent to the emergency department by ambulance."
    assert told["question"].startswith("Please see this person today.")


def test_an_unsure_answer_is_told_as_unsure() -> None:
    assert (
        "“Signs of spinal cord or brain”: unsure" in words(reports.stopped("rf_umn", Answer.UNSURE))["reason"]
    )


def test_an_overruled_red_flag_is_told_with_the_reason() -> None:
    flags = {**dict.fromkeys(reports.library().red_flags, Answer.NO), "rf_weight_loss": Answer.YES}
    facts = reports.screened(red_flags=flags, red_flag_overrides={"rf_weight_loss": "GP knows"})
    told = words(reports.signed(facts))
    assert told["urgency"] == "refer"
    assert "overruled by the therapist. GP knows" in told["reason"]


def test_pain_that_stopped_a_test_is_told_as_pain_and_not_as_weakness() -> None:
    told = words(reports.signed(reports.screened(*reports.STOPPED_BY_PAIN)))
    assert "right: Pain 6/10 stopped the test (3)" in told["findings"]
    assert "weak" not in told["findings"].replace("No weakness", "")


def test_severe_pain_limited_loss_asks_for_a_doctor_before_loading() -> None:
    told = words(reports.signed(reports.screened(reports.graded("mmt_hip_abduction", Side.RIGHT, "2", 8))))
    assert told["urgency"] == "refer_promptly"
    assert "severe pain-limited loss" in told["reason"]
    assert "seek medical opinion before loading" in told["reason"]


def test_precautions_go_along_and_so_does_a_screen_without_a_finding() -> None:
    rows = (PrecautionRow("pc_tha_lateral", Side.RIGHT),)
    careful = reports.screened(precautions=Precautions(answered=True, rows=rows))
    told = words(reports.signed(careful, reason=""))
    assert "Precautions: " in told["findings"]
    assert told["reason"] == ""
    assert told["urgency"] == "none"


def test_the_longest_screen_still_fits_and_no_line_is_cut() -> None:
    flags = dict.fromkeys(reports.library().red_flags, Answer.YES)
    told = words(reports.signed(reports.screened(red_flags=flags), reason="x" * 500))
    assert 2500 < len(told["reason"]) <= LONGEST["reason"]
    assert told["reason"].splitlines()[-1].endswith(("?", "."))


def test_the_signed_and_the_stopped_screening_lead_to_the_letter(
    as_bob: Any, signed: Screening, session: Session, app: Flask, patient: Patient
) -> None:
    stopped = screened.stopped(app, session, patient)
    session.commit()
    for row in (signed, stopped):
        assert f'action="/screenings/{row.id}/letters"' in as_bob.get(f"/screenings/{row.id}").text
        letter = begin(as_bob, row, session)
        page = as_bob.get(f"/letters/{letter.id}").text
        assert "At most 3000 characters" in page
        assert letter.question in page
    assert begin(as_bob, signed, session).screening_id == signed.id
    assert len(session.scalars(select(Letter)).all()) == 2


def test_a_letter_is_signed_stored_and_given_again_byte_for_byte(
    as_bob: Any, signed: Screening, session: Session
) -> None:
    letter = begin(as_bob, signed, session)
    draft = as_bob.get(f"/letters/{letter.id}.pdf").data
    assert all("Draft: not signed" in page for page in papers.pages(draft))
    assert session.scalars(select(Document)).all() == []
    assert sign(as_bob, letter, session).status_code == 303
    first = as_bob.get(f"/letters/{letter.id}.pdf")
    assert first.mimetype == "application/pdf"
    assert as_bob.get(f"/letters/{letter.id}.pdf").data == first.data
    session.rollback()
    [stored] = session.scalars(select(Document))
    assert (stored.kind, stored.patient_id) == ("letter", letter.patient_id)
    for page in papers.pages(first.data):
        for said in (
            "DUARTE, Marisol, born 4 Feb 1969, record 004 127 893",
            "Signed by Bob Lindqvist, PT, DPT (PT 2071)",
            "Page 1 of 1",
        ):
            assert said in page, said
        assert "Draft" not in page
    told = papers.text(first.data)
    for said in ("Dr Ahlgren", "Health centre North 3 Quay Street", "Knee gives way", "not a diagnosis"):
        assert said in told, said
    assert "Letter to Dr Ahlgren" in as_bob.get(f"/screenings/{signed.id}").text
    assert "Referral letter" in as_bob.get(f"/patients/{signed.patient_id}").text


def test_a_signed_letter_takes_no_change_and_another_starts_beside_it(
    as_bob: Any, signed: Screening, session: Session
) -> None:
    letter = begin(as_bob, signed, session)
    sign(as_bob, letter, session)
    as_bob.post_form(f"/letters/{letter.id}", typed(letter, reason="Later thought"))
    page = as_bob.get(f"/letters/{letter.id}").text
    assert "Nothing was saved" in page
    assert "Later thought" not in page
    assert begin(as_bob, signed, session).id != letter.id


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"to_name": ""}, "Write to whom the letter goes"),
        ({"reason": " "}, "Write why you refer"),
        ({"question": ""}, "Write what you ask"),
        ({"password": "not the password"}, "This is not your password"),
        ({"to_name": "x" * 121}, "Use at most 120 characters"),
        ({"findings": "x" * 4001}, "Use at most 4000 characters"),
        ({"urgency": "soon"}, "Not a valid choice"),
    ],
)
def test_what_a_signature_lacks_is_named_and_nothing_typed_is_lost(
    as_bob: Any, signed: Screening, session: Session, wrong: dict[str, str], said: str
) -> None:
    letter = begin(as_bob, signed, session)
    answer = sign(as_bob, letter, session, done="I called the surgery", **wrong)
    assert answer.status_code == 422
    assert said in answer.text
    assert "I called the surgery" in answer.text
    assert session.get_one(Letter, letter.id).status == "draft"


def test_a_letter_of_a_draft_screening_prints_as_a_draft_and_is_not_signed(
    table: AtTable, session: Session
) -> None:
    table.safe().enter()
    letter = begin(table.client, session.get_one(Screening, table.id), session)
    refused = sign(table.client, letter, session)
    assert refused.status_code == 422
    assert "The screening is not signed yet" in refused.text
    for page in papers.pages(table.client.get(f"/letters/{letter.id}.pdf").data):
        assert "Draft: not signed" in page
    table.sign()
    assert "begun before the screening was signed" in table.client.get(f"/letters/{letter.id}").text
    filled = table.client.post_form(f"/letters/{letter.id}", typed(letter, do="fill_in", reason="Old"))
    page = table.client.get(filled.location).text
    assert "begun before the screening was signed" not in page
    assert "Old" not in page
    assert "Dr Ahlgren" in page


def test_what_another_device_saved_is_not_overwritten_and_the_words_typed_here_stay(
    as_bob: Any, signed: Screening, session: Session
) -> None:
    letter = begin(as_bob, signed, session)
    here = typed(letter, reason="Typed here")
    as_bob.post_form(f"/letters/{letter.id}", typed(letter, reason="Saved there"))
    answer = as_bob.post_form(f"/letters/{letter.id}", here)
    assert answer.status_code == 409
    assert "also changed elsewhere" in answer.text
    assert "Typed here" in answer.text
    session.rollback()
    assert session.get_one(Letter, letter.id).reason == "Saved there"
    assert 'value="2"' in answer.text


def test_markup_in_a_letter_is_printed_as_it_was_typed() -> None:
    with papers.in_words():
        report = reports.with_letter(reports.signed(), reason="<img src=file:///etc/passwd> & <b>bold</b>")
    assert "<img src=file:///etc/passwd> & <b>bold</b>" in papers.text(papers.pdf(Paper.LETTER, report))


def test_the_letter_of_a_stopped_screen_says_so_and_what_was_answered_and_done() -> None:
    with papers.in_words():
        report = reports.with_letter(reports.stopped())
    html = papers.html(Paper.LETTER, report)
    for said in (
        "Referral letter: screen stopped",
        "<b>Urgency:</b> Emergency or urgent care today",
        "<h2>What was answered</h2>",
        "Possible cauda equina syndrome",
        "<h2>What was done</h2>",
        "Sent to the emergency department by ambulance.",
    ):
        assert said in html, said


def test_the_longest_letter_is_whole_and_says_on_each_page_whose_it_is() -> None:
    longest = {name: ("word " * most)[:most].strip() + "." for name, most in LONGEST.items()}
    with papers.in_words():
        report = reports.with_letter(reports.signed(TEAR), **longest)
    content = papers.pdf(Paper.LETTER, report)
    checked = page_validation.validate_pdf_bytes(content, profile="ua1")
    assert checked.is_compliant, [(f.rule_id, f.message) for f in checked.failures]
    assert papers.outermost(content) <= 0
    pages = papers.pages(content)
    assert len(pages) > 1
    for number, page in enumerate(pages, 1):
        for said in ("DUARTE, Marisol", "Signed by Bob Lindqvist, PT, DPT (PT 2071)"):
            assert said in page, said
        assert f"Page {number} of {len(pages)}" in page
    assert " ".join(pages).count("word") == sum(text.count("word") for text in longest.values())


def test_a_draft_that_must_be_referred_leads_to_its_letter(table: AtTable) -> None:
    table.step("red_flags", {**table.rows(), "rf_claudication": "yes"})
    table.step("precautions", {"answered": "y"})
    assert f'action="/screenings/{table.id}/letters"' in table.get("/review").text


def test_reading_a_letter_leaves_its_trace(as_bob: Any, signed: Screening, session: Session) -> None:
    letter = begin(as_bob, signed, session)
    as_bob.get(f"/letters/{letter.id}")
    session.rollback()
    read = select(AuditEvent).filter_by(action="read", noun="letter", noun_id=letter.id)
    assert session.scalars(read).first()


@pytest.mark.parametrize("url", ["/letters/999", "/letters/999.pdf"])
def test_a_letter_that_is_not_there_is_not_found(as_bob: Any, url: str) -> None:
    assert as_bob.get(url).status_code == 404
    assert as_bob.post_form("/screenings/999/letters").status_code == 404


def throw_away(client: Any, letter: Letter, revision: int) -> Any:
    return client.post_form(f"/letters/{letter.id}/throw-away", {"revision": str(revision)})


def test_a_draft_is_thrown_away_and_the_next_one_says_what_the_screen_found(
    as_bob: Any, signed: Screening, session: Session
) -> None:
    letter = begin(as_bob, signed, session)
    as_bob.post_form(f"/letters/{letter.id}", typed(letter, reason="Typed by mistake"))
    page = as_bob.get(f"/letters/{letter.id}").text
    assert f'action="/letters/{letter.id}/throw-away"' in page
    answer = throw_away(as_bob, letter, 2)
    assert answer.location == f"/screenings/{signed.id}"
    assert "The draft of the letter was thrown away." in as_bob.get(answer.location).text
    assert as_bob.get(f"/letters/{letter.id}").status_code == 404
    assert "Typed by mistake" not in begin(as_bob, signed, session).reason


def test_a_draft_that_was_changed_elsewhere_is_not_thrown_away(
    as_bob: Any, signed: Screening, session: Session
) -> None:
    letter = begin(as_bob, signed, session)
    as_bob.post_form(f"/letters/{letter.id}", typed(letter, reason="By somebody else"))
    answer = throw_away(as_bob, letter, 1)
    page = as_bob.get(answer.location).text
    assert "it was not thrown away" in page
    assert "By somebody else" in page


def test_a_signed_letter_is_not_thrown_away(as_bob: Any, signed: Screening, session: Session) -> None:
    letter = begin(as_bob, signed, session)
    assert sign(as_bob, letter, session).status_code == 303
    answer = throw_away(as_bob, letter, 2)
    page = as_bob.get(answer.location).text
    assert "This letter is signed and does not change any more" in page
    assert "throw-away" not in page
    session.rollback()
    assert session.get_one(Letter, letter.id).status == "signed"
