"""The clinic is set up once, by whoever reads the terminal."""

import threading

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from clinic_app.records.audit import AuditEvent
from clinic_app.records.clinic import (
    Clinic,
    SetupLink,
    new_setup_link,
    set_up,
    setup_allowed,
    the_clinic,
)
from clinic_app.records.refusal import SetupRefused, WeakPassword
from clinic_app.records.user import Account, User, authenticate
from tests import people

ALICE = Account("alice", "Alice Nakamura", people.ALICE.password, role="administrator", title="PT")


def _clinic() -> Clinic:
    return Clinic(**people.CLINIC)


@pytest.fixture
def token(session: Session) -> str:
    """The token of the link in the terminal."""
    made = new_setup_link(session)
    session.commit()
    assert made
    return made


def test_the_link_sets_up_the_clinic_and_its_first_account(session: Session, token: str) -> None:
    assert the_clinic(session) is None
    assert setup_allowed(session, token)
    user = set_up(session, token, _clinic(), ALICE)
    session.commit()
    clinic = the_clinic(session)
    assert clinic
    assert clinic.name == "Riverside Physiotherapy"
    assert (user.role, user.signature) == ("administrator", "Alice Nakamura, PT")
    assert authenticate(session, "alice", people.ALICE.password) is user
    assert {event.action for event in session.scalars(select(AuditEvent))} == {"add", "set_up"}


def test_the_link_works_once(session: Session, token: str) -> None:
    set_up(session, token, _clinic(), ALICE)
    session.commit()
    assert not setup_allowed(session, token)
    with pytest.raises(SetupRefused):
        set_up(session, token, _clinic(), Account("mallory", "Mallory", "thimble orchard 77 lantern"))


def test_only_the_token_of_the_link_opens_it(session: Session, token: str) -> None:
    for wrong in ("", "x", token[:-1], token.swapcase()):
        assert not setup_allowed(session, wrong)
    with pytest.raises(SetupRefused):
        set_up(session, "x", _clinic(), ALICE)


def test_a_new_link_ends_the_one_before(session: Session, token: str) -> None:
    newer = new_setup_link(session)
    assert newer
    assert not setup_allowed(session, token)
    assert setup_allowed(session, newer)


def test_there_is_no_link_while_there_is_an_account(session: Session, token: str, bob: User) -> None:
    assert bob.id
    assert new_setup_link(session) is None
    assert not setup_allowed(session, token)
    with pytest.raises(SetupRefused):
        set_up(session, token, _clinic(), ALICE)


def test_only_the_hash_of_the_token_is_kept(session: Session, token: str) -> None:
    assert token not in session.scalars(select(SetupLink.token_hash)).one()


def test_a_weak_password_leaves_the_link_as_it_was(session: Session, token: str) -> None:
    with pytest.raises(WeakPassword):
        set_up(session, token, _clinic(), Account("alice", "Alice", "password1234", role="administrator"))
    session.rollback()
    assert setup_allowed(session, token)
    assert the_clinic(session) is None


def test_two_who_set_up_at_once_make_one_clinic(write: sessionmaker[Session], token: str) -> None:
    made: list[str] = []
    refused: list[SetupRefused] = []

    def begin(name: str) -> None:
        with write() as session:
            try:
                set_up(session, token, _clinic(), Account(name, name, people.ALICE.password))
                session.commit()
                made.append(name)
            except SetupRefused as error:
                refused.append(error)

    threads = [threading.Thread(target=begin, args=(name,)) for name in ("first", "second", "third")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(made), len(refused)) == (1, 2)
    with write() as session:
        assert session.scalar(select(func.count()).select_from(Clinic)) == 1
        assert [user.username for user in session.scalars(select(User))] == made
