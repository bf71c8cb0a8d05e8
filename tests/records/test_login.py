"""A sign-in is a row: it ends when it is ended, when nobody used it, and when the account is closed."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session, sessionmaker

from clinic_app.records.audit import AuditEvent
from clinic_app.records.login import (
    Login,
    current_login,
    end_all_logins,
    end_login,
    open_logins,
    start_login,
)
from clinic_app.records.table import now
from clinic_app.records.user import User

HALF_HOUR = timedelta(minutes=30)


@pytest.fixture
def token(session: Session, bob: User) -> str:
    """Bob, signed in on a tablet."""
    made = start_login(session, bob, "Tablet")
    session.commit()
    return made


@pytest.fixture
def seen(session: Session) -> Callable[[timedelta], None]:
    """Pretends that all sign-ins were last seen so long ago."""

    def _seen(ago: timedelta) -> None:
        session.execute(update(Login).values(seen_at=now() - ago))
        session.commit()

    return _seen


def _stored(write: sessionmaker[Session]) -> Login:
    with write() as session:
        return session.scalars(select(Login)).one()


def test_the_token_opens_and_is_not_stored(session: Session, token: str, bob: User) -> None:
    login = current_login(session, token, HALF_HOUR)
    assert login
    assert login.user_id == bob.id
    assert session.get_one(Login, login.login_id).token_hash != token


@pytest.mark.parametrize("wrong", ["", "x", "é", "a" * 500])
@pytest.mark.usefixtures("token")
def test_another_token_opens_nothing(session: Session, wrong: str) -> None:
    assert current_login(session, wrong, HALF_HOUR) is None


def test_a_token_opens_nothing_after_signing_out(session: Session, token: str) -> None:
    login = current_login(session, token, HALF_HOUR)
    assert login
    end_login(session, session.get_one(Login, login.login_id))
    session.commit()
    assert current_login(session, token, HALF_HOUR) is None


def test_signing_out_everywhere_ends_every_device_of_this_user_only(session: Session, bob: User) -> None:
    alice = User(username="alice", name="Alice", role="administrator", password_hash="")
    session.add(alice)
    session.flush()
    tokens = [start_login(session, bob, "Tablet"), start_login(session, bob, "Desk")]
    other = start_login(session, alice, "Desk")
    assert {login.device for login in open_logins(session, bob.id)} == {"Tablet", "Desk"}
    end_all_logins(session, bob.id)
    assert open_logins(session, bob.id) == []
    assert [current_login(session, token, HALF_HOUR) for token in tokens] == [None, None]
    assert current_login(session, other, HALF_HOUR)


def test_a_login_that_nobody_used_for_long_ends_for_good(
    session: Session, write: sessionmaker[Session], token: str, seen: Callable[[timedelta], None]
) -> None:
    seen(HALF_HOUR + timedelta(seconds=1))
    assert current_login(session, token, HALF_HOUR) is None
    session.commit()
    assert _stored(write).ended_at
    assert current_login(session, token, timedelta(days=365)) is None


def test_a_login_in_use_stays_open(session: Session, token: str, seen: Callable[[timedelta], None]) -> None:
    seen(HALF_HOUR - timedelta(seconds=5))
    assert current_login(session, token, HALF_HOUR)


def test_last_seen_is_written_at_most_once_a_minute(
    read: sessionmaker[Session], queries: list[str], token: str, seen: Callable[[timedelta], None]
) -> None:
    for ago, writes in ((timedelta(seconds=50), 0), (timedelta(seconds=70), 1)):
        seen(ago)
        queries.clear()
        with read() as reading:
            assert current_login(reading, token, HALF_HOUR)
        assert len([sent for sent in queries if sent.startswith("UPDATE")]) == writes


def test_a_page_that_only_reads_keeps_the_login_open_without_a_commit(
    read: sessionmaker[Session],
    write: sessionmaker[Session],
    token: str,
    seen: Callable[[timedelta], None],
) -> None:
    seen(timedelta(minutes=10))
    with read() as reading:
        assert current_login(reading, token, HALF_HOUR)
    assert now() - _stored(write).seen_at < timedelta(minutes=1)


def test_a_page_that_only_reads_ends_a_login_that_timed_out(
    read: sessionmaker[Session],
    write: sessionmaker[Session],
    token: str,
    seen: Callable[[timedelta], None],
) -> None:
    seen(timedelta(hours=1))
    with read() as reading:
        assert current_login(reading, token, HALF_HOUR) is None
    assert _stored(write).ended_at


def test_a_disabled_user_is_out_at_once(session: Session, token: str, bob: User) -> None:
    bob.disabled_at = now()
    session.commit()
    assert current_login(session, token, HALF_HOUR) is None


def test_signing_in_and_out_is_noted(session: Session, token: str, bob: User) -> None:
    login = current_login(session, token, HALF_HOUR)
    assert login
    end_login(session, session.get_one(Login, login.login_id))
    events = session.scalars(select(AuditEvent).order_by(AuditEvent.id)).all()
    assert [(e.action, e.user_id) for e in events] == [("sign_in", bob.id), ("sign_out", bob.id)]


def test_a_long_device_name_is_cut(session: Session, bob: User) -> None:
    start_login(session, bob, "Mozilla " * 100)
    session.commit()
    assert len(session.scalars(select(Login)).one().device) == 200
