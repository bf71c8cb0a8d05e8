"""What a clinic sets otherwise is on record row by row, and every process hears of it."""

from decimal import Decimal

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, sessionmaker

from clinic_app.domain.protocol import Inclusion
from clinic_app.records.audit import AuditEvent
from clinic_app.records.clinic import the_clinic
from clinic_app.records.refusal import Outdated
from clinic_app.records.setting import (
    FAVOURITES,
    Change,
    Setting,
    change_setting,
    history,
    own_settings,
    settings_now,
)
from clinic_app.records.user import User
from tests import people

LSI = "number.lsi_1"


def change(key: str, value: object, seen: int | None = None) -> Change:
    return Change(key, value, "agreed in the team", seen)


def test_a_number_comes_back_as_exact_as_it_was_set(session: Session, bob: User) -> None:
    change_setting(session, change("number.z_1", Decimal("-1.5")), bob)
    session.commit()
    session.expire_all()

    assert str(own_settings(settings_now(session).values()).numbers["z_1"]) == "-1.5"


def test_the_last_change_holds_and_the_ones_before_stay(session: Session, bob: User) -> None:
    for value in (Decimal(85), Decimal(88), None):
        change_setting(session, change(LSI, value), bob)

    assert [row.value for row in history(session, LSI)] == [None, Decimal(88), Decimal(85)]
    assert own_settings(settings_now(session).values()).numbers == {}


def test_protocols_and_favourites_are_read_back(session: Session, bob: User) -> None:
    change_setting(session, change("protocol.quick", [["review", "core"]]), bob)
    change_setting(session, change(FAVOURITES, ["clam"]), bob)
    session.commit()
    session.expire_all()

    own = own_settings(settings_now(session).values())
    assert own.protocols == {"quick": (("review", Inclusion.CORE),)}
    assert own.favourites == ("clam",)


def test_each_change_is_counted_on_the_clinics_row_and_is_in_the_audit(session: Session, bob: User) -> None:
    people.add_clinic(session)
    session.flush()
    before = the_clinic(session).content_revision

    row = change_setting(session, change(LSI, Decimal(85)), bob)
    session.commit()
    session.expire_all()

    assert the_clinic(session).content_revision == before + 1
    event = session.scalars(select(AuditEvent).filter_by(noun="setting")).one()
    assert (event.user_id, event.noun_id, event.detail) == (bob.id, row.id, {"key": LSI})


def test_a_change_without_a_reason_is_refused(session: Session, bob: User) -> None:
    with pytest.raises(ValueError, match="reason"):
        change_setting(session, Change(LSI, Decimal(85), "  "), bob)


def test_who_did_not_see_the_last_change_is_told(session: Session, bob: User) -> None:
    first = change_setting(session, change(LSI, Decimal(85), seen=0), bob)
    change_setting(session, change(LSI, Decimal(88), seen=first.id), bob)

    with pytest.raises(Outdated):
        change_setting(session, change(LSI, Decimal(80), seen=first.id), bob)
    assert session.scalar(select(func.count(Setting.id))) == 2


@pytest.mark.parametrize("statement", ["UPDATE setting SET reason = 'another'", "DELETE FROM setting"])
def test_what_was_set_is_never_written_over(
    write: sessionmaker[Session], session: Session, bob: User, statement: str
) -> None:
    change_setting(session, change(LSI, Decimal(85)), bob)
    session.commit()

    with write() as other, pytest.raises(DBAPIError, match="setting is frozen"):
        other.execute(text(statement))
