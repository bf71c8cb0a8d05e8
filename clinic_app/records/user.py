"""The people who sign in."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from clinic_app.records import audit
from clinic_app.records.login import end_all_logins
from clinic_app.records.password import (
    DUMMY_HASH,
    hash_password,
    is_outdated,
    password_problem,
    verify_password,
)
from clinic_app.records.refusal import LastAdministrator, UsernameTaken, WeakPassword
from clinic_app.records.table import Table, now

ADMINISTRATOR = "administrator"
THERAPIST = "therapist"
ROLES = (ADMINISTRATOR, THERAPIST)


class User(Table):
    """One account; `role` is administrator or therapist, `licence` is printed behind the name."""

    __tablename__ = "user"

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    title: Mapped[str] = mapped_column(String(40), default="")
    licence: Mapped[str] = mapped_column(String(60), default="")
    role: Mapped[str] = mapped_column(String(20))
    password_hash: Mapped[str] = mapped_column(String(200))
    must_change_password: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=now)
    disabled_at: Mapped[datetime | None]

    @property
    def signature(self) -> str:
        """Name, title and licence as they are printed."""
        return signature_of(self.name, self.title, self.licence)


def signature_of(name: str, title: str, licence: str) -> str:
    """Name, title and licence as they are printed."""
    behind = f" ({licence})" if licence else ""
    return ", ".join(part for part in (name, title) if part) + behind


@dataclass(frozen=True)
class Account:
    """What a new account is made from."""

    username: str
    name: str
    password: str = field(repr=False)
    role: str = THERAPIST
    title: str = ""
    licence: str = ""
    must_change_password: bool = False


def plain_username(typed: str) -> str:
    """A user name as it is stored: without caring for case or spaces around it."""
    return typed.strip().casefold()


def find_user(session: Session, username: str) -> User | None:
    """The account of that user name."""
    return session.scalar(select(User).where(User.username == plain_username(username)))


def all_users(session: Session) -> list[User]:
    """Every account by name, disabled ones included."""
    return list(session.scalars(select(User).order_by(User.name, User.id)))


def authenticate(session: Session, username: str, password: str) -> User | None:
    """The user whose name and password these are; takes as long for a name that nobody has."""
    user = find_user(session, username)
    usable = user if user and not user.disabled_at else None
    right = verify_password(usable.password_hash if usable else DUMMY_HASH, password)
    return usable if right else None


def renew_hash(session: Session, user: User, password: str) -> None:
    """After a right password: hash it anew if today's parameters are stronger than those it was kept with."""
    if is_outdated(user.password_hash):
        session.merge(user).password_hash = hash_password(password)


def add_user(session: Session, account: Account, by_id: int | None) -> User:
    """Open an account; `by_id` is the administrator who did it, None for the command line and the set-up."""
    if account.role not in ROLES:
        raise ValueError(f"{account.role!r} is not a role: {', '.join(ROLES)}")
    if find_user(session, account.username):
        raise UsernameTaken(account.username)
    user = User(
        username=plain_username(account.username),
        name=account.name,
        title=account.title,
        licence=account.licence,
        role=account.role,
        password_hash=_strong(account.password, account.username, account.name),
        must_change_password=account.must_change_password,
    )
    session.add(user)
    session.flush()
    audit.record(
        session, user_id=by_id, action="add", noun="user", noun_id=user.id, detail={"role": account.role}
    )
    return user


def reset_password(session: Session, user: User, password: str, by_id: int | None) -> None:
    """Give the account another password and end its sign-ins; set by somebody else, it must be changed."""
    user.password_hash = _strong(password, user.username, user.name)
    user.must_change_password = by_id != user.id
    end_all_logins(session, user.id)
    audit.record(session, user_id=by_id, action="reset_password", noun="user", noun_id=user.id)


def disable_user(session: Session, user: User, by_id: int | None) -> None:
    """Close the account and end its sign-ins; refuses the last administrator."""
    if user.disabled_at:
        return
    # Locked, so that two administrators cannot close each other's account at once.
    open_administrators = (
        select(User.id).where(User.role == ADMINISTRATOR, User.disabled_at.is_(None)).with_for_update()
    )
    if set(session.scalars(open_administrators)) == {user.id}:
        raise LastAdministrator(user.username)
    user.disabled_at = now()
    end_all_logins(session, user.id)
    audit.record(session, user_id=by_id, action="disable", noun="user", noun_id=user.id)


def _strong(password: str, *own_words: str) -> str:
    if problem := password_problem(password, own_words):
        raise WeakPassword(problem)
    return hash_password(password)
