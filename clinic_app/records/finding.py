"""Findings, one row per screening, item and side."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ForeignKey,
    Integer,
    Numeric,
    String,
    Text,
    UniqueConstraint,
    and_,
    bindparam,
    or_,
    select,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from clinic_app.domain import finding as domain
from clinic_app.domain.protocol import Side
from clinic_app.records.audit import insert_event
from clinic_app.records.draft import touch
from clinic_app.records.prepared import prepared
from clinic_app.records.refusal import Conflict
from clinic_app.records.table import Table, now
from clinic_app.records.upsert import insert_row
from clinic_app.records.user import User

NO_SIDE = "none"
# What was entered was taken back: the row keeps its revision, and nothing is recorded on it.
TAKEN_BACK = "taken_back"


class Finding(Table):
    """What was recorded for one test on one side; `side` is left, right or none.

    `values` holds the keys of the item's fields; `number` is the item's headline number; `pain` None means
    not recorded; `timed` and `confirmed` hold keys of `values`; `key` is the device's own id of the last
    save, so that a retry is no second one.
    """

    __tablename__ = "finding"
    __table_args__ = (UniqueConstraint("screening_id", "item", "side"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    screening_id: Mapped[int] = mapped_column(ForeignKey("screening.id"))
    item: Mapped[str] = mapped_column(String(60))
    side: Mapped[str] = mapped_column(String(10))
    status: Mapped[str] = mapped_column(String(20), default="done")
    not_done_reason: Mapped[str] = mapped_column(String(40), default="")
    pain: Mapped[int | None]
    pain_limited: Mapped[str] = mapped_column(String(10), default="no")
    compensations: Mapped[list[Any]] = mapped_column(default=list)
    values: Mapped[dict[str, Any]] = mapped_column(default=dict)
    number: Mapped[float | None] = mapped_column(Numeric(12, 4, asdecimal=False))
    note: Mapped[str] = mapped_column(Text, default="")
    opened_because: Mapped[str] = mapped_column(Text, default="")
    timed: Mapped[list[Any]] = mapped_column(default=list)
    confirmed: Mapped[list[Any]] = mapped_column(default=list)
    revision: Mapped[int] = mapped_column(default=1)
    key: Mapped[str] = mapped_column(String(80), default="")
    saved_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    saved_at: Mapped[datetime] = mapped_column(default=now)


@dataclass(frozen=True)
class Entry:
    """A finding to save.

    `expected_revision` is the revision that the device last saw, None when it saw none; `key` the device's
    own id of this save, the same at each retry; `supersedes` that of a save of the same device which this one
    goes on from, whose answer never came; `number` the item's headline number; `taken_back` leaves nothing
    recorded.
    """

    screening_id: int
    finding: domain.Finding
    user_id: int
    expected_revision: int | None = None
    key: str = ""
    supersedes: str = ""
    number: float | None = None
    taken_back: bool = False


@dataclass(frozen=True)
class Saved:
    """The revision that the finding has now; `replayed` when this save had been made before."""

    revision: int
    replayed: bool = False


def save_finding(session: Session, entry: Entry) -> Saved:
    """Save the finding with its audit event in the session's transaction; the caller commits.

    A save whose key stands in the row already is answered again, whatever its revision. Raises `Conflict`
    when the row is at another revision, `Frozen` or `NoScreening`. Rows loaded before do not see the change.
    """
    patient_id = touch(session, entry.screening_id)
    connection = session.connection()
    values = {
        **row_values(entry.finding),
        **({"status": TAKEN_BACK} if entry.taken_back else {}),
        "screening_id": entry.screening_id,
        "number": entry.number,
        "key": entry.key,
        "saved_by_id": entry.user_id,
        "saved_at": now(),
        "revision": 1,
        "expected": entry.expected_revision,
        # An empty key is nobody's.
        "supersedes": entry.supersedes or None,
    }
    row = prepared(_upsert, connection.dialect).run(connection, values).first()
    if row is None:
        return _replay(session, entry)
    event = _event(entry, patient_id, row.id, row.revision)
    prepared(insert_event, connection.dialect).run(connection, event)
    return Saved(row.revision)


def finding_of(row: Finding) -> domain.Finding:
    """The row as the domain's value."""
    return domain.Finding(
        item=row.item,
        side=None if row.side == NO_SIDE else Side(row.side),
        status=domain.Status(row.status),
        not_done_reason=domain.NotDoneReason(row.not_done_reason) if row.not_done_reason else None,
        values={key: _frozen(value) for key, value in row.values.items()},
        pain=row.pain,
        pain_limited=domain.PainLimited(row.pain_limited),
        compensations=tuple(row.compensations),
        note=row.note,
        opened_because=row.opened_because,
        timed=tuple(row.timed),
        confirmed=tuple(row.confirmed),
    )


def row_values(finding: domain.Finding) -> dict[str, Any]:
    """The columns that hold this finding."""
    return {
        "item": finding.item,
        "side": finding.side or NO_SIDE,
        "status": finding.status,
        "not_done_reason": finding.not_done_reason or "",
        "values": finding.values,
        "pain": finding.pain,
        "pain_limited": finding.pain_limited,
        "compensations": finding.compensations,
        "note": finding.note,
        "opened_because": finding.opened_because,
        "timed": finding.timed,
        "confirmed": finding.confirmed,
    }


def _frozen(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_frozen(part) for part in value)
    if isinstance(value, dict):
        return {key: _frozen(part) for key, part in value.items()}
    return value


_table = Finding.__table__


def _upsert(dialect: str) -> Any:
    """Insert, or update the row that stands at the expected revision and was not saved with this very key."""
    insert = insert_row(_table, dialect)
    kept = {"id", "screening_id", "item", "side", "revision"}
    changed = {c.name: insert.excluded[c.name] for c in _table.c if c.name not in kept}
    return insert.on_conflict_do_update(
        index_elements=["screening_id", "item", "side"],
        set_={**changed, "revision": _table.c.revision + 1},
        where=and_(
            or_(
                _table.c.revision == bindparam("expected", type_=Integer),
                _table.c.key == bindparam("supersedes", type_=String),
                # A device that shows nothing may enter what nobody has there.
                and_(_table.c.status == TAKEN_BACK, bindparam("expected", type_=Integer).is_(None)),
            ),
            or_(insert.excluded.key == "", insert.excluded.key != _table.c.key),
        ),
    ).returning(_table.c.id, _table.c.revision)


def _event(entry: Entry, patient_id: int, finding_id: int, revision: int) -> dict[str, Any]:
    return {
        "at": now(),
        "user_id": entry.user_id,
        "action": "save",
        "noun": "finding",
        "noun_id": finding_id,
        "patient_id": patient_id,
        "detail": {
            "item": entry.finding.item,
            "side": entry.finding.side or NO_SIDE,
            "revision": revision,
        },
    }


def _replay(session: Session, entry: Entry) -> Saved:
    wanted = select(Finding, User.name).join(User, User.id == Finding.saved_by_id)
    row, saved_by = session.execute(
        wanted.filter_by(
            screening_id=entry.screening_id,
            item=entry.finding.item,
            side=entry.finding.side or NO_SIDE,
        ).execution_options(populate_existing=True)
    ).one()
    if entry.key and row.key == entry.key:
        return Saved(row.revision, replayed=True)
    there = domain.Finding(row.item, entry.finding.side) if row.status == TAKEN_BACK else finding_of(row)
    raise Conflict(there, row.revision, saved_by, row.saved_at)
