"""Documents come from what was signed or approved, once, and then always the same."""

import hashlib
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from clinic_app.records.audit import AuditEvent
from clinic_app.records.document import Document
from clinic_app.records.patient import Patient, PatientPrecaution
from clinic_app.records.programme import draft_programme
from clinic_app.records.screening import Screening
from tests import papers
from tests.at_table import AtTable


def stored(session: Session) -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(Document)) or 0


def test_a_signed_summary_is_stored_and_given_again_byte_for_byte(signed: AtTable, session: Session) -> None:
    first = signed.get("/summary.pdf")
    assert first.status_code == 200
    assert first.mimetype == "application/pdf"
    assert first.headers["Content-Disposition"].startswith("inline")
    again = signed.get("/summary.pdf")
    assert again.data == first.data
    assert stored(session) == 1
    row = session.scalars(select(Document)).one()
    assert row.sha256 == hashlib.sha256(first.data).hexdigest() == first.get_etag()[0]
    assert row.pages == len(papers.pages(first.data))
    by_id = signed.client.get(f"/documents/{row.id}.pdf")
    assert by_id.data == first.data
    known = signed.client.get(f"/documents/{row.id}.pdf", headers={"If-None-Match": f'"{row.sha256}"'})
    assert known.status_code == 304


def test_the_summary_says_what_was_signed(signed: AtTable) -> None:
    told = papers.text(signed.get("/summary.pdf").data)
    for words in (
        "Right hip abductors: likely weak",
        "MMT-A2: 4− or 4",
        "Right abductor weakness",
        "Knee pain when running",
        "Signed by Bob Lindqvist, PT, DPT (PT 2071)",
    ):
        assert words in told, words


def test_a_draft_prints_as_a_draft_and_is_not_stored(table: AtTable, session: Session) -> None:
    answer = table.safe().enter().get("/summary.pdf")
    assert answer.status_code == 200
    assert all("Draft: not signed" in page for page in papers.pages(answer.data))
    assert stored(session) == 0


def test_the_paper_is_the_clinics_unless_another_is_asked_for(signed: AtTable) -> None:
    assert papers.page_size(signed.get("/summary.pdf").data)[0] == pytest.approx(595, abs=1)
    assert papers.page_size(signed.get("/summary.pdf?size=Letter").data)[0] == pytest.approx(612, abs=1)
    assert signed.get("/summary.pdf?size=A3").status_code == 400


def test_an_approved_programme_is_handed_out_and_stored(
    signed: AtTable, approved: int, session: Session
) -> None:
    answer = signed.client.get(f"/programmes/{approved}/handout.pdf")
    assert answer.status_code == 200
    told = papers.text(answer.data)
    assert "Your hip exercises" in told
    assert "Call 112 or get help now if:" in told
    assert signed.client.get(f"/programmes/{approved}/handout.pdf").data == answer.data
    assert stored(session) == 1
    assert "Home programme" in papers.text(signed.get("/summary.pdf").data)


def test_a_handout_is_in_the_patients_language_and_size(
    signed: AtTable, approved: int, session: Session
) -> None:
    patient = session.get_one(Patient, signed.patient_id)
    patient.print_size = "large"
    session.commit()
    signed.client.get(f"/programmes/{approved}/handout.pdf")
    session.rollback()
    assert session.scalars(select(Document.print_size)).one() == "large"
    url = f"/programmes/{approved}/handout.pdf"
    assert signed.client.get(f"{url}?language=xx").status_code == 400
    assert signed.client.get(f"{url}?print_size=huge").status_code == 400


def test_a_programme_that_is_begun_anew_does_not_take_the_approved_one_off_the_summary(
    signed: AtTable, approved: int, session: Session
) -> None:
    before = signed.get("/summary.pdf").data
    row = session.get_one(Screening, signed.id)
    assert draft_programme(session, row, row.started_by_id).id != approved
    session.commit()
    assert signed.get("/summary.pdf").data == before


def test_a_programme_that_is_not_approved_is_not_handed_out(signed: AtTable, session: Session) -> None:
    row = session.get_one(Screening, signed.id)
    programme = draft_programme(session, row, row.started_by_id)
    session.commit()
    answer = signed.client.get(f"/programmes/{programme.id}/handout.pdf")
    assert answer.status_code == 409
    assert "not approved" in answer.text
    assert stored(session) == 0


@pytest.mark.parametrize("printed_before", [False, True])
def test_a_programme_that_became_unsafe_is_refused_with_the_reason(
    signed: AtTable, approved: int, session: Session, printed_before: bool
) -> None:
    url = f"/programmes/{approved}/handout.pdf"
    if printed_before:
        assert signed.client.get(url).status_code == 200
    session.add(PatientPrecaution(patient_id=signed.patient_id, precaution="pc_fall_risk"))
    session.commit()
    answer = signed.client.get(url)
    assert answer.status_code == 409
    assert "Not printed" in answer.text
    assert "a caution is missing" in answer.text or "balance" in answer.text


def test_a_precaution_that_is_cleared_does_not_stop_the_handout(
    signed: AtTable, approved: int, session: Session
) -> None:
    row = PatientPrecaution(patient_id=signed.patient_id, precaution="pc_fall_risk", cleared=True)
    session.add(row)
    session.commit()
    assert signed.client.get(f"/programmes/{approved}/handout.pdf").status_code == 200


def test_a_screening_that_was_not_stopped_has_no_page_of_a_stop(signed: AtTable) -> None:
    assert signed.get("/stopped.pdf").status_code == 404


def test_printing_and_reading_leave_their_trace(signed: AtTable, session: Session) -> None:
    signed.get("/summary.pdf")
    session.rollback()
    actions = session.execute(select(AuditEvent.action, AuditEvent.noun).order_by(AuditEvent.id)).all()
    assert ("print", "document") in actions
    assert ("read", "screening") in actions


@pytest.mark.parametrize(
    "url", ["/screenings/999/summary.pdf", "/programmes/999/handout.pdf", "/documents/999.pdf"]
)
def test_what_is_not_there_is_not_found(as_bob: Any, url: str) -> None:
    assert as_bob.get(url).status_code == 404
