"""Print, send, keep: one panel shows what is printed, says at once why not, and notes what was given."""

import re
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pypdfium2
import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from clinic_app.pdf import Printer
from clinic_app.records.document import Document, Edition, Printed, store_document
from clinic_app.records.giving import Giving
from clinic_app.records.patient import Patient, PatientPrecaution
from clinic_app.records.programme import Programme
from clinic_app.records.screening import Screening
from tests import people
from tests.at_table import AtTable
from tests.counting import queries_of
from tests.screened import approved_anew


def today() -> date:
    """The day it is in the clinic, asked when it is needed: a run of the tests may go past midnight there."""
    return datetime.now(ZoneInfo(people.CLINIC["time_zone"])).date()


def blank_pdf(width: float = 300, height: float = 600) -> bytes:
    """A PDF of one page that no printing of ours would make."""
    document = pypdfium2.PdfDocument.new()
    document.new_page(width, height)
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def store(session: Session, screening_id: int, kind: str = "handout", source: str = "a") -> int:
    """A document that was printed before; a handout is that of the screening's newest programme."""
    row = session.get_one(Screening, screening_id)
    edition = Edition(row.id, kind, "A4", "en", "normal", source * 64)
    programme = session.scalar(select(func.max(Programme.id)).filter_by(screening_id=row.id))
    printed = Printed(blank_pdf(), 1)
    made = store_document(session, edition, printed, row.started_by_id, programme)
    session.commit()
    return made.id


def give(table: AtTable, document: int, **fields: str) -> TestResponse:
    """Send the form of the giving, of today where no day is named."""
    on = today()
    parts = {"given_on-day": on.day, "given_on-month": on.month, "given_on-year": on.year}
    return table.client.post_form(f"/documents/{document}/given", {**parts, **fields})


def number(session: Session, noun: type[Any]) -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(noun)) or 0


def test_the_panel_is_there_at_once_and_makes_nothing_by_itself(
    signed: AtTable, approved: int, session: Session
) -> None:
    page = signed.get("/print").text
    assert approved
    assert "Show the pages" in page
    assert "Open the PDF" in page
    assert number(session, Document) == 0


def test_the_pages_are_shown_and_the_pdf_behind_print_is_the_one_that_was_looked_at(
    signed: AtTable, approved: int, session: Session
) -> None:
    assert approved
    answer = signed.get("/print/pages?kind=handout&size=Letter&language=es&print_size=large")
    assert answer.status_code == 303
    page = signed.client.get(answer.location).text
    [made] = session.scalars(select(Document))
    assert (made.kind, made.paper, made.language, made.print_size) == ("handout", "Letter", "es", "large")
    shown = re.findall(r'src="(/documents/\d+/pages/\d+\.webp)"', page)
    assert shown == [f"/documents/{made.id}/pages/{n}.webp" for n in range(1, made.pages + 1)]
    assert f'href="/documents/{made.id}.pdf"' in page
    opened = signed.get("/print.pdf?kind=handout&size=Letter&language=es&print_size=large")
    assert opened.location == f"/documents/{made.id}.pdf"
    assert number(session, Document) == 1


def test_a_picture_of_a_page_comes_from_the_stored_bytes(signed: AtTable, session: Session) -> None:
    address = f"/documents/{store(session, signed.id)}/pages/1.webp"
    answer = signed.client.get(address)
    assert answer.mimetype == "image/webp"
    with Image.open(BytesIO(answer.data)) as picture:
        assert picture.size == (960, 1920)
    assert answer.headers["Cache-Control"] == "private, no-cache"
    known = signed.client.get(address, headers={"If-None-Match": answer.headers["ETag"]})
    assert (known.status_code, known.data) == (304, b"")


@pytest.mark.parametrize("page", [0, 2, 10**9])
def test_a_page_that_the_document_does_not_have_is_not_found(
    signed: AtTable, session: Session, page: int
) -> None:
    document = store(session, signed.id)
    assert signed.client.get(f"/documents/{document}/pages/{page}.webp").status_code == 404


def test_a_draft_has_nothing_to_print_on_the_panel(table: AtTable) -> None:
    assert table.get("/print").location == f"/screenings/{table.id}"
    assert table.get("/print/pages").status_code == 404


def test_without_an_approved_programme_there_is_a_summary_and_no_handout(signed: AtTable) -> None:
    page = signed.get("/print").text
    assert "A handout needs an approved programme." in page
    assert 'value="handout"' not in page
    assert 'value="summary"' in page
    assert signed.get("/print?kind=handout").status_code == 404


@pytest.mark.parametrize(
    ("asked", "code"),
    [("kind=letterhead", 404), ("size=A3", 400), ("language=xx", 400), ("print_size=1", 400)],
)
def test_only_what_there_is_can_be_asked_for(signed: AtTable, asked: str, code: int) -> None:
    assert signed.get(f"/print?{asked}").status_code == code


def test_the_panel_starts_as_the_patient_reads(signed: AtTable, approved: int, session: Session) -> None:
    patient = session.get_one(Patient, signed.patient_id)
    patient.language, patient.print_size = "es", "large"
    session.commit()
    page = signed.get("/print").text
    assert approved
    assert re.search(r'<option selected value="es">', page)
    assert re.search(r'value="large"[^>]* checked', page)


