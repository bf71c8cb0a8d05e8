"""The therapist's decisions: each with a reason, changeable while the screening is a draft."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from clinic_app.records.audit import AuditEvent
from clinic_app.records.decision import Decision, Subject, decide, undo_decision
from clinic_app.records.screening import Screening
from clinic_app.records.user import User


@pytest.fixture
def subject(draft: Screening) -> Subject:
    """The class of the right abductors."""
    return Subject(draft.id, "class", "abductors", "right")


def test_a_decision_keeps_who_made_it_as_printed(session: Session, subject: Subject, bob: User) -> None:
    decision = decide(session, subject, " poor effort, repeated ", bob, "possible")
    assert (decision.reason, decision.value) == ("poor effort, repeated", "possible")
    assert decision.made_by == "Bob Lindqvist, PT, DPT (PT 2071)"


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_decision_without_a_reason_is_an_error(
    session: Session, subject: Subject, bob: User, reason: str
) -> None:
    with pytest.raises(ValueError, match="reason"):
        decide(session, subject, reason, bob, "possible")


def test_deciding_again_changes_the_decision(session: Session, subject: Subject, bob: User) -> None:
    decide(session, subject, "poor effort", bob, "possible")
    decide(session, subject, "repeated, better", bob, "none_found")
    [decision] = session.scalars(select(Decision))
    assert (decision.reason, decision.value) == ("repeated, better", "none_found")


def test_a_decision_can_be_taken_back_and_both_are_noted(
    session: Session, subject: Subject, draft: Screening, bob: User
) -> None:
    undo_decision(session, subject, bob.id)
    decide(session, subject, "poor effort", bob, "possible")
    undo_decision(session, subject, bob.id)
    assert session.scalars(select(Decision)).all() == []
    events = session.scalars(select(AuditEvent).filter_by(noun="decision").order_by(AuditEvent.id)).all()
    assert [(e.action, e.patient_id) for e in events] == [
        ("decide", draft.patient_id),
        ("undo", draft.patient_id),
    ]
    assert events[0].detail == {"kind": "class", "subject": "abductors", "side": "right"}
