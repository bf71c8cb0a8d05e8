"""Who has a screening open right now: a row per tab that says so every few seconds, and soon gone."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, String, delete, func, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from clinic_app.records.finding import Finding
from clinic_app.records.login import Login
from clinic_app.records.screening import Screening
from clinic_app.records.table import Table, now
from clinic_app.records.upsert import insert_into
from clinic_app.records.user import User

# A tab that says so every 15 seconds may miss one turn.
ALIVE = timedelta(seconds=40)


class Presence(Table):
    """One tab of a signed-in device that shows a step of a screening."""

    __tablename__ = "presence"

    login_id: Mapped[int] = mapped_column(ForeignKey("login.id"), primary_key=True)
    tab: Mapped[str] = mapped_column(String(40), primary_key=True)
    screening_id: Mapped[int] = mapped_column(ForeignKey("screening.id"), index=True)
    step: Mapped[str] = mapped_column(String(60))
    seen_at: Mapped[datetime]


@dataclass(frozen=True)
class Other:
    """Another tab that has the screening open; `device` is its browser's word, `device_name` its own."""

    login_id: int
    user_id: int
    name: str
    device: str
    device_name: str
    step: str


def say_present(session: Session, login_id: int, tab: str, screening_id: int, step: str) -> bool:
    """This tab shows this step; False when there is no such screening. The caller commits."""
    if session.scalar(select(Screening.id).where(Screening.id == screening_id)) is None:
        return False
    # Old rows first and all in one go: two that do this at once wait for each other only here.
    session.execute(delete(Presence).where(Presence.seen_at < now() - ALIVE))
    here = {"login_id": login_id, "tab": tab, "screening_id": screening_id, "step": step, "seen_at": now()}
    insert = insert_into(Presence.__table__, session.get_bind().dialect.name).values(here)
    session.execute(insert.on_conflict_do_update(index_elements=["login_id", "tab"], set_=here))
    return True


def leave(session: Session, login_id: int, tab: str, step: str) -> None:
    """This tab left that step; where its next page was faster, that one stays. The caller commits."""
    left = (Presence.login_id == login_id, Presence.tab == tab, Presence.step == step)
    session.execute(delete(Presence).where(*left))


def others(session: Session, login_id: int, tab: str, screening_id: int) -> list[Other]:
    """The other tabs and devices that have this screening open, the nearest to one's own first."""
    wanted = (
        select(Login.id, User.id, User.name, Login.device, Login.device_name, Presence.step)
        .join_from(Presence, Login, Login.id == Presence.login_id)
        .join(User, User.id == Login.user_id)
        .where(
            Presence.screening_id == screening_id,
            Presence.seen_at >= now() - ALIVE,
            Login.ended_at.is_(None),
            or_(Presence.login_id != login_id, Presence.tab != tab),
        )
        .order_by(Login.id != login_id, User.name, Login.id, Presence.tab)
    )
    return [Other(*row) for row in session.execute(wanted)]


def saves_of(session: Session, screening_id: int) -> int:
    """How often findings of this screening were saved; every save makes it greater."""
    saves = select(func.coalesce(func.sum(Finding.revision), 0)).where(Finding.screening_id == screening_id)
    return session.scalar(saves) or 0
