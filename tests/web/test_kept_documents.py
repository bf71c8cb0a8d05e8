"""A document that is kept: what was wrongly marked as given is taken back beside it, with the reason."""

import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from clinic_app.exchange.report_json import sha256_of
from clinic_app.records.audit import AuditEvent
from clinic_app.records.document import Edition, Printed, store_document
from clinic_app.records.giving import Giving
from clinic_app.records.patient import PatientPrecaution
from clinic_app.records.programme import Programme
from clinic_app.records.screening import Screening
from clinic_app.records.share_link import ShareLink
from clinic_app.records.user import User
from tests.at_table import AtTable
from tests.counting import queries_of
from tests.screened import approved_anew
from tests.web.test_printing import blank_pdf, give, store
from tests.web.test_returned_log import plain
from tests.web.test_share import ADDRESS_OF_CLINIC, BORN, Phone, shows_the_way_to, switch


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
    assert answer.location == f"/documents/{given}"
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


@pytest.fixture
def bob(session: Session) -> User:
    """Bob's row."""
    return session.scalars(select(User).filter_by(username="bob")).one()


def test_a_link_to_a_handout_that_is_kept_opens_its_very_bytes_with_the_birth_year(
    app: Flask, signed: AtTable, given: int, session: Session, bob: User
) -> None:
    switch(session, bob)
    assert "New link" in signed.client.get(f"/documents/{given}").text
    made = signed.client.post_form(f"/documents/{given}/link")
    address = re.search(rf"{ADDRESS_OF_CLINIC}/s/en/([a-z2-9-]+)</b>", made.text)
    assert address
    assert "does not stand on the paper" in made.text
    session.rollback()
    [link] = session.scalars(select(ShareLink))
    phone = Phone(app.test_client(), link, address[1])
    assert "Marisol" not in phone.get().text
    phone.type(BORN)
    assert "Your hip exercises" in phone.get().text
    assert phone.get("/handout.pdf").data == signed.client.get(f"/documents/{given}.pdf").data
    listed = signed.client.get(f"/documents/{given}")
    assert "opened 1 time" in listed.text
    assert address[1] not in listed.text
    signed.client.post_form(f"/links/{link.id}/revoke")
    assert phone.get("/handout.pdf").status_code == 404
    assert "Revoked" in signed.client.get(f"/documents/{given}").text


def test_a_link_to_a_kept_document_is_as_strict_as_one_on_paper(
    signed: AtTable, given: int, session: Session, bob: User
) -> None:
    off = signed.client.get(f"/documents/{given}").text
    assert "Share links are switched off in the clinic settings." in off
    assert "New link" not in off
    assert signed.client.post_form(f"/documents/{given}/link").status_code == 404
    session.rollback()
    switch(session, bob)
    summary = store(session, signed.id, "summary")
    assert "Links to this handout" not in signed.client.get(f"/documents/{summary}").text
    for other in (summary, 999):
        assert signed.client.post_form(f"/documents/{other}/link").status_code == 404
    session.add(PatientPrecaution(patient_id=signed.patient_id, precaution="pc_fall_risk"))
    session.commit()
    page = signed.client.get(f"/documents/{given}").text
    assert "It cannot be shared now." in page
    assert "New link" not in page
    assert signed.client.post_form(f"/documents/{given}/link").status_code == 409
    session.rollback()
    assert session.scalars(select(ShareLink)).all() == []


def test_a_handout_of_an_older_programme_gets_no_link_and_its_page_shows_the_way_to_the_newer_one(
    signed: AtTable, approved: int, given: int, session: Session, bob: User
) -> None:
    switch(session, bob)
    signed.client.post_form(f"/documents/{given}/link")
    newer = approved_anew(session, session.get_one(Programme, approved))
    session.commit()
    page = signed.client.get(f"/documents/{given}").text
    refused = signed.client.post_form(f"/documents/{given}/link")
    assert refused.status_code == 409
    shows_the_way_to(newer, page, refused.text)
    assert "New link" not in page
    assert "Closed: a newer programme was approved" in page
    session.rollback()
    assert len(session.scalars(select(ShareLink)).all()) == 1
    current = store(session, signed.id, source="b")
    assert "New link" in signed.client.get(f"/documents/{current}").text
    assert signed.client.post_form(f"/documents/{current}/link").status_code == 200


def test_the_page_of_a_document_asks_the_same_however_often_it_was_given_and_shared(
    app: Flask, signed: AtTable, given: int, session: Session, bob: User
) -> None:
    def asked() -> int:
        return len(queries_of(app, lambda: signed.client.get(f"/documents/{given}")))

    switch(session, bob)
    signed.client.post_form(f"/documents/{given}/link")
    before = asked()
    for _time in range(3):
        signed.client.post_form(f"/documents/{given}/link")
        take_back(signed, notes(session)[-1].id)
        give(signed, given, taught_back="y")
    assert asked() == before
