"""Home programmes: what the therapist chose, from what was suggested."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, func, select
from sqlalchemy.orm import Mapped, Session, joinedload, load_only, mapped_column, relationship

from clinic_app.records import audit
from clinic_app.records.draft import DRAFT, hold
from clinic_app.records.screening import Screening
from clinic_app.records.table import Table, now
from clinic_app.records.user import User

APPROVED = "approved"


class Programme(Table):
    """The programme of one screening. `status`: draft or approved; an approved one is frozen by a trigger.

    `circumstances` are the answers that the screening does not hold; `lines` the prescriptions in order, each
    with `origin` suggested or added and, where it was excluded, the therapist's `reason`. A day that is None
    was not set yet; `goal` is the patient's own words.
    """

    __tablename__ = "programme"

    id: Mapped[int] = mapped_column(primary_key=True)
    screening_id: Mapped[int] = mapped_column(ForeignKey("screening.id"), index=True)
    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id"), index=True)
    status: Mapped[str] = mapped_column(String(20), default=DRAFT)
    circumstances: Mapped[dict[str, Any]] = mapped_column(default=dict)
    lines: Mapped[list[Any]] = mapped_column(default=list)
    goal: Mapped[str] = mapped_column(Text, default="")
    start_on: Mapped[date | None]
    review_on: Mapped[date | None]
    retest_on: Mapped[date | None]
    revision: Mapped[int] = mapped_column(default=1)
    created_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[datetime] = mapped_column(default=now)
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    approved_at: Mapped[datetime | None]
    approved_by: Mapped[str] = mapped_column(String(240), default="")
    frozen: Mapped[dict[str, Any] | None]
    screening: Mapped[Screening] = relationship()
    created_by: Mapped[User] = relationship(foreign_keys=[created_by_id])


@dataclass(frozen=True)
class Agreed:
    """What was agreed with the patient: the goal in their words, and the three days."""

    goal: str
    start_on: date
    review_on: date
    retest_on: date


@dataclass(frozen=True)
class Lines:
    """What the therapist has so far; `expected_revision` is that of the page it was entered on.

    `agreed` None leaves the goal and the days as they are.
    """

    circumstances: dict[str, Any]
    lines: list[Any]
    expected_revision: int
    agreed: Agreed | None = None


@dataclass(frozen=True)
class Approval:
    """All that the handout says, who approved it and when, and the revision it was approved at."""

    frozen: dict[str, Any]
    user: User
    at: datetime
    expected_revision: int


_LISTED = load_only(
    *(Programme.screening_id, Programme.status, Programme.created_at, Programme.created_by_id),
    *(Programme.approved_by, Programme.approved_at),
)


def programme_for(session: Session, screening_id: int) -> Programme | None:
    """The newest programme of the screening."""
    newest = select(Programme).where(Programme.screening_id == screening_id).order_by(Programme.id.desc())
    return session.scalar(newest.limit(1))


def approved_programme(session: Session, screening_id: int) -> Programme | None:
    """The newest approved programme of the screening; a draft that was begun after it does not count."""
    approved = select(Programme).where(Programme.screening_id == screening_id, Programme.status == APPROVED)
    return session.scalar(approved.order_by(Programme.id.desc()).limit(1))


def programmes_of(session: Session, patient_id: int) -> list[Programme]:
    """Every programme of the patient, the one approved or begun last first."""
    newest = func.coalesce(Programme.approved_at, Programme.created_at).desc(), Programme.id.desc()
    made = select(Programme).where(Programme.patient_id == patient_id).order_by(*newest)
    return list(session.scalars(made.options(joinedload(Programme.created_by), _LISTED)))


def last_approved(session: Session, patient_id: int) -> Programme | None:
    """The patient's programme that was approved last."""
    approved = select(Programme).where(Programme.patient_id == patient_id, Programme.status == APPROVED)
    newest = approved.order_by(Programme.approved_at.desc(), Programme.id.desc())
    return session.scalar(newest.limit(1))


def newer_than(session: Session, programme: Programme) -> Programme | None:
    """The patient's programme that was approved last, when this one was approved before it."""
    last = last_approved(session, programme.patient_id)
    return last if last and programme.status == APPROVED and last.id != programme.id else None


def draft_programme(session: Session, screening: Screening, user_id: int) -> Programme:
    """The draft of the screening; a new one, with the patient's last goal, when there is none or the last one
    is approved.
    """
    session.execute(select(Screening.id).where(Screening.id == screening.id).with_for_update())
    newest = programme_for(session, screening.id)
    if newest and newest.status == DRAFT:
        return newest
    before = last_approved(session, screening.patient_id)
    programme = Programme(
        screening_id=screening.id,
        patient_id=screening.patient_id,
        goal=before.goal if before else "",
        created_by_id=user_id,
    )
    session.add(programme)
    session.flush()
    _record(session, programme, "start", user_id)
    return programme


def save_lines(session: Session, programme: Programme, entered: Lines, user_id: int) -> None:
    """Save circumstances and lines of a draft; `Outdated` when it was changed elsewhere meanwhile."""
    hold(session, programme, entered.expected_revision)
    programme.circumstances, programme.lines = entered.circumstances, entered.lines
    if agreed := entered.agreed:
        programme.goal, programme.start_on = agreed.goal, agreed.start_on
        programme.review_on, programme.retest_on = agreed.review_on, agreed.retest_on
    programme.revision += 1
    session.flush()
    _record(session, programme, "save", user_id)


def approve(session: Session, programme: Programme, approval: Approval) -> None:
    """Approve the draft with all that its handout says; from here on the database refuses to change it."""
    hold(session, programme, approval.expected_revision)
    programme.status, programme.frozen = APPROVED, approval.frozen
    programme.approved_by_id, programme.approved_by = approval.user.id, approval.user.signature
    programme.approved_at = approval.at
    session.flush()
    _record(session, programme, "approve", approval.user.id)


def _record(session: Session, programme: Programme, action: str, user_id: int) -> None:
    audit.record(
        session,
        user_id=user_id,
        action=action,
        noun="programme",
        noun_id=programme.id,
        patient_id=programme.patient_id,
        detail={"revision": programme.revision, "screening": programme.screening_id},
    )
