"""Share links: each opens one handout to whoever has it and knows the patient's birth year, for some days."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, select, update
from sqlalchemy.orm import Mapped, Session, contains_eager, joinedload, mapped_column, relationship

from clinic_app.records import audit
from clinic_app.records.document import Document
from clinic_app.records.login import hash_token
from clinic_app.records.patient import Patient
from clinic_app.records.setting import SHARE, Setting
from clinic_app.records.table import Table, now
from clinic_app.records.user import User

HANDOUT = "handout"
# Nothing that is mistaken for another letter: the address is also typed from paper.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
BLOCKS, BLOCK = 7, 4


class Why(StrEnum):
    """Why a link did not open; only the audit and the therapist's list tell."""

    UNKNOWN = "unknown"
    SWITCHED_OFF = "switched_off"
    REVOKED = "revoked"
    EXPIRED = "expired"
    TOO_MANY_TRIES = "too_many_tries"
    WRONG_YEAR = "wrong_year"
    OTHER_LINK = "other_link"
    UNSAFE = "unsafe"
    SUPERSEDED = "superseded"
    TOO_FAST = "too_fast"


class ShareLink(Table):
    """One link to one handout; only the hash of its token is kept.

    `made_by`, `revoked_by`: who did it, as signed. `wrong_years`: how often a wrong birth year was typed.
    `opened`: how often the right one was, the last time at `opened_at`.
    """

    __tablename__ = "share_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    made_by: Mapped[str] = mapped_column(String(240))
    made_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]
    wrong_years: Mapped[int] = mapped_column(default=0)
    opened: Mapped[int] = mapped_column(default=0)
    opened_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    revoked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    revoked_by: Mapped[str] = mapped_column(String(240), default="")
    document: Mapped[Document] = relationship()


@dataclass(frozen=True)
class Terms:
    """How the clinic shares: under which address, for how many days."""

    address: str
    days: int


class LinkRefused(Exception):  # noqa: N818
    """A link that does not open, and why; `link` None when there is none of that token."""

    def __init__(self, why: Why, link: ShareLink | None) -> None:
        super().__init__(str(why))
        self.why, self.link = why, link


def new_token() -> str:
    """A token that nobody guesses, 138 bits, in blocks that can be typed."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(BLOCK)) for _ in range(BLOCKS))


def hash_of(token: str) -> str:
    """What is stored of a token, however its blocks and letters were typed."""
    return hash_token(token.replace("-", "").lower())


def terms_now(session: Session) -> Terms | None:
    """How the clinic shares now, None while it does not."""
    newest = select(Setting.value).where(Setting.key == SHARE).order_by(Setting.id.desc()).limit(1)
    value = session.scalar(newest)
    return Terms(**value) if value else None


def make_link(
    session: Session, document: Document, token_hash: str, expires_at: datetime, user: User
) -> ShareLink:
    """A link to this handout; another kind of document is an error."""
    if document.kind != HANDOUT:
        raise ValueError(f"a {document.kind} is not shared")
    link = ShareLink(
        document=document,
        token_hash=token_hash,
        expires_at=expires_at,
        made_by_id=user.id,
        made_by=user.signature,
    )
    session.add(link)
    session.flush()
    _note(session, "make", link, user.id)
    return link


def links_of(session: Session, patient_id: int) -> list[ShareLink]:
    """The patient's links, newest first."""
    theirs = select(ShareLink).join(ShareLink.document).where(Document.patient_id == patient_id)
    return list(session.scalars(theirs.options(joinedload(ShareLink.document)).order_by(ShareLink.id.desc())))


def revoke_link(session: Session, link: ShareLink, user: User) -> None:
    """From now on it does not open; of one revoked before, nothing changes."""
    session.refresh(link, with_for_update=True)
    if link.revoked_at is None:
        link.revoked_at, link.revoked_by_id, link.revoked_by = now(), user.id, user.signature
        _note(session, "revoke", link, user.id)


def why_shut(link: ShareLink, most: int) -> Why | None:
    """What keeps this link itself from opening, None while it opens; `most` wrong years close it."""
    if link.revoked_at is not None:
        return Why.REVOKED
    if link.expires_at <= now():
        return Why.EXPIRED
    return Why.TOO_MANY_TRIES if link.wrong_years >= most else None


def open_with_year(session: Session, token: str, year: int, most: int) -> ShareLink:
    """Open the link with the patient's birth year; `LinkRefused`, to be noted, when it does not open.

    The link is held until the session ends, so that guesses sent at once are counted one after the other.
    """
    link, born_on = _open_link(session, token, most, held=True)
    if year != born_on.year:
        raise LinkRefused(Why.WRONG_YEAR, link)
    link.opened, link.opened_at = link.opened + 1, now()
    _note(session, "open", link, None)
    return link


def link_in_use(session: Session, token: str, link_id: int, most: int) -> ShareLink:
    """The link `link_id`, whose year was typed before; `LinkRefused`, to be noted, when it does not open."""
    link, _born_on = _open_link(session, token, most)
    if link.id != link_id:
        raise LinkRefused(Why.OTHER_LINK, link)
    return link


def note_refusal(session: Session, refusal: LinkRefused) -> None:
    """Count and note it: the same statements whatever the reason, so that the time taken tells little."""
    link = refusal.link
    counted = link.id if link and refusal.why is Why.WRONG_YEAR else 0
    session.execute(
        update(ShareLink)
        .where(ShareLink.id == counted)
        .values(wrong_years=ShareLink.wrong_years + 1)
        .execution_options(synchronize_session=False)
    )
    _note(session, "refuse", link, None, refusal.why)


def _open_link(session: Session, token: str, most: int, *, held: bool = False) -> tuple[ShareLink, date]:
    """The link and the birth date of its patient, read together; `LinkRefused` when it is shut."""
    wanted = (
        select(ShareLink, Patient.born_on)
        .join(ShareLink.document)
        .join(Patient, Patient.id == Document.patient_id)
        .where(ShareLink.token_hash == hash_of(token))
        .options(contains_eager(ShareLink.document))
    )
    row = session.execute(wanted.with_for_update(of=ShareLink) if held else wanted).first()
    terms = terms_now(session)
    if row is None:
        raise LinkRefused(Why.UNKNOWN, None)
    link, born_on = row
    if why := Why.SWITCHED_OFF if terms is None else why_shut(link, most):
        raise LinkRefused(why, link)
    return link, born_on


def _note(
    session: Session, action: str, link: ShareLink | None, user_id: int | None, why: Why | None = None
) -> None:
    audit.record(
        session,
        user_id=user_id,
        action=action,
        noun="share_link",
        noun_id=link.id if link else None,
        patient_id=link.document.patient_id if link else None,
        detail={"why": str(why)} if why else {},
    )
