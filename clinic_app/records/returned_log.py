"""The log of a home programme that came back: what the patient wrote, and what the clinic entered of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from clinic_app.domain.log_week import LogEntry, LogWeek, standing
from clinic_app.records import audit
from clinic_app.records.programme import APPROVED, Programme
from clinic_app.records.refusal import NotApproved, Outdated
from clinic_app.records.screening import Screening
from clinic_app.records.table import Table, now
from clinic_app.records.user import User

PATIENT, USER = "patient", "user"


class ReturnedLog(Table):
    """One week of one exercise, or of all (`exercise` empty), as one author wrote it.

    `author` is patient or user: what a therapist corrects stands in a row beside the patient's own, which
    nobody else changes. Days done 0-7, pain 0-10; NULL is not written, never zero.
    """

    __tablename__ = "returned_log"
    __table_args__ = (
        UniqueConstraint("programme_id", "week", "exercise", "author"),
        CheckConstraint("days_done BETWEEN 0 AND 7", name="days_done"),
        CheckConstraint("pain BETWEEN 0 AND 10", name="pain"),
        CheckConstraint("pain_next_morning BETWEEN 0 AND 10", name="pain_next_morning"),
        CheckConstraint("(author = 'user') = (entered_by_id IS NOT NULL)", name="author"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    week: Mapped[int]
    exercise: Mapped[str] = mapped_column(String(60), default="")
    author: Mapped[str] = mapped_column(String(10))
    days_done: Mapped[int | None]
    pain: Mapped[int | None]
    pain_next_morning: Mapped[int | None]
    comment: Mapped[str] = mapped_column(Text, default="")
    revision: Mapped[int] = mapped_column(default=0)
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    entered_by: Mapped[str] = mapped_column(String(240), default="")
    entered_at: Mapped[datetime] = mapped_column(default=now)


@dataclass(frozen=True)
class Author:
    """Who fills in the log: the patient, or a user of the clinic."""

    user: User | None = None

    @property
    def kind(self) -> str:
        """`patient` or `user`."""
        return USER if self.user else PATIENT


@dataclass(frozen=True)
class Written:
    """A log as it was filled in; `expected_revision` is that of the page it was filled in on."""

    entries: tuple[LogEntry, ...]
    expected_revision: int


def save_log(session: Session, programme: Programme, written: Written, author: Author) -> int:
    """Save what differs from what stands, and return how many rows that were; the caller commits.

    Raises `NotApproved` for a draft, `Outdated` when the log was changed elsewhere since the page was made.
    """
    if programme.status != APPROVED:
        raise NotApproved(programme.id)
    session.execute(select(Programme.id).where(Programme.id == programme.id).with_for_update())
    rows = log_of(session, programme.id)
    if revision_of(rows, author) != written.expected_revision:
        raise Outdated(revision_of(rows, author))
    changed = [entry for entry in written.entries if _differs(entry, rows, author)]
    for entry in changed:
        _save(session, programme, entry, rows, author)
    return len(changed)


def log_of(session: Session, programme_id: int) -> list[ReturnedLog]:
    """Every row of the programme's log, in the order of the weeks."""
    wanted = select(ReturnedLog).where(ReturnedLog.programme_id == programme_id)
    return list(session.scalars(wanted.order_by(ReturnedLog.week, ReturnedLog.id)))


def revision_of(rows: Iterable[ReturnedLog], author: Author) -> int:
    """What every save makes greater. A patient sees only the rows of their own."""
    return sum(row.revision for row in rows if author.user or row.author == PATIENT)


def entries_of(rows: Iterable[ReturnedLog]) -> tuple[LogEntry, ...]:
    """The rows as the domain's values."""
    return tuple(
        LogEntry(
            LogWeek(row.week, row.days_done, row.pain, row.pain_next_morning),
            row.exercise,
            row.comment,
            row.author == PATIENT,
        )
        for row in rows
    )


@dataclass(frozen=True)
class Returned:
    """An approved programme with the rows of its log."""

    programme: Programme
    rows: tuple[ReturnedLog, ...]


def logs_of(
    session: Session, patient_id: int, between: tuple[Screening, Screening] | None = None
) -> list[Returned]:
    """The patient's approved programmes, the newest first, each with its log, in two queries.

    `between` keeps those from the earlier of two screenings on, and before the later one.
    """
    wanted = select(Programme).where(Programme.patient_id == patient_id, Programme.status == APPROVED)
    if between:
        earlier, later = between
        days = Screening.taken_on.between(earlier.taken_on, later.taken_on)
        wanted = wanted.join(Screening, Screening.id == Programme.screening_id)
        wanted = wanted.where(days, Screening.id != later.id)
    newest = wanted.order_by(Programme.approved_at.desc(), Programme.id.desc())
    return list(_with_logs(session, list(session.scalars(newest))))


def last_log(session: Session, patient_id: int, before: int) -> Returned | None:
    """The approved programme that came before the programme of this number, with its log."""
    wanted = select(Programme).where(
        Programme.patient_id == patient_id, Programme.status == APPROVED, Programme.id < before
    )
    found = session.scalar(wanted.order_by(Programme.id.desc()).limit(1))
    return Returned(found, tuple(log_of(session, found.id))) if found else None


def _with_logs(session: Session, programmes: list[Programme]) -> Iterator[Returned]:
    wanted = select(ReturnedLog).where(ReturnedLog.programme_id.in_([one.id for one in programmes]))
    rows = list(session.scalars(wanted.order_by(ReturnedLog.week, ReturnedLog.id)))
    for programme in programmes:
        yield Returned(programme, tuple(row for row in rows if row.programme_id == programme.id))


def _differs(entry: LogEntry, rows: list[ReturnedLog], author: Author) -> bool:
    """A patient is held against their own row, a user against what holds; a comment is always one's own."""
    own = _own(entry, rows, author)
    seen = entries_of(rows if author.user else (row for row in rows if row.author == PATIENT))
    held = standing(seen, entry.facts.week, entry.exercise)
    facts = held.facts if held else LogWeek(entry.facts.week)
    return (entry.facts, entry.comment) != (facts, own.comment if own else "")


def _save(
    session: Session, programme: Programme, entry: LogEntry, rows: list[ReturnedLog], author: Author
) -> None:
    row = _own(entry, rows, author) or ReturnedLog(
        programme_id=programme.id,
        week=entry.facts.week,
        exercise=entry.exercise,
        author=author.kind,
        revision=0,
    )
    facts = entry.facts
    row.days_done, row.pain, row.pain_next_morning = facts.days_done, facts.pain, facts.pain_next_morning
    row.comment, row.revision, row.entered_at = entry.comment, row.revision + 1, now()
    if author.user:
        row.entered_by_id, row.entered_by = author.user.id, author.user.signature
    session.add(row)
    session.flush()
    audit.record(
        session,
        user_id=row.entered_by_id,
        action="save",
        noun="returned_log",
        noun_id=row.id,
        patient_id=programme.patient_id,
        detail={
            "programme": programme.id,
            "week": row.week,
            "exercise": row.exercise,
            "author": row.author,
            "revision": row.revision,
        },
    )


def _own(entry: LogEntry, rows: list[ReturnedLog], author: Author) -> ReturnedLog | None:
    wanted = (entry.facts.week, entry.exercise, author.kind)
    return next((row for row in rows if (row.week, row.exercise, row.author) == wanted), None)
