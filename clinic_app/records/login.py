"""Sign-ins, which can be ended."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Select, String, bindparam, column, select, table, update
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from clinic_app.records import audit
from clinic_app.records.engine import is_writing
from clinic_app.records.prepared import prepared
from clinic_app.records.table import Moment, Table, now

if TYPE_CHECKING:
    from clinic_app.records.user import User

SEEN_EVERY = timedelta(minutes=1)
NAME_LENGTH = 40


class Login(Table):
    """One signed-in device; only the hash of its token is kept."""

    __tablename__ = "login"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    device: Mapped[str] = mapped_column(String(200), default="")
    device_name: Mapped[str] = mapped_column(String(NAME_LENGTH), default="")
    started_at: Mapped[datetime] = mapped_column(default=now)
    seen_at: Mapped[datetime] = mapped_column(default=now)
    ended_at: Mapped[datetime | None]
    user: Mapped["User"] = relationship(lazy="joined")


def hash_token(token: str) -> str:
    """What is stored of a token; the token itself stays with its holder."""
    return hashlib.sha256(token.encode()).hexdigest()


def start_login(session: Session, user: "User", device: str, device_name: str = "") -> str:
    """Sign the user in on a device (its user agent, and its name in the clinic) and return the token."""
    token = secrets.token_urlsafe(32)
    login = Login(
        user_id=user.id,
        token_hash=hash_token(token),
        device=device[:200],
        device_name=device_name[:NAME_LENGTH],
    )
    session.add(login)
    session.flush()
    audit.record(session, user_id=user.id, action="sign_in", noun="login", noun_id=login.id)
    return token


@dataclass(frozen=True)
class Holder:
    """Who holds the token of an open sign-in."""

    login_id: int
    user_id: int
    username: str
    name: str
    title: str
    licence: str
    role: str
    must_change_password: bool


def current_login(session: Session, token: str, idle: timedelta, *, used: bool = True) -> Holder | None:
    """Who is signed in with this token, None when it ended, timed out or the user was disabled.

    `used` is False for what a page asks by itself: that keeps no sign-in open. A reading session is never
    made to write: what is due (last seen, at most once a minute, or the end of a sign-in that timed out)
    goes through a short transaction of its own.
    """
    at = now()
    values = {"token_hash": hash_token(token), "idle_since": at - idle, "seen_since": at - SEEN_EVERY}
    connection = session.connection()
    row = prepared(_open_login, connection.dialect).run(connection, values).first()
    if row is None:
        return None
    holder = Holder(
        row.login_id,
        row.user_id,
        row.username,
        row.name,
        row.title,
        row.licence,
        row.role,
        bool(row.must_change_password),
    )
    if row.timed_out:
        _write(session, holder.login_id, "ended_at", at)
        return None
    if used and row.seen_long_ago:
        _write(session, holder.login_id, "seen_at", at)
    return holder


def touch_login(session: Session, login_id: int) -> None:
    """Keep this sign-in open from now on, however lately it was seen; the caller commits."""
    session.execute(update(Login).where(Login.id == login_id).values(seen_at=now()))


def time_left(session: Session, login_id: int, idle: timedelta) -> timedelta:
    """How long this sign-in still lasts if nobody uses it."""
    return session.get_one(Login, login_id, populate_existing=True).seen_at + idle - now()


def name_device(session: Session, login_id: int, device_name: str) -> None:
    """Call the device of this sign-in so; the caller commits."""
    session.execute(update(Login).where(Login.id == login_id).values(device_name=device_name[:NAME_LENGTH]))


def end_login(session: Session, login: Login) -> None:
    """Sign this device out."""
    if login.ended_at is None:
        session.execute(update(Login).where(Login.id == login.id).values(ended_at=now()))
        audit.record(session, user_id=login.user_id, action="sign_out", noun="login", noun_id=login.id)


def end_all_logins(session: Session, user_id: int) -> None:
    """Sign the user out everywhere."""
    for login in open_logins(session, user_id):
        end_login(session, login)


def open_logins(session: Session, user_id: int) -> list[Login]:
    """The user's sign-ins that were not ended, the last seen first."""
    wanted = select(Login).where(Login.user_id == user_id, Login.ended_at.is_(None))
    return list(session.scalars(wanted.order_by(Login.seen_at.desc(), Login.id.desc())))


def _open_login(_dialect: str) -> Select[tuple[object, ...]]:
    """Asked at every request, so without the cost of making rows of it."""
    login = Login.__table__
    names = ("id", "username", "name", "title", "licence", "role", "must_change_password", "disabled_at")
    user = table("user", *(column(name) for name in names))
    return (
        select(
            login.c.id.label("login_id"),
            user.c.id.label("user_id"),
            *(user.c[name] for name in names[1:-1]),
            (login.c.seen_at < bindparam("idle_since", type_=Moment)).label("timed_out"),
            (login.c.seen_at < bindparam("seen_since", type_=Moment)).label("seen_long_ago"),
        )
        .join(user, user.c.id == login.c.user_id)
        .where(
            login.c.token_hash == bindparam("token_hash", type_=String),
            login.c.ended_at.is_(None),
            user.c.disabled_at.is_(None),
        )
    )


def _write(session: Session, login_id: int, name: str, at: datetime) -> None:
    change = update(Login.__table__).where(Login.__table__.c.id == login_id).values({name: at})  # type: ignore[arg-type]
    connection = session.connection()
    if is_writing(connection):
        connection.execute(change)
        return
    with connection.engine.execution_options(write=True).begin() as own:
        own.execute(change)
