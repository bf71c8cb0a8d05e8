"""A letter is a draft until the therapist signs it; then neither page nor database changes it."""

import pytest
from sqlalchemy import Engine, insert, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from clinic_app.records.audit import AuditEvent
from clinic_app.records.letter import (
    Letter,
    LetterSigning,
    draft_letter,
    fill_in_letter,
    letters_of,
    save_letter,
    sign_letter,
    throw_away_letter,
)
from clinic_app.records.refusal import Frozen, Outdated
from clinic_app.records.screening import Screening
from clinic_app.records.table import now
from clinic_app.records.user import User

WORDS = {"urgency": "refer", "reason": "Possible tear", "findings": "", "done": "", "question": "Your view?"}


@pytest.fixture
def letter(session: Session, draft: Screening, bob: User) -> Letter:
    """A draft about Marisol's screen."""
    made = draft_letter(session, draft, WORDS, bob.id)
    session.commit()
    return made


@pytest.fixture
def signed(session: Session, letter: Letter, bob: User) -> Letter:
    """The same, signed by Bob."""
    sign_letter(session, letter, LetterSigning({"reason": "Possible tear"}, bob, now(), 1))
    session.commit()
    return letter


def test_a_screening_has_one_draft_and_a_new_letter_after_a_signed_one(
    session: Session, draft: Screening, letter: Letter, bob: User
) -> None:
    assert draft_letter(session, draft, {**WORDS, "reason": "Other"}, bob.id) is letter
    assert letter.reason == "Possible tear"
    sign_letter(session, letter, LetterSigning({}, bob, now(), 1))
    second = draft_letter(session, draft, WORDS, bob.id)
    assert letters_of(session, draft.id) == [second, letter]


def test_words_from_an_old_page_do_not_overwrite_newer_ones(
    session: Session, letter: Letter, bob: User
) -> None:
    save_letter(session, letter, {"to_name": "Dr Ahlgren"}, 1, bob.id)
    for change in (
        lambda: save_letter(session, letter, {"to_name": "Dr Berg"}, 1, bob.id),
        lambda: sign_letter(session, letter, LetterSigning({}, bob, now(), 1)),
    ):
        with pytest.raises(Outdated) as refused:
            change()
        assert refused.value.revision == 2
    assert (letter.to_name, letter.status) == ("Dr Ahlgren", "draft")


def test_filling_in_again_keeps_the_address_and_remembers_when(
    session: Session, letter: Letter, bob: User
) -> None:
    save_letter(session, letter, {"to_name": "Dr Ahlgren", "reason": "Typed"}, 1, bob.id)
    before = letter.filled_at
    fill_in_letter(session, letter, WORDS, bob.id)
    assert (letter.to_name, letter.reason, letter.revision) == ("Dr Ahlgren", "Possible tear", 3)
    assert letter.filled_at > before


def test_a_draft_that_is_thrown_away_is_gone_and_the_audit_remembers_by_whom(
    session: Session, letter: Letter, draft: Screening, bob: User
) -> None:
    gone, patient_id = letter.id, letter.patient_id
    save_letter(session, letter, {"reason": "Typed elsewhere"}, 1, bob.id)
    with pytest.raises(Outdated):
        throw_away_letter(session, letter, 1, bob.id)
    throw_away_letter(session, letter, 2, bob.id)
    session.commit()
    assert letters_of(session, draft.id) == []
    [event] = session.scalars(select(AuditEvent).filter_by(action="throw_away"))
    assert (event.noun, event.noun_id, event.patient_id) == ("letter", gone, patient_id)
    assert (event.user_id, event.detail) == (bob.id, {"revision": 2, "screening": draft.id})


def test_a_signed_letter_keeps_who_signed_it_and_all_that_it_prints(
    session: Session, signed: Letter, bob: User
) -> None:
    session.expire_all()
    assert (signed.status, signed.signed_by) == ("signed", "Bob Lindqvist, PT, DPT (PT 2071)")
    assert signed.frozen == {"reason": "Possible tear"}
    for change in (
        lambda: save_letter(session, signed, {"reason": "Changed"}, 1, bob.id),
        lambda: fill_in_letter(session, signed, WORDS, bob.id),
        lambda: sign_letter(session, signed, LetterSigning({}, bob, now(), 1)),
        lambda: throw_away_letter(session, signed, 1, bob.id),
    ):
        with pytest.raises(Frozen):
            change()


@pytest.mark.usefixtures("signed")
def test_the_database_refuses_to_change_a_signed_letter(engine: Engine) -> None:
    for statement in (
        "UPDATE letter SET reason = 'changed'",
        "UPDATE letter SET status = 'draft'",
        "UPDATE letter SET frozen = '{}'",
        "DELETE FROM letter",
    ):
        with pytest.raises(DBAPIError, match="frozen"), engine.begin() as connection:
            connection.execute(text(statement))


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # PostgreSQL has no REPLACE
@pytest.mark.usefixtures("signed")
def test_a_signed_letter_is_not_overwritten_by_a_new_one(engine: Engine) -> None:
    table = Letter.__table__
    over = insert(table).prefix_with("OR REPLACE").from_select(table.c.keys(), select(table))
    with pytest.raises(DBAPIError, match="frozen"), engine.begin() as connection:
        connection.execute(over)


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)  # SQLite has no TRUNCATE
@pytest.mark.usefixtures("signed")
def test_the_letters_are_not_emptied_at_once(engine: Engine) -> None:
    with pytest.raises(DBAPIError, match="frozen"), engine.begin() as connection:
        connection.execute(text("TRUNCATE letter CASCADE"))


def test_each_change_is_noted_without_a_word_of_it(
    session: Session, signed: Letter, draft: Screening
) -> None:
    events = session.scalars(select(AuditEvent).filter_by(noun="letter").order_by(AuditEvent.id)).all()
    assert [(e.action, e.patient_id, e.noun_id) for e in events] == [
        (action, draft.patient_id, signed.id) for action in ("start", "sign")
    ]
    assert all(set(event.detail) == {"revision", "screening"} for event in events)
