"""What an administrator set otherwise than published: each change a row of its own, with its reason."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from clinic_app.domain.own import OwnSettings
from clinic_app.domain.protocol import Inclusion
from clinic_app.records import audit
from clinic_app.records.clinic import content_changed
from clinic_app.records.refusal import Outdated
from clinic_app.records.table import Facts, Table, now
from clinic_app.records.user import User

NUMBER, PROTOCOL, FAVOURITES, SHARE = "number", "protocol", "favourites", "share"


class Setting(Table):
    """One change of one setting; rows are only ever added, and the newest of a key holds.

    `key`: `number.lsi_1`, `protocol.quick`, `favourites` or `share`. `value` None: as published again. A
    number is a decimal, a protocol a list of `[item, inclusion]`, favourites a list of exercises, share
    links an object of `address` and `days`.
    """

    __tablename__ = "setting"
    __table_args__ = (Index("ix_setting_key_id", "key", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(80))
    value: Mapped[Any] = mapped_column(Facts, nullable=True)
    reason: Mapped[str] = mapped_column(Text)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    made_by: Mapped[str] = mapped_column(String(240))
    made_at: Mapped[datetime] = mapped_column(default=now)


def key_of(kind: str, name: str) -> str:
    """The key of one number or protocol."""
    return f"{kind}.{name}"


@dataclass(frozen=True)
class Change:
    """A change to be made; `value` None takes what is published again.

    `seen` is the newest row of the key that its author knew, 0 for none, None where nobody looked.
    """

    key: str
    value: Any
    reason: str
    seen: int | None = None


def change_setting(session: Session, change: Change, user: User) -> Setting:
    """Make it; without a reason it is an error. `Outdated` when somebody else changed the same meanwhile."""
    reason = change.reason.strip()
    if not reason:
        raise ValueError("a change of a setting needs its reason")
    content_changed(session)
    newest = session.scalar(select(func.max(Setting.id)).where(Setting.key == change.key)) or 0
    if change.seen is not None and change.seen != newest:
        raise Outdated(newest)
    row = Setting(
        key=change.key, value=change.value, reason=reason, made_by_id=user.id, made_by=user.signature
    )
    session.add(row)
    session.flush()
    detail = {"key": change.key}
    audit.record(session, user_id=user.id, action="change", noun="setting", noun_id=row.id, detail=detail)
    return row


def settings_now(session: Session) -> dict[str, Setting]:
    """The newest row of each key, the ones that went back to published included."""
    newest = select(func.max(Setting.id)).group_by(Setting.key)
    rows = session.scalars(select(Setting).where(Setting.id.in_(newest)).order_by(Setting.id))
    return {row.key: row for row in rows}


def history(session: Session, key: str) -> list[Setting]:
    """Every change of one setting, newest first."""
    return list(session.scalars(select(Setting).where(Setting.key == key).order_by(Setting.id.desc())))


def own_settings(rows: Iterable[Setting]) -> OwnSettings:
    """What these rows, the newest of each key, set otherwise than published."""
    numbers: dict[str, Decimal] = {}
    protocols: dict[str, tuple[tuple[str, Inclusion], ...]] = {}
    favourites: tuple[str, ...] = ()
    for row in rows:
        kind, _point, name = row.key.partition(".")
        if row.value is None:
            continue
        if kind == NUMBER:
            numbers[name] = row.value
        elif kind == PROTOCOL:
            protocols[name] = tuple((item, Inclusion(inclusion)) for item, inclusion in row.value)
        elif kind == FAVOURITES:
            favourites = tuple(row.value)
    return OwnSettings(numbers, protocols, favourites)
