"""The therapist's own decisions on a screening, each with its reason."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from clinic_app.records import audit
from clinic_app.records.draft import touch
from clinic_app.records.table import Table, now
from clinic_app.records.user import User

TAKE_UP = "take_up"


class Decision(Table):
    """A decision of the therapist's own, with its reason.

    `kind` and `subject`: `red_flag` and the row overridden; `class` and the group (with `side` and `value`,
    the class given); `open_item` and the item done though a precaution closes it; `take_up` and the item
    added by hand to what the protocol asks; `confirm` and the pattern confirmed in writing.
    """

    __tablename__ = "decision"
    __table_args__ = (UniqueConstraint("screening_id", "kind", "subject", "side"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    screening_id: Mapped[int] = mapped_column(ForeignKey("screening.id"))
    kind: Mapped[str] = mapped_column(String(20))
    subject: Mapped[str] = mapped_column(String(60))
    side: Mapped[str] = mapped_column(String(10), default="")
    value: Mapped[str] = mapped_column(String(40), default="")
    reason: Mapped[str] = mapped_column(Text)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    made_by: Mapped[str] = mapped_column(String(240))
    made_at: Mapped[datetime] = mapped_column(default=now)


@dataclass(frozen=True)
class Subject:
    """What is decided on; `side` is left, right or empty."""

    screening_id: int
    kind: str
    subject: str
    side: str = ""


def decide(session: Session, subject: Subject, reason: str, user: User, value: str = "") -> Decision:
    """Make the decision, or change it; a decision without a reason is an error."""
    if not reason.strip():
        raise ValueError("a decision needs its reason")
    patient_id = touch(session, subject.screening_id)
    decision = _found(session, subject) or Decision(**vars(subject))
    decision.value, decision.reason = value, reason.strip()
    decision.made_by_id, decision.made_by, decision.made_at = user.id, user.signature, now()
    session.add(decision)
    session.flush()
    _record(session, "decide", decision, user.id, patient_id)
    return decision


def undo_decision(session: Session, subject: Subject, user_id: int) -> None:
    """Take the decision back; nothing happens when there is none."""
    patient_id = touch(session, subject.screening_id)
    if decision := _found(session, subject):
        _record(session, "undo", decision, user_id, patient_id)
        session.delete(decision)
        session.flush()


def _found(session: Session, subject: Subject) -> Decision | None:
    return session.scalar(select(Decision).filter_by(**vars(subject)))


def _record(session: Session, action: str, decision: Decision, user_id: int, patient_id: int) -> None:
    audit.record(
        session,
        user_id=user_id,
        action=action,
        noun="decision",
        noun_id=decision.id,
        patient_id=patient_id,
        detail={"kind": decision.kind, "subject": decision.subject, "side": decision.side},
    )
