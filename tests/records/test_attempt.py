"""Failed sign-ins are slowed, and nobody is locked out."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from clinic_app.records.attempt import (
    ACCOUNT,
    ADDRESS,
    KEPT,
    Attempt,
    Origin,
    clear_failures,
    count_failure,
    wait_for,
)
from clinic_app.records.login import Login, current_login, end_login, start_login
from clinic_app.records.user import User

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
STRANGER = Origin("bob", "203.0.113.9")
DESK = Origin("bob", "192.0.2.1")
NONE = timedelta()


def _fail(session: Session, origin: Origin, times: int, at: datetime = NOON) -> None:
    for _ in range(times):
        count_failure(session, origin, at)


def test_a_few_mistakes_cost_nothing(session: Session) -> None:
    _fail(session, DESK, ACCOUNT.free - 1)
    assert wait_for(session, DESK, NOON) == NONE


def test_each_further_mistake_doubles_the_wait_up_to_a_limit(session: Session) -> None:
    _fail(session, DESK, ACCOUNT.free)
    waits = []
    for _ in range(8):
        waits.append(wait_for(session, DESK, NOON).total_seconds())
        count_failure(session, DESK, NOON)
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60]


def test_the_wait_runs_out(session: Session) -> None:
    _fail(session, DESK, ACCOUNT.free + 2)
    assert wait_for(session, DESK, NOON + timedelta(seconds=3)) == timedelta(seconds=1)
    assert wait_for(session, DESK, NOON + timedelta(seconds=4)) == NONE
    assert wait_for(session, DESK, NOON + timedelta(minutes=20)) == NONE


def test_no_number_of_failures_makes_anybody_wait_longer_than_a_minute(session: Session) -> None:
    _fail(session, DESK, 200)
    assert wait_for(session, DESK, NOON) == ACCOUNT.longest == timedelta(minutes=1)


def test_failures_on_one_account_hardly_slow_the_others_at_the_same_address(session: Session) -> None:
    _fail(session, DESK, 200)
    colleague = Origin("alice", DESK.address)
    assert wait_for(session, colleague, NOON) == ADDRESS.longest == timedelta(seconds=5)
    assert wait_for(session, Origin("alice", "198.51.100.7"), NOON) == NONE


def test_guessing_many_names_from_one_address_is_slowed(session: Session) -> None:
    for number in range(ADDRESS.free):
        count_failure(session, Origin(f"name{number}", "203.0.113.9"), NOON)
    assert wait_for(session, Origin("another", "203.0.113.9"), NOON) > NONE


def test_an_account_that_nobody_has_is_slowed_just_the_same(session: Session, bob: User) -> None:
    for username in (bob.username, "nobody"):
        _fail(session, Origin(username, "203.0.113.9"), ACCOUNT.free)
    waits = {wait_for(session, Origin(name, "192.0.2.1"), NOON) for name in (bob.username, "nobody")}
    assert waits == {timedelta(seconds=1)}


def test_case_and_spaces_do_not_make_another_account(session: Session) -> None:
    for typed in ("bob", "Bob", " BOB ", "bob", "bob"):
        count_failure(session, Origin(typed, "203.0.113.9"), NOON)
    assert wait_for(session, DESK, NOON) == timedelta(seconds=1)


def test_a_stranger_who_keeps_guessing_does_not_slow_the_therapists_own_tablet(
    session: Session, bob: User
) -> None:
    tablet = Origin(bob.username, "192.0.2.1", device_token=start_login(session, bob, "Tablet"))
    _fail(session, STRANGER, 50)
    assert wait_for(session, Origin(bob.username, "192.0.2.1"), NOON) == timedelta(minutes=1)
    assert wait_for(session, tablet, NOON) == NONE


def test_a_known_device_is_slowed_by_its_own_failures(session: Session, bob: User) -> None:
    token = start_login(session, bob, "Tablet")
    login = current_login(session, token, timedelta(minutes=30))
    assert login
    end_login(session, session.get_one(Login, login.login_id))
    tablet = Origin(bob.username, "192.0.2.1", device_token=token)
    _fail(session, tablet, ACCOUNT.free)
    assert wait_for(session, tablet, NOON) == timedelta(seconds=1)


def test_a_made_up_device_or_one_of_another_account_is_no_known_device(session: Session, bob: User) -> None:
    _fail(session, STRANGER, 50)
    alice = User(username="alice", name="Alice", role="administrator", password_hash="")
    session.add(alice)
    session.flush()
    for token in ("made up", start_login(session, alice, "Desk")):
        assert wait_for(session, Origin(bob.username, "192.0.2.1", token), NOON) == timedelta(minutes=1)


def test_a_success_forgets_the_accounts_failures(session: Session) -> None:
    _fail(session, DESK, ACCOUNT.free + 1)
    clear_failures(session, DESK)
    assert wait_for(session, DESK, NOON) == NONE


def test_failures_before_a_window_still_count_in_the_next(session: Session) -> None:
    end_of_window = NOON - timedelta(seconds=1)
    _fail(session, DESK, ACCOUNT.free, end_of_window)
    count_failure(session, DESK, NOON)
    assert wait_for(session, DESK, NOON) == timedelta(seconds=2)


def test_old_failures_are_not_kept(session: Session) -> None:
    _fail(session, STRANGER, 3)
    count_failure(session, DESK, NOON + KEPT + timedelta(hours=1))
    assert len(session.scalars(select(Attempt)).all()) == 2


def test_what_was_typed_as_the_name_is_not_stored(session: Session) -> None:
    """People type their password there."""
    count_failure(session, Origin("my secret password", "192.0.2.1"), NOON)
    assert all("secret" not in attempt.key for attempt in session.scalars(select(Attempt)))


def test_failures_counted_at_once_are_all_counted(write: sessionmaker[Session]) -> None:
    for _ in range(3):
        with write() as session:
            count_failure(session, DESK, NOON)
            session.commit()
    with write() as session:
        assert {attempt.count for attempt in session.scalars(select(Attempt))} == {3}
