"""What the patient was given: which document, on which day, by whom, and whether they taught it back."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from clinic_app.records import audit
from clinic_app.records.document import Document
from clinic_app.records.refusal import NotTaughtBack
from clinic_app.records.table import Table, now
from clinic_app.records.user import User

# What the patient has to do by themselves at home.
TO_TEACH_BACK = frozenset({"handout"})


_STANDS = text("taken_back_at IS NULL")
LONGEST_WHY = 200


class Giving(Table):
    """One document given to its patient on one day; never changed, but taken back once when it was wrong.

    `taken_back_by`: who did it, as signed; what was taken back stays, and does not count.
    """

    __tablename__ = "giving"
    __table_args__ = (
        Index(
            "ix_giving_standing",
            "document_id",
            "given_on",
            unique=True,
            sqlite_where=_STANDS,
            postgresql_where=_STANDS,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id"), index=True)
    given_on: Mapped[date]
    taught_back: Mapped[bool]
    given_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    given_by: Mapped[str] = mapped_column(String(240))
    noted_at: Mapped[datetime] = mapped_column(default=now)
    taken_back_at: Mapped[datetime | None]
    taken_back_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    taken_back_by: Mapped[str] = mapped_column(String(240), default="")
    taken_back_why: Mapped[str] = mapped_column(String(LONGEST_WHY), default="")


@dataclass(frozen=True)
class Handing:
    """How a document was given; `by` is the printed name, title and licence of that user."""

    on: date
    user_id: int
    by: str
    taught_back: bool = False


@dataclass(frozen=True)
class Kept:
    """A document on the patient's list: when it was given, newest first, and whether it is out of date.

    `givings` are all that was noted, with what was taken back.
    """

    document: Document
    givings: tuple[Giving, ...]
    is_superseded: bool

    @property
    def is_given(self) -> bool:
        """The patient has it: a note of its giving stands."""
        return any(giving.taken_back_at is None for giving in self.givings)


def give(session: Session, document: Document, handing: Handing) -> Giving:
    """Note that the document was given; noted for that day already, that note is returned.

    `NotTaughtBack` when it is to be taught back and was not.
    """
    if document.kind in TO_TEACH_BACK and not handing.taught_back:
        raise NotTaughtBack(document.id)
    giving = Giving(
        document_id=document.id,
        patient_id=document.patient_id,
        given_on=handing.on,
        taught_back=handing.taught_back,
        given_by_id=handing.user_id,
        given_by=handing.by,
    )
    try:
        with session.begin_nested():
            session.add(giving)
    except IntegrityError:
        noted = select(Giving).filter_by(document_id=document.id, given_on=handing.on, taken_back_at=None)
        if stored := session.scalar(noted):
            return stored
        raise
    _note(session, "give", giving, handing.user_id)
    return giving


def take_back(session: Session, giving: Giving, why: str, user: User) -> None:
    """It was not given after all, for the reason `why`; of what was taken back before, nothing changes."""
    session.refresh(giving, with_for_update=True)
    if giving.taken_back_at is None:
        giving.taken_back_at, giving.taken_back_by_id = now(), user.id
        giving.taken_back_by, giving.taken_back_why = user.signature, why
        session.flush()
        _note(session, "take_back", giving, user.id)


def kept_documents(session: Session, documents: Iterable[Document]) -> list[Kept]:
    """All documents of one patient, in the order that they come in, each with what became of it."""
    documents = list(documents)
    patients = {document.patient_id for document in documents}
    by_document: dict[int, list[Giving]] = {}
    for giving in session.scalars(
        select(Giving)
        .where(Giving.patient_id.in_(patients))
        .order_by(Giving.given_on.desc(), Giving.id.desc())
    ):
        by_document.setdefault(giving.document_id, []).append(giving)
    listed = [Kept(document, tuple(by_document.get(document.id, ())), False) for document in documents]
    given = [one.document for one in listed if one.is_given]
    return [
        replace(one, is_superseded=any(_replaces(other, one.document) for other in given)) for one in listed
    ]


def _replaces(newer: Document, document: Document) -> bool:
    """Whether it says the same kind of thing anew; another size or language of the same says nothing new."""
    alike = newer.kind == document.kind and newer.source_sha256 != document.source_sha256
    return alike and _age(newer) > _age(document)


def _age(document: Document) -> tuple[int, int, int]:
    """What it was made from, not when: an old programme may be printed once more after a newer one.

    Documents of one programme are of one age; what has none, such as a letter, is written anew each time.
    """
    programme = document.programme_id or 0
    return document.screening_id, programme, 0 if programme else document.id


def _note(session: Session, action: str, giving: Giving, user_id: int) -> None:
    audit.record(
        session,
        user_id=user_id,
        action=action,
        noun="document",
        noun_id=giving.document_id,
        patient_id=giving.patient_id,
        detail={"giving": giving.id},
    )
