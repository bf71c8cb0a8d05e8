"""Documents as they were given: the bytes, their hash, for whom and by whom."""

import hashlib
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column, undefer

from clinic_app.records import audit
from clinic_app.records.screening import Screening
from clinic_app.records.table import Table, now


class Document(Table):
    """One printed document; never changed. `kind`: summary, handout, stopped or letter.

    `source_sha256` is the hash of all that it was made from, so that printing again finds the same bytes.
    """

    __tablename__ = "document"
    __table_args__ = (
        UniqueConstraint(
            "screening_id",
            "kind",
            "paper",
            "language",
            "print_size",
            "source_sha256",
            name="uq_document_edition",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id"), index=True)
    screening_id: Mapped[int] = mapped_column(ForeignKey("screening.id"))
    programme_id: Mapped[int | None] = mapped_column(ForeignKey("programme.id"))
    kind: Mapped[str] = mapped_column(String(20))
    paper: Mapped[str] = mapped_column(String(10))
    language: Mapped[str] = mapped_column(String(10))
    print_size: Mapped[str] = mapped_column(String(10))
    source_sha256: Mapped[str] = mapped_column(String(64))
    sha256: Mapped[str] = mapped_column(String(64))
    pages: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    made_at: Mapped[datetime] = mapped_column(default=now)


@dataclass(frozen=True)
class Edition:
    """What makes one document the same as another."""

    screening_id: int
    kind: str
    paper: str
    language: str
    print_size: str
    source_sha256: str


@dataclass(frozen=True)
class Printed:
    """The bytes of a document and how many pages they print."""

    content: bytes
    pages: int


def find_document(session: Session, edition: Edition) -> Document | None:
    """The stored document of this edition, with its bytes."""
    return session.scalar(select(Document).filter_by(**asdict(edition)).options(undefer(Document.content)))


def store_document(
    session: Session, edition: Edition, printed: Printed, user_id: int, programme_id: int | None = None
) -> Document:
    """Store the document; of an edition stored already, that one is returned and these bytes dropped."""
    document = Document(
        **asdict(edition),
        patient_id=session.scalar(select(Screening.patient_id).where(Screening.id == edition.screening_id)),
        programme_id=programme_id,
        content=printed.content,
        sha256=hashlib.sha256(printed.content).hexdigest(),
        pages=printed.pages,
        made_by_id=user_id,
    )
    try:
        with session.begin_nested():
            session.add(document)
    except IntegrityError:
        if stored := find_document(session, edition):
            return stored
        raise
    audit.record(
        session,
        user_id=user_id,
        action="print",
        noun="document",
        noun_id=document.id,
        patient_id=document.patient_id,
        detail={"kind": document.kind, "sha256": document.sha256},
    )
    return document


def documents_of(session: Session, patient_id: int) -> list[Document]:
    """The patient's documents, newest first, without their bytes."""
    made = select(Document).where(Document.patient_id == patient_id)
    return list(session.scalars(made.order_by(Document.made_at.desc(), Document.id.desc())))