def test_a_programme_that_became_unsafe_says_so_before_anything_is_printed(
    signed: AtTable, approved: int, session: Session
) -> None:
    document = store(session, signed.id)
    session.add(PatientPrecaution(patient_id=signed.patient_id, precaution="pc_fall_risk"))
    session.commit()
    page = signed.get("/print").text
    assert approved
    assert "This handout cannot be printed now" in page
    assert "a caution is missing" in page or "balance" in page
    assert "New programme from this screening" in page
    assert f"/patients/{signed.patient_id}/precautions" in page
    assert "Show the pages" not in page
    assert "Mark as given" not in page
    assert signed.get("/print.pdf").status_code == 409
    refused = give(signed, document, taught_back="y")
    assert refused.status_code == 409
    assert "cannot be printed now" in refused.text
    assert (number(session, Document), number(session, Giving)) == (1, 0)
    assert "Show the pages" in signed.get("/print?kind=summary").text


def test_printing_that_fails_says_why_and_offers_to_try_again(
    app: Flask, signed: AtTable, tmp_path: Path
) -> None:
    parts = app.extensions["clinic"]
    own, parts["printer"] = parts["printer"], Printer(tmp_path)
    try:
        answer = signed.get("/print/pages?kind=summary")
    finally:
        parts["printer"].stop()
        parts["printer"] = own
    assert answer.status_code == 503
    assert "It could not be made" in answer.text
    assert "of the page is missing" in answer.text
    assert "Try again" in answer.text


def test_a_handout_is_given_after_teach_back_with_the_day_and_by_whom(
    signed: AtTable, approved: int, session: Session
) -> None:
    document = store(session, signed.id)
    assert approved
    answer = give(signed, document, taught_back="y")
    assert answer.status_code == 303
    assert "Noted: given on" in signed.client.get(answer.location).text
    session.rollback()
    [row] = session.scalars(select(Giving))
    assert (row.given_on, row.taught_back) == (today(), True)
    assert row.given_by == "Bob Lindqvist, PT, DPT (PT 2071)"
    listed = signed.client.get(f"/patients/{signed.patient_id}").text
    assert re.search(r"Given \d+ \w+ \d{4} by Bob Lindqvist, PT, DPT \(PT 2071\)", listed)
    assert "Printed, not marked as given" not in listed


def test_without_teach_back_a_handout_is_not_marked_and_the_day_as_typed_stays(
    signed: AtTable, approved: int, session: Session
) -> None:
    document = store(session, signed.id)
    assert approved
    answer = give(signed, document)
    assert answer.status_code == 422
    assert "Teach-back: tick it first" in answer.text
    assert f'value="{today().year}"' in answer.text
    assert number(session, Giving) == 0


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ({"given_on-day": "31", "given_on-month": "2"}, "Given on: enter a day, a month and a year"),
        ({"given_on-year": ""}, "Given on: enter a day, a month and a year"),
        ({"given_on-year": "2999"}, "2999 is after today"),
        ({"given_on-year": "1999"}, "1999 is before it was made, on"),
    ],
)
def test_a_day_on_which_it_cannot_have_been_given_is_refused(
    signed: AtTable, approved: int, session: Session, day: dict[str, str], said: str
) -> None:
    document = store(session, signed.id)
    assert approved
    answer = give(signed, document, taught_back="y", **day)
    assert answer.status_code == 422
    assert said in answer.text
    assert re.search(r'name="taught_back"[^>]*checked|checked[^>]*name="taught_back"', answer.text)
    assert number(session, Giving) == 0


def test_a_summary_is_given_without_teach_back(signed: AtTable, session: Session) -> None:
    document = store(session, signed.id, "summary")
    assert give(signed, document).status_code == 303
    assert number(session, Giving) == 1


def test_teach_back_is_asked_in_the_language_of_the_handout_too(
    signed: AtTable, approved: int, session: Session
) -> None:
    document = store(session, signed.id)
    assert approved
    page = give(signed, document).text
    assert "Please show me the first exercise." in page
    assert "STAFF PROMPT" not in page
    assert "Muéstreme" not in page
    row = session.get_one(Screening, signed.id)
    edition = Edition(row.id, "handout", "A4", "es", "normal", "a" * 64)
    spanish = store_document(session, edition, Printed(blank_pdf(), 1), row.started_by_id, approved).id
    session.commit()
    page = give(signed, spanish).text
    assert '<blockquote class="say mt2" lang="es"><p>«Quiero estar seguro' in page


def test_an_older_handout_is_marked_once_a_newer_one_was_given(
    signed: AtTable, approved: int, session: Session
) -> None:
    first = store(session, signed.id, source="a")
    approved_anew(session, session.get_one(Programme, approved))
    second = store(session, signed.id, source="b")
    page = f"/patients/{signed.patient_id}"
    give(signed, first, taught_back="y")
    assert "Superseded" not in signed.client.get(page).text
    give(signed, second, taught_back="y")
    assert signed.client.get(page).text.count("Superseded") == 1


def test_the_panel_is_reached_from_the_screening_the_programme_and_the_patient(
    signed: AtTable, approved: int
) -> None:
    link = f'href="{signed.url("/print")}'
    for page in (signed.url(), f"/programmes/{approved}", f"/patients/{signed.patient_id}"):
        assert link in signed.client.get(page).text, page


def test_neither_the_panel_nor_the_patients_page_asks_more_the_more_was_printed(
    app: Flask, signed: AtTable, approved: int, session: Session
) -> None:
    def asked(address: str) -> int:
        return len(queries_of(app, lambda: signed.client.get(address)))

    assert approved
    signed.get("/print/pages?kind=summary")
    pages = (signed.url("/print?kind=summary"), f"/patients/{signed.patient_id}")
    give(signed, store(session, signed.id), taught_back="y")
    before = [asked(page) for page in pages]
    for source in "bcdef":
        give(signed, store(session, signed.id, source=source), taught_back="y")
    assert [asked(page) for page in pages] == before
