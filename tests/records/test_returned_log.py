"""The log that came back: each author's words are their own, and not written is not zero."""

from typing import Any

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from clinic_app.domain.log_week import LogEntry, LogWeek, standing
from clinic_app.records.audit import AuditEvent
from clinic_app.records.programme import Approval, Programme, approve, draft_programme
from clinic_app.records.refusal import NotApproved, Outdated
from clinic_app.records.returned_log import (
    Author,
    ReturnedLog,
    Written,
    entries_of,
    last_log,
    log_of,
    logs_of,
    revision_of,
    save_log,
)
from clinic_app.records.screening import Screening
from clinic_app.records.table import now
from clinic_app.records.user import User

THEM = Author()


@pytest.fixture
def programme(session: Session, draft: Screening, bob: User) -> Programme:
    """An approved programme."""
    made = draft_programme(session, draft, bob.id)
    approve(session, made, Approval({"lines": []}, bob, now(), 1))
    session.commit()
    return made


def entry(week: int, *facts: int | None, comment: str = "", exercise: str = "") -> LogEntry:
    return LogEntry(LogWeek(week, *facts), exercise, comment)


def save(session: Session, programme: Programme, author: Author, *entries: LogEntry) -> int:
    """Save on a page that was made just now."""
    revision = revision_of(log_of(session, programme.id), author)
    saved = save_log(session, programme, Written(entries, revision), author)
    session.commit()
    return saved


def test_not_written_is_not_zero(session: Session, programme: Programme, bob: User) -> None:
    saved = save(session, programme, Author(bob), entry(1, 0, None, None), entry(2), entry(3, 5, 0, 0))
    assert saved == 2
    rows = log_of(session, programme.id)
    assert [(row.week, row.days_done, row.pain, row.pain_next_morning) for row in rows] == [
        (1, 0, None, None),
        (3, 5, 0, 0),
    ]
    assert rows[0].entered_by == "Bob Lindqvist, PT, DPT (PT 2071)"


def test_the_patients_words_stay_theirs_when_a_therapist_corrects_the_numbers(
    session: Session, programme: Programme, bob: User
) -> None:
    save(session, programme, THEM, entry(1, 5, 9, 1, comment="It hurt on the stairs"))
    save(session, programme, Author(bob), entry(1, 5, 6, 1))

    theirs, ours = log_of(session, programme.id)

    assert (theirs.author, theirs.pain, theirs.comment) == ("patient", 9, "It hurt on the stairs")
    assert (theirs.entered_by_id, ours.author, ours.pain, ours.comment) == (None, "user", 6, "")
    held = standing(entries_of((theirs, ours)), 1)
    assert held is not None
    assert held.facts.pain == 6


def test_looking_and_saving_unchanged_writes_nothing(
    session: Session, programme: Programme, bob: User
) -> None:
    save(session, programme, THEM, entry(1, 5, 2, 1, comment="Fine"))
    assert save(session, programme, Author(bob), entry(1, 5, 2, 1)) == 0
    assert len(log_of(session, programme.id)) == 1


def test_a_log_from_an_old_page_overwrites_nothing(session: Session, programme: Programme, bob: User) -> None:
    save(session, programme, Author(bob), entry(1, 5, 2, 1))
    with pytest.raises(Outdated) as refused:
        save_log(session, programme, Written((entry(1, 3, 3, 3),), 0), Author(bob))
    assert refused.value.revision == 1
    session.rollback()
    assert log_of(session, programme.id)[0].days_done == 5


def test_what_the_patient_sends_meanwhile_is_not_corrected_unseen(
    session: Session, programme: Programme, bob: User
) -> None:
    seen = revision_of(log_of(session, programme.id), Author(bob))
    save(session, programme, THEM, entry(1, 5, 9, 1))
    with pytest.raises(Outdated):
        save_log(session, programme, Written((entry(1, 5, 2, 1),), seen), Author(bob))


def test_the_patient_is_not_stopped_by_what_only_the_clinic_sees(
    session: Session, programme: Programme, bob: User
) -> None:
    save(session, programme, THEM, entry(1, 5, 9, 1))
    save(session, programme, Author(bob), entry(1, 5, 6, 1))
    assert save_log(session, programme, Written((entry(1, 5, 8, 1),), 1), THEM) == 1


def test_a_programme_that_nobody_does_yet_has_no_log(session: Session, draft: Screening, bob: User) -> None:
    with pytest.raises(NotApproved):
        save_log(session, draft_programme(session, draft, bob.id), Written((entry(1, 5),), 0), Author(bob))


def test_each_save_is_noted_without_what_was_written(
    session: Session, programme: Programme, bob: User
) -> None:
    save(session, programme, THEM, entry(1, 5, 9, 1, comment="Stairs"))
    save(session, programme, Author(bob), entry(1, 4, 9, 1), entry(2, 3, 0, 0, exercise="clam"))
    events = session.scalars(select(AuditEvent).filter_by(noun="returned_log").order_by(AuditEvent.id)).all()
    assert [(e.user_id, e.patient_id, e.detail["week"], e.detail["author"]) for e in events] == [
        (None, programme.patient_id, 1, "patient"),
        (bob.id, programme.patient_id, 1, "user"),
        (bob.id, programme.patient_id, 2, "user"),
    ]
    assert events[0].detail.keys() == {"programme", "week", "exercise", "author", "revision"}


@pytest.mark.parametrize(
    "change", ["days_done = 8", "pain = 11", "pain_next_morning = -1", "author = 'user'"]
)
def test_the_database_refuses_what_cannot_be(
    engine: Engine, session: Session, programme: Programme, change: str
) -> None:
    save(session, programme, THEM, entry(1, 5, 2, 1))
    with pytest.raises(DBAPIError), engine.begin() as connection:
        connection.execute(text(f"UPDATE returned_log SET {change}"))  # noqa: S608


def test_the_logs_of_a_patient_are_read_in_two_queries(
    session: Session, programme: Programme, draft: Screening, bob: User, queries: list[str]
) -> None:
    later = draft_programme(session, draft, bob.id)
    save(session, programme, THEM, entry(1, 5, 2, 1))
    found = last_log(session, programme.patient_id, later.id)
    assert found is not None
    assert (found.programme.id, len(found.rows)) == (programme.id, 1)
    assert last_log(session, programme.patient_id, programme.id) is None
    queries.clear()
    logs = logs_of(session, programme.patient_id)
    assert [(one.programme.id, len(one.rows)) for one in logs] == [(programme.id, 1)]
    assert len([one for one in queries if one.startswith("SELECT")]) == 2


def test_two_rows_of_one_author_cannot_stand_for_one_week(session: Session, programme: Programme) -> None:
    same: dict[str, Any] = {"programme_id": programme.id, "week": 1, "author": "patient"}
    session.add_all([ReturnedLog(**same), ReturnedLog(**same)])
    with pytest.raises(DBAPIError):
        session.flush()
