"""Only a draft changes: the gates that every change of a screening, a programme or a letter goes through."""

from typing import Any, Protocol

from sqlalchemy import Integer, String, bindparam, column, select, table, update
from sqlalchemy.orm import Session

from clinic_app.records.prepared import prepared
from clinic_app.records.refusal import Frozen, NoScreening, Outdated
from clinic_app.records.table import Moment, now

DRAFT = "draft"


class Revised(Protocol):
    """A row that is a draft until it is signed or approved, with the revision that each change counts up."""

    id: Any
    status: Any
    revision: Any


_screening = table(
    "screening",
    column("id", Integer),
    column("patient_id", Integer),
    column("status", String),
    column("touched_at", Moment),
)


def touch(session: Session, screening_id: int) -> int:
    """Mark the draft as worked on now, hold it until the transaction ends, and return its patient's id.

    Raises `Frozen` when it is signed or stopped, `NoScreening` when it does not exist.
    """
    connection = session.connection()
    values = {"screening": screening_id, "at": now()}
    row = prepared(_touch, connection.dialect).run(connection, values).first()
    if row is not None:
        patient_id: int = row.patient_id
        return patient_id
    if connection.scalar(select(_screening.c.id).where(_screening.c.id == screening_id)) is None:
        raise NoScreening(screening_id)
    raise Frozen(screening_id)


def _touch(_dialect: str) -> Any:
    return (
        update(_screening)
        .where(_screening.c.id == bindparam("screening"), _screening.c.status == DRAFT)
        .values(touched_at=bindparam("at"))
        .returning(_screening.c.patient_id)
    )


def hold(session: Session, row: Revised, expected_revision: int) -> None:
    """Hold the row until the transaction ends.

    Raises `Frozen` when it is a draft no more, `Outdated` when it was changed elsewhere meanwhile.
    """
    session.refresh(row, with_for_update=True)
    if row.status != DRAFT:
        raise Frozen(row.id)
    if row.revision != expected_revision:
        raise Outdated(row.revision)
