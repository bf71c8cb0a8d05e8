"""Screenings of a patient and of a day, and what each change of one leaves behind."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from clinic_app.domain.finding import Finding
from clinic_app.domain.protocol import Side
from clinic_app.records.audit import AuditEvent
from clinic_app.records.decision import Subject, decide
from clinic_app.records.finding import Entry, save_finding
from clinic_app.records.patient import Patient
from clinic_app.records.screening import (
    Screening,
    Signing,
    change_screening,
    load_screening,
    recent_drafts,
    recent_signed,
    screenings_of,
    sign_screening,
    start_screening,
    stop_screening,
)
from clinic_app.records.table import now
from clinic_app.records.user import User

MONDAY = date(2026, 3, 2)


def _signing(user: User) -> Signing:
    return Signing({"headline": "Right"}, "f" * 64, "v1", user.signature, user.id, now())


def _filled(session: Session, patient: Patient, user: User, day: date) -> Screening:
    screening = start_screening(session, patient.id, "quick", day, user.id)
    for side in Side:
        save_finding(session, Entry(screening.id, Finding("faber", side), user.id))
    decide(session, Subject(screening.id, "class", "abductors", "right"), "poor effort", user, "possible")
    return screening


def test_a_patients_screenings_are_listed_newest_first(session: Session, marisol: Patient, bob: User) -> None:
    days = [MONDAY, MONDAY - timedelta(days=300), MONDAY + timedelta(days=7), MONDAY]
    ids = {start_screening(session, marisol.id, "quick", day, bob.id).id: day for day in days}
    listed = screenings_of(session, marisol.id)
    assert [screening.taken_on for screening in listed] == sorted(days, reverse=True)
    assert [s.id for s in listed if s.taken_on == MONDAY] == sorted(
        (number for number, day in ids.items() if day == MONDAY), reverse=True
    )


def test_the_draft_that_was_worked_on_last_comes_first(session: Session, marisol: Patient, bob: User) -> None:
    first, second = (start_screening(session, marisol.id, "quick", MONDAY, bob.id) for _ in range(2))
    session.commit()
    assert [s.id for s in recent_drafts(session)] == [second.id, first.id]
    save_finding(session, Entry(first.id, Finding("faber", Side.LEFT), bob.id))
    session.commit()
    assert [s.id for s in recent_drafts(session)] == [first.id, second.id]


def test_each_therapist_sees_the_own_drafts(session: Session, draft: Screening, bob: User) -> None:
    alice = User(username="alice", name="Alice", role="administrator", password_hash="")
    session.add(alice)
    session.flush()
    assert recent_drafts(session, bob.id) == [draft]
    assert recent_drafts(session, alice.id) == []


def test_signed_and_stopped_screenings_are_no_drafts(session: Session, marisol: Patient, bob: User) -> None:
    signed, stopped = (start_screening(session, marisol.id, "quick", MONDAY, bob.id) for _ in range(2))
    sign_screening(session, signed, _signing(bob))
    stop_screening(session, stopped, _signing(bob))
    session.commit()
    assert recent_drafts(session) == []
    assert [s.status for s in recent_signed(session)] == ["stopped", "signed"]
    assert signed.signed_at
    assert signed.signed_at.tzinfo


def test_each_change_of_a_screening_is_noted(session: Session, draft: Screening, bob: User) -> None:
    change_screening(session, draft, {"reason": "lateral hip pain", "impression": ""}, bob.id)
    change_screening(session, draft, {"reason": "lateral hip pain"}, bob.id)
    sign_screening(session, draft, _signing(bob))
    session.commit()
    events = session.scalars(select(AuditEvent).filter_by(noun="screening").order_by(AuditEvent.id)).all()
    assert [(e.action, e.patient_id) for e in events] == [
        ("start", draft.patient_id),
        ("change", draft.patient_id),
        ("sign", draft.patient_id),
    ]
    assert events[1].detail == {"fields": ["reason"]}


def test_a_screening_that_does_not_exist_is_none(session: Session) -> None:
    assert load_screening(session, 77) is None


def test_a_loaded_screening_shows_what_was_saved_since(session: Session, draft: Screening, bob: User) -> None:
    before = load_screening(session, draft.id)
    assert before
    assert before.findings == []
    save_finding(session, Entry(draft.id, Finding("faber", Side.LEFT), bob.id))
    after = load_screening(session, draft.id)
    assert after
    assert [finding.item for finding in after.findings] == ["faber"]


@pytest.mark.parametrize("listing", ["patient", "drafts", "signed", "one"])
def test_a_list_takes_as_many_queries_whatever_its_length(
    session: Session, bob: User, marisol: Patient, queries: list[str], listing: str
) -> None:
    lists = {
        "patient": lambda: screenings_of(session, marisol.id),
        "drafts": lambda: recent_drafts(session),
        "signed": lambda: recent_signed(session),
        "one": lambda: [load_screening(session, 1)],
    }
    counts = []
    for size in (1, 5):
        for turn in range(size):
            screening = _filled(session, marisol, bob, MONDAY + timedelta(days=turn))
            if listing == "signed":
                sign_screening(session, screening, _signing(bob))
        session.commit()
        session.expunge_all()
        queries.clear()
        for row in lists[listing]():
            assert row
            assert row.patient.full_name
            assert row.started_by.name
            if listing != "signed":
                assert row.findings
                assert row.decisions
        counts.append(len([sent for sent in queries if not sent.startswith("BEGIN")]))
    assert counts[0] == counts[1] == (1 if listing == "signed" else 3)


def test_a_moment_without_a_time_zone_is_refused(session: Session, draft: Screening) -> None:
    draft.touched_at = draft.touched_at.replace(tzinfo=None)
    with pytest.raises(Exception, match="no time zone"):
        session.flush()
