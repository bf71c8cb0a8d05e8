"""A document is stored as it was printed, once, and found again by what it was made from."""

import hashlib
import threading
from dataclasses import replace

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from clinic_app.records.audit import AuditEvent
from clinic_app.records.document import (
    Document,
    Edition,
    Printed,
    documents_of,
    find_document,
    store_document,
)
from clinic_app.records.screening import Screening
from clinic_app.records.user import User

PDF = Printed(b"%PDF-1.7 first", 2)


@pytest.fixture
def edition(draft: Screening) -> Edition:
    """The summary on A4."""
    return Edition(draft.id, "summary", "A4", "en", "normal", "a" * 64)


def test_printing_again_finds_the_same_bytes(session: Session, edition: Edition, bob: User) -> None:
    first = store_document(session, edition, PDF, bob.id)
    again = store_document(session, edition, Printed(b"%PDF-1.7 second", 3), bob.id)
    assert again.id == first.id
    session.commit()
    session.expire_all()
    found = find_document(session, edition)
    assert found
    assert found.content == PDF.content
    assert (found.pages, found.sha256) == (2, hashlib.sha256(PDF.content).hexdigest())


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "handout"},
        {"paper": "Letter"},
        {"language": "es"},
        {"print_size": "large"},
        {"source_sha256": "b" * 64},
    ],
)
def test_another_edition_is_another_document(
    session: Session, edition: Edition, bob: User, change: dict[str, str]
) -> None:
    store_document(session, edition, PDF, bob.id)
    other = replace(edition, **change)
    assert find_document(session, other) is None
    store_document(session, other, PDF, bob.id)
    assert session.scalar(select(func.count()).select_from(Document)) == 2


def test_a_patients_documents_come_newest_first_without_their_bytes(
    session: Session, edition: Edition, draft: Screening, bob: User, queries: list[str]
) -> None:
    made = [
        store_document(session, replace(edition, kind=kind), PDF, bob.id).id
        for kind in ("summary", "handout")
    ]
    session.commit()
    session.expunge_all()
    queries.clear()
    assert [document.id for document in documents_of(session, draft.patient_id)] == made[::-1]
    [sent] = [sent for sent in queries if not sent.startswith("BEGIN")]
    assert "content" not in sent


def test_storing_is_noted_once(session: Session, edition: Edition, draft: Screening, bob: User) -> None:
    for _ in range(2):
        store_document(session, edition, PDF, bob.id)
    [event] = session.scalars(select(AuditEvent).filter_by(noun="document"))
    assert (event.action, event.patient_id, event.user_id) == ("print", draft.patient_id, bob.id)


def test_printed_twice_at_once_it_is_stored_once(
    write: sessionmaker[Session], session: Session, edition: Edition, bob: User
) -> None:
    user_id = bob.id
    session.close()
    stored: list[bytes] = []
    errors: list[Exception] = []

    def store(number: int) -> None:
        try:
            with write() as own:
                printed = Printed(f"%PDF {number}".encode(), 1)
                stored.append(store_document(own, edition, printed, user_id).content)
                own.commit()
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=store, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert len(set(stored)) == 1
    assert session.scalar(select(func.count()).select_from(Document)) == 1
