"""Failed sign-ins: each makes the next one wait longer, and none locks anybody out.

The rule: failures of the last quarter to half hour are counted for the account (whether it exists or not) and
for the address they come from. A few are free, then the wait doubles up to a limit: a minute for an account,
five seconds for an address, since a whole clinic may share one. A device that has signed in to this account
before (it shows the token of that sign-in, ended or not) has an account count of its own, so that a stranger
who keeps guessing cannot keep the therapist out.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import String, delete, exists, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from clinic_app.records.login import Login, hash_token
from clinic_app.records.table import Table
from clinic_app.records.upsert import insert_into
from clinic_app.records.user import User, plain_username

WINDOW = timedelta(minutes=15)
KEPT = timedelta(days=1)


class Attempt(Table):
    """Failed sign-ins counted per key (an account or an address) and window of time."""

    __tablename__ = "attempt"

    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    window_started_at: Mapped[datetime] = mapped_column(primary_key=True)
    count: Mapped[int]
    last_at: Mapped[datetime]


@dataclass(frozen=True)
class Patience:
    """How many failures are free, and the longest wait after them."""

    free: int
    longest: timedelta

    def wait_after(self, failures: int) -> timedelta:
        """One second after the first that is not free, then doubling."""
        if failures < self.free:
            return timedelta()
        return min(timedelta(seconds=2 ** min(failures - self.free, 20)), self.longest)


ACCOUNT = Patience(free=5, longest=timedelta(minutes=1))
ADDRESS = Patience(free=20, longest=timedelta(seconds=5))


@dataclass(frozen=True)
class Origin:
    """Who tries: the typed user name, the address, and the token of an earlier sign-in on this device."""

    account: str
    address: str
    device_token: str = ""


def wait_for(session: Session, origin: Origin, at: datetime) -> timedelta:
    """How long to wait before this origin may try again; zero when it may now."""
    account, address = _keys(session, origin)
    return max(wait_of(session, account, ACCOUNT, at), wait_of(session, address, ADDRESS, at))


def count_failure(session: Session, origin: Origin, at: datetime) -> None:
    """Count a failed sign-in; commit it although the sign-in failed."""
    for key in _keys(session, origin):
        count_one(session, key, at)


def count_one(session: Session, key: str, at: datetime) -> None:
    """Count one failure under this key, and forget what is older than a day."""
    insert = insert_into(Attempt.__table__, session.get_bind().dialect.name).values(
        key=key, window_started_at=_window(at), count=1, last_at=at
    )
    session.execute(
        insert.on_conflict_do_update(
            index_elements=["key", "window_started_at"],
            set_={"count": Attempt.__table__.c.count + 1, "last_at": at},
        )
    )
    session.execute(delete(Attempt).where(Attempt.window_started_at < at - KEPT))


def clear_failures(session: Session, origin: Origin) -> None:
    """Forget the account's failures after a success; those of the address stay."""
    account, _ = _keys(session, origin)
    session.execute(delete(Attempt).where(Attempt.key == account))


def wait_of(session: Session, key: str, patience: Patience, at: datetime) -> timedelta:
    """How long to wait after the failures under this key; zero when there is nothing to wait for."""
    counted = select(func.sum(Attempt.count), func.max(Attempt.last_at)).where(
        Attempt.key == key, Attempt.window_started_at >= _window(at) - WINDOW
    )
    failures, last_at = session.execute(counted).one()
    return max(last_at + patience.wait_after(failures) - at, timedelta()) if failures else timedelta()


def _keys(session: Session, origin: Origin) -> tuple[str, str]:
    # Only a hash of what was typed as the name is kept: people type their password there.
    account = hashlib.sha256(plain_username(origin.account).encode()).hexdigest()
    device = f":{hash_token(origin.device_token)}" if _is_known(session, origin) else ""
    return f"account:{account}{device}", f"address:{origin.address}"[:200]


def _is_known(session: Session, origin: Origin) -> bool:
    if not origin.device_token:
        return False
    login = exists().where(
        Login.token_hash == hash_token(origin.device_token),
        Login.user_id == User.id,
        User.username == plain_username(origin.account),
    )
    return bool(session.scalar(select(login)))


def _window(at: datetime) -> datetime:
    seconds = int(at.timestamp())
    return at - timedelta(seconds=seconds % int(WINDOW.total_seconds()), microseconds=at.microsecond)
