"""A document that is kept: what was wrongly marked as given is taken back beside it, with the reason."""

import re
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from clinic_app.exchange.report_json import sha256_of
from clinic_app.records.audit import AuditEvent
from clinic_app.records.document import Edition, Printed, store_document
from clinic_app.records.giving import Giving
from clinic_app.records.patient import PatientPrecaution
from clinic_app.records.screening import Screening
from tests.at_table import AtTable
from tests.web.test_printing import blank_pdf, give, store
from tests.web.test_returned_log import plain


@pytest.fixture
def given(signed: AtTable, approved: int, session: Session) -> int:
    """A handout that was marked as given today."""
    assert approved
    document = store(session, signed.id)
    assert give(signed, document, taught_back="y").status_code == 303
    return document


def notes(session: Session) -> list[Giving]:
    session.rollback()
    return list(session.scalars(select(Giving).order_by(Giving.id)))


def take_back(table: AtTable, giving: int, why: str = "Given to somebody else") -> TestResponse:
    return table.client.post_form(f"/givings/{giving}/take-back", {f"giving-{giving}-why": why})


def test_what_was_marked_by_mistake_is_taken_back_beside_it_and_stays_struck_through(
    signed: AtTable, given: int, session: Session
) -> None:
    [note] = notes(session)
    on_panel = give(signed, given)
    for page in (on_panel, signed.client.get(f"/documents/{given}")):
        assert f'action="/givings/{note.id}/take-back"' in page.text
    answer = take_back(signed, note.id)
    assert answer.location == f"/documents/{given}#given"
    shown = signed.client.get(answer.location)
    listed = signed.client.get(f"/patients/{signed.patient_id}")
    for page in (shown, listed):
        assert re.search(r"<del>Given \d+ \w+ \d{4} by Bob Lindqvist, PT, DPT \(PT 2071\)</del>", page.text)
        assert re.search(r"Taken back \d[^:]*:\d\d by Bob Lindqvist, .*: Given to somebody else", plain(page))
    assert "it does not count as given" in shown.text
    assert "Nothing is marked as given now." in listed.text
    assert "Printed, not marked as given" not in listed.text
    assert "Given once more" not in shown.text
    session.rollback()
    [event] = session.scalars(select(AuditEvent).filter_by(action="take_back"))
    assert (event.noun, event.noun_id, event.patient_id) == ("document", given, signed.patient_id)


@pytest.mark.parametrize(
    ("why", "said"), [("  ", "Write why it is taken back"), ("x" * 201, "Use at most 200 characters")]
)
def test_taking_back_needs_a_short_reason_and_what_was_typed_stays(
    signed: AtTable, given: int, session: Session, why: str, said: str
) -> None:
    [note] = notes(session)
    answer = take_back(signed, note.id, why)
    assert answer.status_code == 422
    assert said in answer.text
    assert f'href="#giving-{note.id}-why"' in answer.text
    assert f'value="{why.strip()}"' in answer.text
    assert f'action="/documents/{given}/given"' in answer.text
    assert notes(session)[0].taken_back_at is None


def test_what_was_taken_back_may_be_marked_anew_and_the_reason_prints_as_text(
    signed: AtTable, given: int, session: Session
) -> None:
    take_back(signed, notes(session)[0].id, "<b>twice</b>")
    assert give(signed, given, taught_back="y").status_code == 303
    first, second = notes(session)
    assert (first.taken_back_at is None, second.taken_back_at is None) == (False, True)
    page = signed.client.get(f"/documents/{given}").text
    assert "&lt;b&gt;twice&lt;/b&gt;" in page
    assert f'action="/givings/{first.id}/take-back"' not in page
    assert f'action="/givings/{second.id}/take-back"' in page


def test_it_is_taken_back_also_when_the_handout_is_safe_no_more(
    signed: AtTable, given: int, session: Session
) -> None:
    session.add(PatientPrecaution(patient_id=signed.patient_id, precaution="pc_fall_risk"))
    session.commit()
    page = plain(signed.client.get(f"/documents/{given}"))
    assert "It cannot be given now." in page
    assert "Mark as given" not in page
    assert take_back(signed, notes(session)[0].id).status_code == 303
    assert notes(session)[0].taken_back_why == "Given to somebody else"


def test_after_marking_what_the_panel_shows_one_is_back_on_the_panel(
    signed: AtTable, session: Session
) -> None:
    row = session.get_one(Screening, signed.id)
    source = sha256_of({"report": row.report_sha256, "programme": ""})
    edition = Edition(row.id, "summary", "A4", "en", "normal", source)
    document = store_document(session, edition, Printed(blank_pdf(), 1), row.started_by_id)
    session.commit()
    assert give(signed, document.id).location.startswith(signed.url("/print?kind=summary"))
    assert give(signed, store(session, signed.id, "summary")).location.startswith("/documents/")


def test_a_document_or_a_note_that_is_not_there_is_not_found(signed: AtTable) -> None:
    assert signed.client.get("/documents/999").status_code == 404
    assert take_back(signed, 999).status_code == 404


def test_the_patients_list_opens_each_document_by_itself(
    signed: AtTable, given: int, session: Session
) -> None:
    other: Any = store(session, signed.id, "summary")
    listed = signed.client.get(f"/patients/{signed.patient_id}").text
    for document in (given, other):
        assert f'href="/documents/{document}"' in listed
        assert f'href="/documents/{document}.pdf"' in signed.client.get(f"/documents/{document}").text
