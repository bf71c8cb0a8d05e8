"""A programme is a draft until the therapist approves it."""

import threading
from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from clinic_app.records.audit import AuditEvent
from clinic_app.records.programme import (
    Agreed,
    Approval,
    Lines,
    Programme,
    approve,
    draft_programme,
    last_approved,
    newer_than,
    programme_for,
    programmes_of,
    save_lines,
)
from clinic_app.records.refusal import Outdated
from clinic_app.records.screening import Screening
from clinic_app.records.table import now
from clinic_app.records.user import User

LINE = {"exercise": "clam", "sets": 2, "reps": 12, "origin": "added", "reason": "she asked for it"}


@pytest.fixture
def programme(session: Session, draft: Screening, bob: User) -> Programme:
    """An empty draft."""
    made = draft_programme(session, draft, bob.id)
    session.commit()
    return made


def test_a_screening_has_one_draft(
    session: Session, draft: Screening, programme: Programme, bob: User
) -> None:
    assert draft_programme(session, draft, bob.id) is programme
    assert programme_for(session, draft.id) is programme


def test_a_screening_without_a_programme_has_none(session: Session, draft: Screening) -> None:
    assert programme_for(session, draft.id) is None


def test_lines_are_kept_in_their_order(session: Session, programme: Programme, bob: User) -> None:
    entered = Lines({"floor_ok": True}, [LINE, {**LINE, "exercise": "bridge"}], expected_revision=1)
    save_lines(session, programme, entered, bob.id)
    session.commit()
    session.refresh(programme)
    assert [line["exercise"] for line in programme.lines] == ["clam", "bridge"]
    assert programme.circumstances == {"floor_ok": True}
    assert programme.revision == 2


def test_lines_from_an_old_page_do_not_overwrite_newer_ones(
    session: Session, programme: Programme, bob: User
) -> None:
    save_lines(session, programme, Lines({}, [LINE], expected_revision=1), bob.id)
    for change in (
        lambda: save_lines(session, programme, Lines({}, [], expected_revision=1), bob.id),
        lambda: approve(session, programme, Approval({}, bob, now(), 1)),
    ):
        with pytest.raises(Outdated) as refused:
            change()
        assert refused.value.revision == 2
    assert programme.lines == [LINE]


def test_an_approved_programme_keeps_who_approved_it_and_all_that_its_handout_says(
    session: Session, programme: Programme, bob: User
) -> None:
    approve(session, programme, Approval({"lines": [LINE]}, bob, now(), 1))
    session.commit()
    session.refresh(programme)
    assert (programme.status, programme.approved_by) == ("approved", "Bob Lindqvist, PT, DPT (PT 2071)")
    assert programme.frozen == {"lines": [LINE]}
    assert programme.approved_at


def test_each_change_of_a_programme_is_noted(session: Session, programme: Programme, bob: User) -> None:
    save_lines(session, programme, Lines({}, [LINE], expected_revision=1), bob.id)
    approve(session, programme, Approval({}, bob, now(), 2))
    events = session.scalars(select(AuditEvent).filter_by(noun="programme").order_by(AuditEvent.id)).all()
    assert [(e.action, e.patient_id) for e in events] == [
        (action, programme.patient_id) for action in ("start", "save", "approve")
    ]


def test_two_who_start_at_once_share_one_draft(
    write: sessionmaker[Session], session: Session, draft: Screening, bob: User
) -> None:
    screening_id, user_id = draft.id, bob.id
    session.close()

    def begin() -> None:
        with write() as own:
            draft_programme(own, own.get_one(Screening, screening_id), user_id)
            own.commit()

    threads = [threading.Thread(target=begin) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert session.scalar(select(func.count()).select_from(Programme)) == 1


def test_the_goal_and_the_days_stay_until_they_are_set_anew(
    session: Session, programme: Programme, bob: User
) -> None:
    agreed = Agreed("Climb the stairs", date(2026, 9, 21), date(2026, 10, 19), date(2026, 11, 16))
    save_lines(session, programme, Lines({}, [LINE], 1, agreed), bob.id)
    save_lines(session, programme, Lines({}, [], 2), bob.id)
    session.commit()
    session.refresh(programme)
    assert (programme.goal, programme.start_on) == (agreed.goal, agreed.start_on)
    assert (programme.review_on, programme.retest_on) == (agreed.review_on, agreed.retest_on)


def test_the_last_approved_programme_is_found_and_its_goal_begins_the_next(
    session: Session, draft: Screening, programme: Programme, bob: User
) -> None:
    assert last_approved(session, draft.patient_id) is None
    agreed = Agreed("Climb the stairs", date(2026, 9, 21), date(2026, 10, 19), date(2026, 11, 16))
    save_lines(session, programme, Lines({}, [LINE], 1, agreed), bob.id)
    approve(session, programme, Approval({}, bob, now(), 2))
    following = draft_programme(session, draft, bob.id)
    session.commit()
    assert last_approved(session, draft.patient_id) is programme
    assert newer_than(session, programme) is None
    assert following.goal == "Climb the stairs"
    assert newer_than(session, following) is None
    approve(session, following, Approval({}, bob, now(), 1))
    assert newer_than(session, programme) is following
    assert programmes_of(session, draft.patient_id) == [following, programme]
