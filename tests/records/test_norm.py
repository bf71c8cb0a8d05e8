"""A reference table counts only after a second person compared it with the paper."""

import threading
from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from clinic_app.domain.reference import NormUnit, NormUse
from clinic_app.domain.screening import Sex
from clinic_app.records.audit import AuditEvent
from clinic_app.records.norm import (
    NormEntry,
    NormRecord,
    all_norms,
    check_norm,
    enter_norm,
    retire_norm,
)
from clinic_app.records.norm_tables import own_norms
from clinic_app.records.password import DUMMY_HASH
from clinic_app.records.refusal import AlreadyEntered, NoLongerInUse, SamePerson, UnlikeTable
from clinic_app.records.user import User
from tests import people

WOMEN = NormEntry(
    table_id="PASCO-ABD",
    source="A paper of 2020",
    item="hhd_abduction",
    age_min=20,
    age_max=29,
    mean=Decimal("15.10"),
    sd=Decimal("3.2"),
    unit="kilogram_force",
    position="supine",
    method="make",
    aggregate="greatest of 3",
    population="Adults of one town",
    n=52,
    page="7, table 2",
    sex="female",
    pad_site="ankle",
)
MEN = replace(WOMEN, sex="male", mean=Decimal("21.0"), n=48, page="8, table 3")


@pytest.fixture
def alice(session: Session) -> User:
    """The administrator Alice, on record."""
    user = User(username="alice", name=people.ALICE.name, role="administrator", password_hash=DUMMY_HASH)
    session.add(user)
    session.commit()
    return user


@pytest.fixture
def women(session: Session, bob: User) -> NormRecord:
    """Bob entered a row."""
    row = enter_norm(session, WOMEN, bob)
    session.commit()
    return row


def test_a_row_waits_until_somebody_else_has_checked_it(
    session: Session, women: NormRecord, bob: User, alice: User
) -> None:
    [waiting] = own_norms(session)
    assert (waiting.usable, waiting.entered_by) == (False, "Bob Lindqvist, PT, DPT (PT 2071)")
    with pytest.raises(SamePerson):
        check_norm(session, women, bob)
    check_norm(session, women, alice)
    session.commit()
    [norm] = own_norms(session)
    assert (norm.usable, norm.checked_by) == (True, "Alice Nakamura")


def test_the_database_itself_refuses_that_one_person_does_both(
    session: Session, women: NormRecord, bob: User
) -> None:
    women.checked_by_id = bob.id
    with pytest.raises(IntegrityError):
        session.flush()


def test_the_rows_of_one_table_are_one_norm(
    session: Session, women: NormRecord, bob: User, alice: User
) -> None:
    for row in (women, enter_norm(session, MEN, bob)):
        check_norm(session, row, alice)
    session.commit()
    session.expire_all()
    [norm] = own_norms(session)
    assert (norm.id, norm.items, norm.use, norm.own) == ("PASCO-ABD", ("hhd_abduction",), NormUse.Z, True)
    assert (norm.unit, norm.n, norm.pad) == (NormUnit.KILOGRAM_FORCE, 100, "ankle")
    assert norm.page == "7, table 2; 8, table 3"
    assert norm.expected(25, Sex.FEMALE) == (Decimal("15.10"), Decimal("3.2"))
    assert norm.expected(25, Sex.MALE) == (Decimal("21.0"), Decimal("3.2"))
    assert str(norm.rows[0].mean) == "15.10"


def test_a_row_that_is_not_checked_is_left_out_of_a_table_in_use(
    session: Session, women: NormRecord, bob: User, alice: User
) -> None:
    check_norm(session, women, alice)
    enter_norm(session, MEN, bob)
    [norm] = own_norms(session)
    assert [row.sex for row in norm.rows] == [Sex.FEMALE]


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({}, True),
        ({"mean": Decimal(16)}, True),
        ({"age_min": 29, "age_max": 39}, True),
        ({"sex": ""}, True),
        ({"age_min": 30, "age_max": 39}, False),
        ({"sex": "male"}, False),
        ({"table_id": "ANOTHER"}, False),
    ],
)
def test_values_for_the_same_ages_are_entered_once(
    session: Session, bob: User, changes: dict[str, object], refused: bool
) -> None:
    enter_norm(session, WOMEN, bob)
    entry = replace(WOMEN, **changes)
    if refused:
        with pytest.raises(AlreadyEntered) as told:
            enter_norm(session, entry, bob)
        assert (told.value.age_min, told.value.age_max) == (20, 29)
    assert len(all_norms(session)) == 1
    if not refused:
        enter_norm(session, entry, bob)
        assert len(all_norms(session)) == 2


def test_two_ways_of_measuring_do_not_make_one_table(session: Session, bob: User) -> None:
    enter_norm(session, WOMEN, bob)
    with pytest.raises(UnlikeTable) as told:
        enter_norm(session, replace(MEN, method="break"), bob)
    assert (told.value.key, told.value.held) == ("method", "make")


def test_a_retired_row_is_kept_and_not_used_and_may_be_entered_anew(
    session: Session, women: NormRecord, bob: User, alice: User
) -> None:
    check_norm(session, women, alice)
    retire_norm(session, women, bob)
    retire_norm(session, women, alice)
    session.commit()
    assert own_norms(session) == ()
    assert (women.retired_by_id, women.checked_by) == (bob.id, "Alice Nakamura")
    again = enter_norm(session, replace(WOMEN, mean=Decimal(16)), bob)
    retire_norm(session, again, bob)
    with pytest.raises(NoLongerInUse):
        check_norm(session, again, alice)
    assert len(all_norms(session)) == 2


def test_every_change_and_nothing_else_tells_the_other_processes(
    session: Session, bob: User, alice: User
) -> None:
    clinic = people.add_clinic(session)
    session.flush()

    def revision() -> int:
        session.refresh(clinic)
        return clinic.content_revision

    seen = [revision()]
    row = enter_norm(session, WOMEN, bob)
    for change in (check_norm, check_norm, retire_norm, retire_norm):
        seen.append(revision())
        change(session, row, alice)
    assert [*seen, revision()] == [0, 1, 2, 2, 3, 3]


def test_who_did_what_is_on_record(session: Session, women: NormRecord, bob: User, alice: User) -> None:
    check_norm(session, women, alice)
    retire_norm(session, women, bob)
    events = session.scalars(select(AuditEvent).filter_by(noun="norm").order_by(AuditEvent.id)).all()
    assert [(e.action, e.user_id, e.noun_id) for e in events] == [
        ("enter", bob.id, women.id),
        ("check", alice.id, women.id),
        ("retire", bob.id, women.id),
    ]
    assert events[0].detail == {"table": "PASCO-ABD"}


def test_of_two_who_enter_the_same_row_at_once_one_is_refused(
    write: sessionmaker[Session], session: Session, bob: User
) -> None:
    people.add_clinic(session)
    session.commit()
    number, done, refused = bob.id, [], []

    def enter() -> None:
        with write() as own:
            try:
                done.append(enter_norm(own, WOMEN, own.get_one(User, number)).id)
                own.commit()
            except AlreadyEntered as refusal:
                refused.append(refusal)

    threads = [threading.Thread(target=enter) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(done), len(refused)) == (1, 2)
