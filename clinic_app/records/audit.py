"""Who read or changed what, and when."""

from datetime import datetime
from typing import Any, Required, TypedDict, Unpack

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, Session, mapped_column

from clinic_app.records.table import Table, now
from clinic_app.records.upsert import Insert, insert_row


class AuditEvent(Table):
    """One reading or change. `detail` names fields and revisions, never a patient's values."""

    __tablename__ = "audit_event"
    __table_args__ = (Index("ix_audit_event_patient_id_at", "patient_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(default=now)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    action: Mapped[str] = mapped_column(String(40))
    noun: Mapped[str] = mapped_column(String(40))
    noun_id: Mapped[int | None]
    patient_id: Mapped[int | None] = mapped_column(ForeignKey("patient.id"))
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)


class Event(TypedDict, total=False):
    """What is said of an event; `user_id` None is the command line or nobody yet."""

    user_id: Required[int | None]
    action: Required[str]
    noun: Required[str]
    noun_id: int | None
    patient_id: int | None
    detail: dict[str, Any]


def record(session: Session, **event: Unpack[Event]) -> None:
    """Add the event to the session's transaction: it is kept if, and only if, the change is."""
    session.add(AuditEvent(**event))


def insert_event(dialect: str) -> Insert:
    """The statement that adds one event, for where each save counts in microseconds."""
    return insert_row(AuditEvent.__table__, dialect)
