"""Reference tables that a clinic entered from papers, row by row; each checked by a second person."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from clinic_app.records import audit
from clinic_app.records.clinic import content_changed
from clinic_app.records.refusal import AlreadyEntered, NoLongerInUse, SamePerson, UnlikeTable
from clinic_app.records.table import Facts, Table, now
from clinic_app.records.user import User

_IN_USE = text("retired_at IS NULL")
# What the rows of one table have in common: one paper, one way of measuring.
COMMON = (
    *("source", "doi", "item", "unit", "position", "method", "stabilisation", "pad_site"),
    *("aggregate", "population"),
)


class NormRecord(Table):
    """One row of a table as it stands in a paper; never changed, only checked and retired.

    `table_id` is the name that the clinic gives the table; `sex` empty: both. `mean` and `sd` are in `unit`.
    """

    __tablename__ = "norm"
    __table_args__ = (
        CheckConstraint("checked_by_id IS NULL OR checked_by_id <> entered_by_id", name="second_person"),
        Index(
            "uq_norm_in_use",
            *("table_id", "sex", "age_min", "age_max"),
            unique=True,
            sqlite_where=_IN_USE,
            postgresql_where=_IN_USE,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    table_id: Mapped[str] = mapped_column(String(40))
    source: Mapped[str] = mapped_column(Text)
    doi: Mapped[str] = mapped_column(String(120), default="")
    item: Mapped[str] = mapped_column(String(60))
    sex: Mapped[str] = mapped_column(String(20), default="")
    age_min: Mapped[int]
    age_max: Mapped[int]
    mean: Mapped[Decimal] = mapped_column(Facts)
    sd: Mapped[Decimal] = mapped_column(Facts)
    unit: Mapped[str] = mapped_column(String(40))
    position: Mapped[str] = mapped_column(String(40))
    method: Mapped[str] = mapped_column(String(40))
    stabilisation: Mapped[str] = mapped_column(String(40), default="")
    pad_site: Mapped[str] = mapped_column(String(200), default="")
    aggregate: Mapped[str] = mapped_column(String(120))
    population: Mapped[str] = mapped_column(String(400))
    n: Mapped[int]
    page: Mapped[str] = mapped_column(String(40))
    entered_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    entered_by: Mapped[str] = mapped_column(String(240))
    entered_at: Mapped[datetime] = mapped_column(default=now)
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    checked_by: Mapped[str] = mapped_column(String(240), default="")
    checked_at: Mapped[datetime | None]
    retired_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    retired_by: Mapped[str] = mapped_column(String(240), default="")
    retired_at: Mapped[datetime | None]


@dataclass(frozen=True)
class NormEntry:
    """A row as it was typed; `sex` empty: both sexes together."""

    table_id: str
    source: str
    item: str
    age_min: int
    age_max: int
    mean: Decimal
    sd: Decimal
    unit: str
    position: str
    method: str
    aggregate: str
    population: str
    n: int
    page: str
    sex: str = ""
    doi: str = ""
    stabilisation: str = ""
    pad_site: str = ""


def all_norms(session: Session) -> list[NormRecord]:
    """Every row, by table, the retired ones included."""
    order = (NormRecord.table_id, NormRecord.sex, NormRecord.age_min, NormRecord.id)
    return list(session.scalars(select(NormRecord).order_by(*order)))


def rows_in_use(session: Session, table_id: str) -> list[NormRecord]:
    """The rows of one table that are not retired."""
    found = select(NormRecord).where(NormRecord.table_id == table_id, NormRecord.retired_at.is_(None))
    return list(session.scalars(found.order_by(NormRecord.id)))


def enter_norm(session: Session, entry: NormEntry, user: User) -> NormRecord:
    """Enter one row of a paper; it is not used until somebody else has checked it.

    Raises `AlreadyEntered` where the table has values for one of these ages, and `UnlikeTable` where the
    other rows of the table were measured in another way.
    """
    content_changed(session)
    for other in rows_in_use(session, entry.table_id):
        if unlike := next((key for key in COMMON if getattr(other, key) != getattr(entry, key)), None):
            raise UnlikeTable(unlike, str(getattr(other, unlike)))
        if _overlap(other, entry):
            raise AlreadyEntered(other.age_min, other.age_max)
    row = NormRecord(**vars(entry), entered_by_id=user.id, entered_by=user.signature)
    session.add(row)
    session.flush()
    _record(session, "enter", row, user)
    return row


def check_norm(session: Session, row: NormRecord, user: User) -> None:
    """Confirm that the row is as in the paper; only somebody else than who entered it may.

    Raises `SamePerson`, and `NoLongerInUse` when it is retired; checking twice changes nothing.
    """
    if row.entered_by_id == user.id:
        raise SamePerson
    if row.retired_at:
        raise NoLongerInUse
    if row.checked_at:
        return
    content_changed(session)
    row.checked_by_id, row.checked_by, row.checked_at = user.id, user.signature, now()
    _record(session, "check", row, user)


def retire_norm(session: Session, row: NormRecord, user: User) -> None:
    """Use the row no more; what was signed with it keeps it. Retiring twice changes nothing."""
    if row.retired_at:
        return
    content_changed(session)
    row.retired_by_id, row.retired_by, row.retired_at = user.id, user.signature, now()
    _record(session, "retire", row, user)


def _overlap(row: NormRecord, entry: NormEntry) -> bool:
    same_sex = not row.sex or not entry.sex or row.sex == entry.sex
    return same_sex and row.age_min <= entry.age_max and entry.age_min <= row.age_max


def _record(session: Session, action: str, row: NormRecord, user: User) -> None:
    detail: dict[str, Any] = {"table": row.table_id}
    audit.record(session, user_id=user.id, action=action, noun="norm", noun_id=row.id, detail=detail)
