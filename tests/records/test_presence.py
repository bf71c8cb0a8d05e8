"""Who has a screening open: seen by the others while it lasts, and by nobody soon after."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session, sessionmaker

from clinic_app.domain import finding as domain
from clinic_app.domain.protocol import Side
from clinic_app.records.finding import Entry, save_finding
from clinic_app.records.login import Login, end_login, start_login
from clinic_app.records.presence import ALIVE, Presence, leave, others, saves_of, say_present
from clinic_app.records.screening import Screening
from clinic_app.records.table import now
from clinic_app.records.user import User


@pytest.fixture
def logins(session: Session, bob: User) -> list[int]:
    """Bob on a desk, and on a tablet that has a name."""
    start_login(session, bob, "Desk")
    start_login(session, bob, "Safari/ iPad", "Clinic tablet 2")
    session.commit()
    return list(session.scalars(select(Login.id).order_by(Login.id)))


def test_another_device_and_another_tab_are_seen_until_they_leave_or_fall_silent(
    session: Session, write: sessionmaker[Session], draft: Screening, logins: list[int]
) -> None:
    desk, tablet = logins
    for login, tab, step in ((desk, "a", "sls_time"), (desk, "b", "review"), (tablet, "c", "step_down")):
        assert say_present(session, login, tab, draft.id, step)
        session.commit()

    with write() as on_tablet:
        seen = others(on_tablet, tablet, "c", draft.id)
        assert [(one.name, one.device, one.step) for one in seen] == [
            ("Bob Lindqvist", "Desk", "sls_time"),
            ("Bob Lindqvist", "Desk", "review"),
        ]
    here = others(session, desk, "a", draft.id)
    assert [(one.device_name, one.step) for one in here] == [("", "review"), ("Clinic tablet 2", "step_down")]

    say_present(session, desk, "b", draft.id, "sls_time")
    leave(session, tablet, "c", "step_down")
    leave(session, desk, "b", "review")
    assert [one.step for one in others(session, desk, "a", draft.id)] == ["sls_time"]

    session.execute(update(Presence).values(seen_at=now() - ALIVE - timedelta(seconds=1)))
    assert others(session, desk, "a", draft.id) == []
    say_present(session, desk, "a", draft.id, "sls_time")
    assert len(session.scalars(select(Presence)).all()) == 1


def test_a_device_that_was_signed_out_is_not_seen_and_no_screening_is_made_up(
    session: Session, draft: Screening, logins: list[int]
) -> None:
    desk, tablet = logins
    say_present(session, tablet, "c", draft.id, "sls_time")
    end_login(session, session.get_one(Login, tablet))

    assert others(session, desk, "a", draft.id) == []
    assert not say_present(session, desk, "a", draft.id + 1, "sls_time")


def test_every_save_of_a_finding_is_counted(session: Session, draft: Screening, bob: User) -> None:
    counts = [saves_of(session, draft.id)]
    for item, revision in (("sls_time", None), ("sls_time", 1), ("step_down", None)):
        save_finding(session, Entry(draft.id, domain.Finding(item, Side.LEFT), bob.id, revision))
        counts.append(saves_of(session, draft.id))

    assert counts == [0, 1, 2, 3]
