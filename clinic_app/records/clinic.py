"""The clinic itself: one row with its address, its units and how it prints."""

import secrets
from datetime import datetime

from sqlalchemy import String, delete, exists, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from clinic_app.records import audit
from clinic_app.records.login import hash_token
from clinic_app.records.refusal import SetupRefused
from clinic_app.records.table import Table, now
from clinic_app.records.user import Account, User, add_user

THE_ID = 1


class Clinic(Table):
    """The clinic's own details; there is one row, with id 1.

    `content_revision` grows with every change of what the clinic sets otherwise than published.
    """

    __tablename__ = "clinic"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    address: Mapped[str] = mapped_column(String(400))
    phone: Mapped[str] = mapped_column(String(40))
    emergency_number: Mapped[str] = mapped_column(String(20))
    paper: Mapped[str] = mapped_column(String(10))
    mass_unit: Mapped[str] = mapped_column(String(5))
    force_unit: Mapped[str] = mapped_column(String(5))
    time_zone: Mapped[str] = mapped_column(String(60))
    language: Mapped[str] = mapped_column(String(10))
    is_demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=now)
    content_revision: Mapped[int] = mapped_column(default=0, server_default="0")


class SetupLink(Table):
    """The one-time link that lets whoever reads the terminal set the clinic up; only its hash is kept."""

    __tablename__ = "setup_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(default=now)


def the_clinic(session: Session) -> Clinic | None:
    """The clinic, None before it was set up."""
    return session.get(Clinic, THE_ID)


def content_changed(session: Session) -> None:
    """Tell every process that the clinic's settings or norms changed; whoever changes them next waits."""
    session.execute(update(Clinic).values(content_revision=Clinic.content_revision + 1))


def new_setup_link(session: Session) -> str | None:
    """The token of a new set-up link, which ends the one before; None when there is an account."""
    if _has_users(session):
        return None
    token = secrets.token_urlsafe(24)
    session.execute(delete(SetupLink))
    session.add(SetupLink(token_hash=hash_token(token)))
    return token


def setup_allowed(session: Session, token: str) -> bool:
    """Whether this token may set the clinic up: the last one made, and nobody has an account yet."""
    known = select(exists().where(SetupLink.token_hash == hash_token(token)))
    return bool(session.scalar(known)) and not _has_users(session)


def set_up(session: Session, token: str, clinic: Clinic, account: Account) -> User:
    """Make the clinic and its first account, and use the link up; of two at once one is refused."""
    used = delete(SetupLink).where(SetupLink.token_hash == hash_token(token)).returning(SetupLink.id)
    if session.scalar(used) is None or _has_users(session):
        raise SetupRefused
    clinic.id = THE_ID
    session.add(clinic)
    try:
        session.flush()
    except IntegrityError as error:
        raise SetupRefused from error
    user = add_user(session, account, by_id=None)
    audit.record(session, user_id=user.id, action="set_up", noun="clinic", noun_id=THE_ID)
    return user


def _has_users(session: Session) -> bool:
    return bool(session.scalar(select(exists().where(User.id.is_not(None)))))
