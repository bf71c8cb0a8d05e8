"""Sign-ins, which can be ended."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from clinic_app.records import audit
from clinic_app.records.engine import is_writing
from clinic_app.records.table import Table, now

if TYPE_CHECKING:
    from clinic_app.records.user import User

SEEN_EVERY = timedelta(minutes=1)


class Login(Table):
    """One signed-in device; only the hash of its token is kept."""

    __tablename__ = "login"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    device: Mapped[str] = mapped_column(String(200), default="")
    started_at: Mapped[datetime] = mapped_column(default=now)
    seen_at: Mapped[datetime] = mapped_column(default=now)
    ended_at: Mapped[datetime | None]
    user: Mapped["User"] = relationship(lazy="joined")


def hash_token(token: str) -> str:
    """What is stored of a token; the token itself stays with its holder."""
    return hashlib.sha256(token.encode()).hexdigest()


def start_login(session: Session, user: "User", device: str) -> str:
    """Sign the user in on a device (its user agent) and return the token of this sign-in."""
    token = secrets.token_urlsafe(32)
    login = Login(user_id=user.id, token_hash=hash_token(token), device=device[:200])
    session.add(login)
    session.flush()
    audit.record(session, user_id=user.id, action="sign_in", noun="login", noun_id=login.id)
    return token


def current_login(session: Session, token: str, idle: timedelta) -> Login | None:
    """The sign-in of this token with its user, None when it ended, timed out or the user was disabled.

    A reading session is never made to write: what is due (last seen, at most once a minute, or the end of a
    sign-in that timed out) goes through a short transaction of its own.
    """
    login = session.scalar(select(Login).where(Login.token_hash == hash_token(token)))
    if login is None or login.ended_at or login.user.disabled_at:
        return None
    at = now()
    if at - login.seen_at > idle:
        _write(session, login, "ended_at", at)
        return None
    if at - login.seen_at > SEEN_EVERY:
        _write(session, login, "seen_at", at)
    return login


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


def _write(session: Session, login: Login, column: str, at: datetime) -> None:
    change = update(Login.__table__).where(Login.__table__.c.id == login.id).values({column: at})  # type: ignore[arg-type]
    connection = session.connection()
    if is_writing(connection):
        connection.execute(change)
        return
    with connection.engine.execution_options(write=True).begin() as own:
        own.execute(change)
