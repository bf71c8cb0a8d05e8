"""Screenings: one visit's screen, a draft until it is signed or stopped, and never changed after."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Select, String, Text, select
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship, selectinload

from clinic_app.records import audit
from clinic_app.records.decision import Decision
from clinic_app.records.draft import DRAFT, touch
from clinic_app.records.finding import TAKEN_BACK, Finding
from clinic_app.records.patient import Patient
from clinic_app.records.table import Table, now
from clinic_app.records.user import User

SIGNED = "signed"
STOPPED = "stopped"


class Screening(Table):
    """One screen of one patient. `status`: draft, signed or stopped; the last two are frozen by triggers.

    `report` is the whole `Report` as JSON, frozen at signing (of a stopped screen, at its end), with its
    SHA-256.
    """

    __tablename__ = "screening"
    __table_args__ = (
        Index("ix_screening_patient_id_taken_on_id", "patient_id", "taken_on", "id"),
        Index("ix_screening_status_touched_at_id", "status", "touched_at", "id"),
        Index("ix_screening_signed_at_id", "signed_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id"))
    protocol: Mapped[str] = mapped_column(String(40))
    status: Mapped[str] = mapped_column(String(20), default=DRAFT)
    taken_on: Mapped[date]
    reason: Mapped[str] = mapped_column(Text, default="")
    impression: Mapped[str] = mapped_column(Text, default="")
    action_taken: Mapped[str] = mapped_column(Text, default="")
    started_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    started_at: Mapped[datetime] = mapped_column(default=now)
    touched_at: Mapped[datetime] = mapped_column(default=now)
    signed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    signed_at: Mapped[datetime | None]
    signature: Mapped[str] = mapped_column(String(240), default="")
    content_version: Mapped[str] = mapped_column(String(64), default="")
    report: Mapped[dict[str, Any] | None]
    report_sha256: Mapped[str] = mapped_column(String(64), default="")
    patient: Mapped[Patient] = relationship(lazy="joined")
    started_by: Mapped[User] = relationship(foreign_keys=[started_by_id])
    signed_by: Mapped[User | None] = relationship(foreign_keys=[signed_by_id])
    rows: Mapped[list[Finding]] = relationship(order_by=Finding.id, viewonly=True)
    decisions: Mapped[list[Decision]] = relationship(order_by=Decision.id)

    @property
    def findings(self) -> list[Finding]:
        """The rows on which something is recorded; what was taken back has only a revision."""
        return [row for row in self.rows if row.status != TAKEN_BACK]


@dataclass(frozen=True)
class Signing:
    """What is stored when a screening is signed or stopped.

    `report` is the `Report` as JSON and `sha256` its hash, `signature` the printed name, title and licence;
    `at` is the moment that the report says.
    """

    report: dict[str, Any]
    sha256: str
    content_version: str
    signature: str
    user_id: int
    at: datetime


def start_screening(
    session: Session, patient_id: int, protocol: str, taken_on: date, user_id: int
) -> Screening:
    """Start a draft."""
    screening = Screening(patient_id=patient_id, protocol=protocol, taken_on=taken_on, started_by_id=user_id)
    session.add(screening)
    session.flush()
    _record(session, screening, "start", user_id)
    return screening


def load_screening(session: Session, screening_id: int) -> Screening | None:
    """The screening with its patient, findings, decisions and people, in three queries."""
    return session.scalar(_whole(select(Screening)).where(Screening.id == screening_id))


def change_screening(session: Session, screening: Screening, changes: dict[str, str], user_id: int) -> None:
    """Change `reason`, `impression` or `action_taken` of a draft."""
    touch(session, screening.id)
    changed = sorted(name for name, value in changes.items() if getattr(screening, name) != value)
    for name in changed:
        setattr(screening, name, changes[name])
    if changed:
        _record(session, screening, "change", user_id, {"fields": changed})


def sign_screening(session: Session, screening: Screening, signing: Signing) -> None:
    """Sign: from here on the database itself refuses every change of it, its findings and decisions."""
    _freeze(session, screening, signing, SIGNED)


def stop_screening(session: Session, screening: Screening, signing: Signing) -> None:
    """End the screen because of a red flag; frozen as a signed one is."""
    _freeze(session, screening, signing, STOPPED)


def recent_drafts(session: Session, user_id: int | None = None, limit: int = 20) -> list[Screening]:
    """Drafts, the last worked on first, of one therapist or of all."""
    drafts = _whole(select(Screening)).where(Screening.status == DRAFT)
    if user_id is not None:
        drafts = drafts.where(Screening.started_by_id == user_id)
    latest = drafts.order_by(Screening.touched_at.desc(), Screening.id.desc())
    return list(session.scalars(latest.limit(limit)))


def recent_signed(session: Session, limit: int = 20) -> list[Screening]:
    """Signed and stopped screenings, the last signed first, without their findings (they have a report)."""
    ended = select(Screening).where(Screening.signed_at.is_not(None)).options(*_people())
    latest = ended.order_by(Screening.signed_at.desc(), Screening.id.desc())
    return list(session.scalars(latest.limit(limit)))


def last_signed(session: Session, limit: int) -> list[tuple[int, date, dict[str, Any]]]:
    """The screenings signed last: the number, the day and the stored report of each."""
    wanted = select(Screening.id, Screening.taken_on, Screening.report).where(Screening.status == SIGNED)
    latest = wanted.order_by(Screening.signed_at.desc(), Screening.id.desc()).limit(limit)
    return [(number, on, report) for number, on, report in session.execute(latest) if report]


def report_before(session: Session, screening: Screening) -> tuple[date, dict[str, Any]] | None:
    """The day and the stored report of the patient's last signed screening but this one; None without one."""
    wanted = select(Screening.taken_on, Screening.report).where(
        Screening.patient_id == screening.patient_id,
        Screening.status == SIGNED,
        Screening.id != screening.id,
        Screening.taken_on <= screening.taken_on,
    )
    found = session.execute(wanted.order_by(Screening.taken_on.desc(), Screening.id.desc()).limit(1)).first()
    return (found.taken_on, found.report) if found and found.report else None


def screenings_of(session: Session, patient_id: int) -> list[Screening]:
    """All screenings of the patient, newest first."""
    taken = _whole(select(Screening)).where(Screening.patient_id == patient_id)
    return list(session.scalars(taken.order_by(Screening.taken_on.desc(), Screening.id.desc())))


def _freeze(session: Session, screening: Screening, signing: Signing, status: str) -> None:
    touch(session, screening.id)
    screening.status = status
    screening.report, screening.report_sha256 = signing.report, signing.sha256
    screening.content_version = signing.content_version
    screening.signature, screening.signed_by_id = signing.signature, signing.user_id
    screening.signed_at = signing.at
    session.flush()
    action = "sign" if status == SIGNED else "stop"
    _record(session, screening, action, signing.user_id, {"sha256": signing.sha256})


def _whole(screenings: Select[Screening]) -> Select[Screening]:
    return screenings.options(
        *_people(), selectinload(Screening.rows), selectinload(Screening.decisions)
    ).execution_options(populate_existing=True)


def _people() -> tuple[Any, Any]:
    return joinedload(Screening.started_by), joinedload(Screening.signed_by)


def _record(
    session: Session, screening: Screening, action: str, user_id: int, detail: dict[str, Any] | None = None
) -> None:
    audit.record(
        session,
        user_id=user_id,
        action=action,
        noun="screening",
        noun_id=screening.id,
        patient_id=screening.patient_id,
        detail=detail or {},
    )
