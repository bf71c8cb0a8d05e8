"""The clinic's own templates: exercises with their doses, by name, to start a programme from."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from clinic_app.records import audit
from clinic_app.records.refusal import NameTaken
from clinic_app.records.table import Table, now
from clinic_app.records.user import User

LONGEST_NAME = 80


class ProgrammeTemplate(Table):
    """One template. `lines` are those of a programme without anything of the person they were made for."""

    __tablename__ = "programme_template"
    __table_args__ = (UniqueConstraint("name", name="uq_programme_template_name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    lines: Mapped[list[Any]]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    made_by: Mapped[str] = mapped_column(String(240))
    made_at: Mapped[datetime] = mapped_column(default=now)


@dataclass(frozen=True)
class NewTemplate:
    """A template to be kept."""

    name: str
    lines: list[Any]


def keep_template(session: Session, new: NewTemplate, user: User) -> ProgrammeTemplate:
    """Keep it; `NameTaken` when there is one of that name."""
    template = ProgrammeTemplate(name=new.name, lines=new.lines, made_by_id=user.id, made_by=user.signature)
    try:
        with session.begin_nested():
            session.add(template)
    except IntegrityError:
        raise NameTaken(new.name) from None
    _record(session, template, "keep", user.id)
    return template


def remove_template(session: Session, template: ProgrammeTemplate, user_id: int) -> None:
    """Take the template out of the list; programmes made from it stay as they are."""
    _record(session, template, "remove", user_id)
    session.delete(template)
    session.flush()


def templates(session: Session) -> list[ProgrammeTemplate]:
    """Every template, by name."""
    return list(session.scalars(select(ProgrammeTemplate).order_by(ProgrammeTemplate.name)))


def _record(session: Session, template: ProgrammeTemplate, action: str, user_id: int) -> None:
    detail = {"exercises": len(template.lines)}
    audit.record(
        session, user_id=user_id, action=action, noun="programme_template", noun_id=template.id, detail=detail
    )
