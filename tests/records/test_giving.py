"""What the patient was given stays on record: when, by whom, and whether something newer has replaced it."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Engine, func, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from clinic_app.records.audit import AuditEvent
from clinic_app.records.document import Document, Edition, Printed, documents_of, store_document
from clinic_app.records.giving import Giving, Handing, Kept, give, kept_documents, take_back
from clinic_app.records.programme import Programme
from clinic_app.records.refusal import NotTaughtBack
from clinic_app.records.screening import Screening, start_screening
from clinic_app.records.user import User

PDF = Printed(b"%PDF-1.7", 2)
MARCH = date(2026, 3, 2)


@pytest.fixture
def edition(draft: Screening) -> Edition:
    """The handout on A4."""
    return Edition(draft.id, "handout", "A4", "en", "normal", "a" * 64)


@pytest.fixture
def handout(session: Session, edition: Edition, bob: User) -> Document:
    """That handout, printed."""
    return store_document(session, edition, PDF, bob.id)


@pytest.fixture
def newer(session: Session, edition: Edition, handout: Document, bob: User) -> Document:
    """The handout of the next screening, printed."""
    later = start_screening(session, handout.patient_id, "quick", MARCH, bob.id)
    made = replace(edition, screening_id=later.id, source_sha256="b" * 64)
    return store_document(session, made, PDF, bob.id)


@pytest.fixture
def handing(bob: User) -> Handing:
    """By Bob, to whom the patient taught it back."""
    return Handing(MARCH, bob.id, bob.signature, taught_back=True)


def kept(session: Session, patient_id: int) -> dict[int, Kept]:
    return {one.document.id: one for one in kept_documents(session, documents_of(session, patient_id))}


def test_what_was_given_when_and_by_whom_is_on_the_patients_list(
    session: Session, handout: Document, handing: Handing, bob: User
) -> None:
    give(session, handout, handing)
    give(session, handout, replace(handing, on=date(2026, 3, 9)))
    session.commit()
    one = kept(session, handout.patient_id)[handout.id]
    assert [(g.given_on.day, g.given_by, g.taught_back) for g in one.givings] == [
        (9, bob.signature, True),
        (2, bob.signature, True),
    ]
    assert not one.is_superseded


def test_a_handout_is_not_given_before_it_was_taught_back(
    session: Session, handout: Document, handing: Handing
) -> None:
    with pytest.raises(NotTaughtBack):
        give(session, handout, replace(handing, taught_back=False))
    assert session.scalar(select(func.count()).select_from(Giving)) == 0


def test_a_summary_needs_no_teach_back(
    session: Session, edition: Edition, handing: Handing, bob: User
) -> None:
    summary = store_document(session, replace(edition, kind="summary"), PDF, bob.id)
    assert not give(session, summary, replace(handing, taught_back=False)).taught_back


def test_noted_twice_for_one_day_it_is_given_once(
    session: Session, handout: Document, handing: Handing
) -> None:
    first = give(session, handout, handing)
    assert give(session, handout, handing).id == first.id
    [event] = session.scalars(select(AuditEvent).filter_by(action="give"))
    assert (event.noun, event.noun_id, event.patient_id) == ("document", handout.id, handout.patient_id)


def test_a_newer_one_of_the_same_kind_supersedes_once_it_is_given(
    session: Session, edition: Edition, handout: Document, newer: Document, handing: Handing
) -> None:
    summary = store_document(session, replace(edition, kind="summary"), PDF, handing.user_id)
    give(session, handout, handing)
    assert not kept(session, handout.patient_id)[handout.id].is_superseded
    give(session, newer, handing)
    now = kept(session, handout.patient_id)
    assert [now[one.id].is_superseded for one in (handout, newer, summary)] == [True, False, False]


def test_the_same_in_another_size_or_language_supersedes_nothing(
    session: Session, edition: Edition, handout: Document, handing: Handing, bob: User
) -> None:
    large = store_document(session, replace(edition, print_size="large", language="es"), PDF, bob.id)
    for one in (handout, large):
        give(session, one, handing)
    assert not any(one.is_superseded for one in kept(session, handout.patient_id).values())


def test_an_older_programme_is_superseded_whenever_it_was_printed_and_the_same_one_is_not(
    session: Session, draft: Screening, edition: Edition, handing: Handing, bob: User
) -> None:
    whose = {"screening_id": draft.id, "patient_id": draft.patient_id, "created_by_id": bob.id}
    old, new = Programme(**whose), Programme(**whose)
    for one in (old, new):
        session.add(one)
        session.flush()
    made = [
        store_document(session, replace(edition, source_sha256=source * 64), PDF, bob.id, programme.id)
        for source, programme in (("c", new), ("d", old), ("e", new))
    ]
    for one in made:
        give(session, one, handing)
    now = kept(session, draft.patient_id)
    assert [now[one.id].is_superseded for one in made] == [False, True, False]


def test_what_was_taken_back_stays_on_the_list_with_who_and_why_and_does_not_count(
    session: Session, handout: Document, newer: Document, handing: Handing, bob: User
) -> None:
    give(session, handout, handing)
    wrong = give(session, newer, handing)
    take_back(session, wrong, "Given to another person", bob)
    take_back(session, wrong, "Once more", bob)
    session.commit()
    now = kept(session, handout.patient_id)
    [row] = now[newer.id].givings
    assert row.taken_back_at
    assert (row.taken_back_by, row.taken_back_why) == (bob.signature, "Given to another person")
    assert [now[one.id].is_given for one in (handout, newer)] == [True, False]
    assert not now[handout.id].is_superseded
    [event] = session.scalars(select(AuditEvent).filter_by(action="take_back"))
    assert (event.noun_id, event.patient_id, event.user_id) == (newer.id, newer.patient_id, bob.id)
    assert event.detail == {"giving": row.id}


def test_after_it_was_taken_back_it_is_noted_anew_for_the_same_day(
    session: Session, handout: Document, handing: Handing, bob: User
) -> None:
    first = give(session, handout, handing)
    take_back(session, first, "Taken back by mistake", bob)
    second = give(session, handout, handing)
    session.commit()
    assert second.id != first.id
    assert give(session, handout, handing).id == second.id
    one = kept(session, handout.patient_id)[handout.id]
    assert [giving.id for giving in one.givings] == [second.id, first.id]
    assert one.is_given


def test_what_was_taken_back_does_not_change_any_more(
    session: Session, engine: Engine, handout: Document, handing: Handing, bob: User
) -> None:
    take_back(session, give(session, handout, handing), "Wrong day", bob)
    session.commit()
    for change in ({"taken_back_why": "Other"}, {"taken_back_at": None}):
        with pytest.raises(DBAPIError, match="frozen"), engine.begin() as connection:
            connection.execute(update(Giving).values(**change))


def test_the_list_asks_twice_however_long_it_is(
    session: Session, edition: Edition, handing: Handing, bob: User, queries: list[str]
) -> None:
    for number in range(5):
        source = f"{number}" * 64
        document = store_document(session, replace(edition, source_sha256=source), PDF, bob.id)
        give(session, document, handing)
    patient_id = document.patient_id
    session.commit()
    session.expunge_all()
    queries.clear()
    kept(session, patient_id)
    assert len([sent for sent in queries if sent.startswith("SELECT")]) == 2
