"""The database keeps its promises: durable, linked, patient when busy, and never blocking who only reads."""

import threading
import time

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from clinic_app.records.patient import Patient
from clinic_app.records.screening import Screening
from clinic_app.records.user import User
from tests import people


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 5000)],
)
def test_sqlite_is_set_as_it_should_be(engine: Engine, pragma: str, value: object) -> None:
    with engine.connect() as connection:
        assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value


def test_a_row_cannot_refer_to_one_that_is_not_there(session: Session, draft: Screening) -> None:
    draft.patient_id = 4711
    with pytest.raises(IntegrityError):
        session.flush()


def test_a_page_is_read_while_somebody_saves(
    read: sessionmaker[Session], session: Session, marisol: Patient
) -> None:
    marisol.phone = "555 0199"
    session.flush()
    began = time.perf_counter()
    with read() as reading:
        assert reading.get_one(Patient, marisol.id).phone == ""
    assert time.perf_counter() - began < 1


def test_a_second_writer_waits_for_the_first(write: sessionmaker[Session], bob: User) -> None:
    """Both read the licence before they write it; neither change is lost."""
    user_id = bob.id

    def lengthen() -> None:
        for _ in range(10):
            with write() as own:
                user = own.get_one(User, user_id, with_for_update=True)
                user.licence += "x"
                own.commit()

    bob_licence = len(bob.licence)
    threads = [threading.Thread(target=lengthen) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with write() as own:
        assert len(own.get_one(User, user_id).licence) == bob_licence + 40


def test_rows_stay_readable_after_a_commit_and_a_close(write: sessionmaker[Session]) -> None:
    with write() as own:
        patient = people.add_patient(own)
        own.commit()
    assert patient.full_name == "Duarte, Marisol"


def test_moments_are_read_back_in_utc(session: Session, marisol: Patient) -> None:
    session.refresh(marisol)
    assert str(marisol.created_at.tzinfo) == "UTC"


def test_text_of_any_language_and_hostile_text_is_only_text(session: Session) -> None:
    name = "Nguyễn 李 'O\"; DROP TABLE patient; --"
    people.add_patient(session, family_name=name)
    session.commit()
    assert session.scalar(select(Patient.family_name)) == name
    assert session.scalar(text("SELECT count(*) FROM patient")) == 1
