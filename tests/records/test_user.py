"""Accounts: who may sign in, with what password, and who is the last who must be able to."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from clinic_app.records.audit import AuditEvent
from clinic_app.records.login import current_login, open_logins, start_login
from clinic_app.records.password import (
    DUMMY_HASH,
    hash_password,
    is_outdated,
    password_problem,
    verify_password,
)
from clinic_app.records.refusal import LastAdministrator, UsernameTaken, WeakPassword
from clinic_app.records.user import (
    Account,
    User,
    add_user,
    all_users,
    authenticate,
    disable_user,
    renew_hash,
    reset_password,
)
from tests import people

PASSWORD = "thimble orchard lantern 9"
OTHER = "harbour pencil meadow 4"
HALF_HOUR = timedelta(minutes=30)


@pytest.fixture
def alice(session: Session) -> User:
    """Alice, the only administrator."""
    user = add_user(session, Account("Alice ", "Alice Nakamura", PASSWORD, role="administrator"), by_id=None)
    session.commit()
    return user


def test_the_right_password_opens_the_account_whatever_the_case_of_the_name(
    session: Session, alice: User
) -> None:
    assert authenticate(session, " ALICE", PASSWORD) is alice


@pytest.mark.parametrize(
    ("username", "password"),
    [("alice", OTHER), ("alice", ""), ("alice", PASSWORD.upper()), ("nobody", PASSWORD), ("", "")],
)
@pytest.mark.usefixtures("alice")
def test_nothing_else_does(session: Session, username: str, password: str) -> None:
    assert authenticate(session, username, password) is None


def test_a_name_is_given_once_whatever_its_case(session: Session, alice: User) -> None:
    with pytest.raises(UsernameTaken):
        add_user(session, Account("ALICE", "Another", OTHER), by_id=alice.id)


def test_a_role_that_does_not_exist_is_an_error(session: Session) -> None:
    with pytest.raises(ValueError, match="'owner' is not a role"):
        add_user(session, Account("carol", "Carol", PASSWORD, role="owner"), by_id=None)


def test_a_password_is_not_shown_with_the_account() -> None:
    assert PASSWORD not in repr(Account("alice", "Alice", PASSWORD))


def test_a_reset_ends_all_sign_ins_and_asks_for_a_new_password(
    session: Session, alice: User, bob: User
) -> None:
    token = start_login(session, bob, "Tablet")
    reset_password(session, bob, OTHER, by_id=alice.id)
    assert bob.must_change_password
    assert current_login(session, token, HALF_HOUR) is None
    assert authenticate(session, "bob", OTHER) is bob


def test_who_changes_the_own_password_need_not_change_it_again(session: Session, bob: User) -> None:
    bob.must_change_password = True
    reset_password(session, bob, OTHER, by_id=bob.id)
    assert not bob.must_change_password


def test_a_reset_to_a_weak_password_is_refused(session: Session, bob: User) -> None:
    before = bob.password_hash
    with pytest.raises(WeakPassword):
        reset_password(session, bob, "bob bob bob bob", by_id=bob.id)
    assert bob.password_hash == before


def test_a_disabled_user_is_signed_out_and_cannot_sign_in(session: Session, alice: User, bob: User) -> None:
    reset_password(session, bob, OTHER, by_id=alice.id)
    start_login(session, bob, "Tablet")
    disable_user(session, bob, by_id=alice.id)
    assert open_logins(session, bob.id) == []
    assert authenticate(session, "bob", OTHER) is None


def test_the_last_administrator_cannot_be_disabled(session: Session, alice: User, bob: User) -> None:
    with pytest.raises(LastAdministrator):
        disable_user(session, alice, by_id=bob.id)
    carol = add_user(session, Account("carol", "Carol", PASSWORD, role="administrator"), by_id=alice.id)
    disable_user(session, alice, by_id=carol.id)
    session.flush()
    with pytest.raises(LastAdministrator):
        disable_user(session, carol, by_id=carol.id)


def test_each_change_of_an_account_is_noted(session: Session, alice: User, bob: User) -> None:
    reset_password(session, bob, OTHER, by_id=alice.id)
    disable_user(session, bob, by_id=alice.id)
    events = session.scalars(select(AuditEvent).filter_by(noun="user").order_by(AuditEvent.id)).all()
    assert [(e.action, e.noun_id, e.user_id) for e in events] == [
        ("add", alice.id, None),
        ("reset_password", bob.id, alice.id),
        ("disable", bob.id, alice.id),
    ]


def test_disabled_accounts_are_still_listed(session: Session, alice: User, bob: User) -> None:
    disable_user(session, bob, by_id=alice.id)
    assert all_users(session) == [alice, bob]


@pytest.mark.usefixtures("slow_hashes")
def test_a_hash_made_with_weaker_parameters_is_renewed_at_the_next_sign_in(
    session: Session, bob: User
) -> None:
    weaker = bob.password_hash = people.QUICK.hash(OTHER)
    session.commit()
    renew_hash(session, bob, OTHER)
    session.commit()
    assert bob.password_hash != weaker
    assert not is_outdated(bob.password_hash)
    assert authenticate(session, "bob", OTHER) is bob


@pytest.mark.usefixtures("slow_hashes")
def test_a_hash_with_todays_parameters_is_left_alone(session: Session, bob: User) -> None:
    before = bob.password_hash
    renew_hash(session, bob, OTHER)
    assert bob.password_hash == before


@pytest.mark.usefixtures("slow_hashes")
def test_an_unknown_name_is_checked_with_the_same_effort() -> None:
    assert not is_outdated(DUMMY_HASH)
    assert not verify_password(DUMMY_HASH, "")


@pytest.mark.usefixtures("slow_hashes")
def test_a_hash_is_argon2id_and_fits_its_password_only() -> None:
    stored = hash_password(PASSWORD)
    assert stored.startswith("$argon2id$")
    assert verify_password(stored, PASSWORD)
    assert not verify_password(stored, OTHER)
    assert not verify_password("", PASSWORD)


@pytest.mark.parametrize(
    ("password", "problem"),
    [
        ("short", "at least 12"),
        ("x" * 300, "at most 256"),
        ("password1234", "common"),
        ("aaaaaaaaaaaa", "easy to guess"),
        ("QwertyUiop12", "common"),
        ("unbelievable", "easy to guess"),
        ("nakamura1984", "easy to guess"),
    ],
)
def test_a_password_that_is_easy_to_guess_is_refused_with_the_reason(password: str, problem: str) -> None:
    said = password_problem(password, ["Alice Nakamura", "Riverside Physiotherapy"])
    assert said
    assert problem in said


@pytest.mark.parametrize("password", [PASSWORD, OTHER, "Кошка гуляет сама по себе 7", "z" + "ü7!qK" * 20])
def test_a_password_that_is_hard_to_guess_is_taken(password: str) -> None:
    assert password_problem(password, ["Alice Nakamura"]) is None


def test_the_clinics_own_words_do_not_make_a_password_strong() -> None:
    assert password_problem("riversidephysio", []) is None
    assert password_problem("riversidephysio", ["riversidephysio"])
