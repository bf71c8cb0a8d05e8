"""Referral letters: what the therapist writes to a doctor about one screening."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from clinic_app.records import audit
from clinic_app.records.draft import DRAFT, hold
from clinic_app.records.screening import Screening
from clinic_app.records.table import Table, now
from clinic_app.records.user import User

SIGNED = "signed"
TYPED = ("to_name", "to_place", "urgency", "reason", "findings", "done", "question")


class Letter(Table):
    """One letter about one screening. `status`: draft or signed; a signed one is frozen by a trigger.

    `frozen` is all that a signed letter prints. `urgency` is one of the advices of the screen; `filled_at` is
    when the letter was last filled in from it.
    """

    __tablename__ = "letter"

    id: Mapped[int] = mapped_column(primary_key=True)
    screening_id: Mapped[int] = mapped_column(ForeignKey("screening.id"), index=True)
    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id"), index=True)
    status: Mapped[str] = mapped_column(String(20), default=DRAFT)
    to_name: Mapped[str] = mapped_column(String(120), default="")
    to_place: Mapped[str] = mapped_column(String(300), default="")
    urgency: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(Text, default="")
    findings: Mapped[str] = mapped_column(Text, default="")
    done: Mapped[str] = mapped_column(Text, default="")
    question: Mapped[str] = mapped_column(Text, default="")
    revision: Mapped[int] = mapped_column(default=1)
    created_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[datetime] = mapped_column(default=now)
    filled_at: Mapped[datetime] = mapped_column(default=now)
    signed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    signed_by: Mapped[str] = mapped_column(String(240), default="")
    signed_at: Mapped[datetime | None]
    frozen: Mapped[dict[str, Any] | None]


@dataclass(frozen=True)
class LetterSigning:
    """All that the letter prints, who signed it and when, and the revision that was signed."""

    frozen: dict[str, Any]
    user: User
    at: datetime
    expected_revision: int


def letters_of(session: Session, screening_id: int) -> list[Letter]:
    """The letters about the screening, newest first."""
    written = select(Letter).where(Letter.screening_id == screening_id)
    return list(session.scalars(written.order_by(Letter.id.desc())))


def draft_letter(session: Session, screening: Screening, words: Mapping[str, str], user_id: int) -> Letter:
    """The draft of the screening; a new one with these words when there is none, or the last is signed."""
    session.execute(select(Screening.id).where(Screening.id == screening.id).with_for_update())
    newest = next(iter(letters_of(session, screening.id)), None)
    if newest and newest.status == DRAFT:
        return newest
    letter = Letter(
        **words, screening_id=screening.id, patient_id=screening.patient_id, created_by_id=user_id
    )
    session.add(letter)
    session.flush()
    _record(session, letter, "start", user_id)
    return letter


def save_letter(
    session: Session, letter: Letter, words: Mapping[str, str], expected_revision: int, user_id: int
) -> None:
    """Save what was typed into a draft; `Outdated` when it was changed elsewhere meanwhile."""
    hold(session, letter, expected_revision)
    _put(session, letter, words, "save", user_id)


def fill_in_letter(session: Session, letter: Letter, words: Mapping[str, str], user_id: int) -> None:
    """Fill a draft in again from its screening; the words that are not given stay."""
    hold(session, letter, letter.revision)
    letter.filled_at = now()
    _put(session, letter, words, "fill_in", user_id)


def throw_away_letter(session: Session, letter: Letter, expected_revision: int, user_id: int) -> None:
    """Delete a draft with all that was typed into it; a signed letter stays, as the database sees to."""
    hold(session, letter, expected_revision)
    _record(session, letter, "throw_away", user_id)
    session.delete(letter)
    session.flush()


def sign_letter(session: Session, letter: Letter, signing: LetterSigning) -> None:
    """Sign the draft with all that it prints; from here on the database refuses to change it."""
    hold(session, letter, signing.expected_revision)
    letter.status, letter.frozen = SIGNED, signing.frozen
    letter.signed_by_id, letter.signed_by = signing.user.id, signing.user.signature
    letter.signed_at = signing.at
    session.flush()
    _record(session, letter, "sign", signing.user.id)


def _put(session: Session, letter: Letter, words: Mapping[str, str], action: str, user_id: int) -> None:
    for name, value in words.items():
        setattr(letter, name, value)
    letter.revision += 1
    session.flush()
    _record(session, letter, action, user_id)


def _record(session: Session, letter: Letter, action: str, user_id: int) -> None:
    audit.record(
        session,
        user_id=user_id,
        action=action,
        noun="letter",
        noun_id=letter.id,
        patient_id=letter.patient_id,
        detail={"revision": letter.revision, "screening": letter.screening_id},
    )
