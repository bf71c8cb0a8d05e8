"""One test on one side is saved on its own: not twice, not over somebody else's, and never lost."""

import threading
from decimal import Decimal

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from clinic_app.domain.finding import Finding as Fact
from clinic_app.domain.finding import NotDoneReason, PainLimited, Status
from clinic_app.domain.protocol import Side
from clinic_app.records.audit import AuditEvent
from clinic_app.records.finding import Entry, Finding, Saved, finding_of, row_values, save_finding
from clinic_app.records.refusal import Conflict, NoScreening
from clinic_app.records.screening import Screening
from clinic_app.records.user import User

FOUR = Fact("mmt_hip_abduction", Side.RIGHT, values={"grade": "4"}, pain=2)
FIVE = Fact("mmt_hip_abduction", Side.RIGHT, values={"grade": "5"}, pain=0)

FACTS = (
    FOUR,
    Fact("mmt_hip_extension", Side.LEFT, Status.NOT_DONE, NotDoneReason.UNABLE_PAIN),
    Fact(
        "mmt_hip_abduction",
        Side.LEFT,
        pain_limited=PainLimited.UNSURE,
        compensations=("hip_flexion", "trunk"),
    ),
    Fact(
        "faber",
        Side.LEFT,
        values={"result": "positive", "familiar": True, "knee_to_bed_cm": Decimal("12.50")},
    ),
    Fact("resting_bp", values={"readings": ({"sbp": 128, "dbp": 76}, {"sbp": 126, "dbp": None})}),
    Fact(
        "sls_time",
        Side.LEFT,
        values={"trials_s": (Decimal("4"), Decimal("10.0"))},
        note="tired, äöü",
        timed=("trials_s",),
        confirmed=("trials_s",),
    ),
    Fact("trendelenburg_30s", Side.RIGHT, values={"result": "drop"}, opened_because="cleared by phone"),
    Fact("symptom_location", Side.RIGHT, values={"sites": ("lateral_hip", "groin")}),
    Fact("chair_stand_30s", values={}),
)


def _row(session: Session, item: str = "mmt_hip_abduction", side: str = "right") -> Finding:
    return session.scalars(
        select(Finding).filter_by(item=item, side=side).execution_options(populate_existing=True)
    ).one()


def test_a_finding_comes_back_as_it_was_entered(session: Session, draft: Screening, bob: User) -> None:
    for fact in FACTS:
        save_finding(session, Entry(draft.id, fact, bob.id))
    session.commit()
    session.expire_all()
    rows = session.scalars(select(Finding).order_by(Finding.id)).all()
    assert tuple(finding_of(row) for row in rows) == FACTS


def test_decimals_keep_their_kind_and_their_last_zero(session: Session, draft: Screening, bob: User) -> None:
    values = {"trials_s": (Decimal("4"), Decimal("10.0")), "count": 4, "grade": "4"}
    save_finding(session, Entry(draft.id, Fact("sls_time", Side.LEFT, values=values), bob.id))
    back = finding_of(_row(session, "sls_time", "left")).values
    assert repr(back) == repr(values)


def test_pain_that_was_not_recorded_is_not_zero(session: Session, draft: Screening, bob: User) -> None:
    save_finding(session, Entry(draft.id, Fact("faber", Side.LEFT), bob.id))
    save_finding(session, Entry(draft.id, Fact("faber", Side.RIGHT, pain=0), bob.id))
    assert finding_of(_row(session, "faber", "left")).pain is None
    assert finding_of(_row(session, "faber", "right")).pain == 0


def test_each_save_is_one_revision_one_audit_event_and_marks_the_screening(
    session: Session, draft: Screening, bob: User
) -> None:
    started = draft.touched_at
    assert save_finding(session, Entry(draft.id, FOUR, bob.id, number=4.0)) == Saved(1)
    assert save_finding(session, Entry(draft.id, FIVE, bob.id, expected_revision=1)) == Saved(2)
    row = _row(session)
    assert (row.revision, row.saved_by_id, row.number) == (2, bob.id, None)
    session.refresh(draft)
    assert draft.touched_at > started
    events = session.scalars(select(AuditEvent).filter_by(noun="finding").order_by(AuditEvent.id)).all()
    assert [(e.action, e.noun_id, e.patient_id, e.user_id) for e in events] == [
        ("save", row.id, draft.patient_id, bob.id)
    ] * 2
    assert events[1].detail == {"item": "mmt_hip_abduction", "side": "right", "revision": 2}


def test_both_sides_are_saved_apart(session: Session, draft: Screening, bob: User) -> None:
    save_finding(session, Entry(draft.id, FOUR, bob.id))
    left = Fact("mmt_hip_abduction", Side.LEFT, values={"grade": "5"})
    assert save_finding(session, Entry(draft.id, left, bob.id)) == Saved(1)
    assert finding_of(_row(session)) == FOUR


@pytest.mark.parametrize("expected", [None, 0, 1, 3])
def test_a_save_from_an_old_page_does_not_overwrite_a_newer_one(
    session: Session, draft: Screening, bob: User, expected: int | None
) -> None:
    save_finding(session, Entry(draft.id, FIVE, bob.id))
    save_finding(session, Entry(draft.id, FOUR, bob.id, expected_revision=1))
    session.commit()
    with pytest.raises(Conflict) as refused:
        save_finding(session, Entry(draft.id, FIVE, bob.id, expected_revision=expected, key="tablet-9"))
    session.rollback()
    assert (refused.value.current, refused.value.revision) == (FOUR, 2)
    assert refused.value.saved_by == bob.name
    assert refused.value.saved_at.tzinfo
    assert finding_of(_row(session)) == FOUR
    assert session.scalar(select(func.count()).select_from(AuditEvent).filter_by(noun="finding")) == 2


def test_a_retry_with_the_same_key_is_answered_and_not_saved_again(
    session: Session, draft: Screening, bob: User
) -> None:
    first = Entry(draft.id, FOUR, bob.id, key="tablet-1")
    assert save_finding(session, first) == Saved(1)
    assert save_finding(session, first) == Saved(1, replayed=True)
    second = Entry(draft.id, FIVE, bob.id, expected_revision=1, key="tablet-2")
    assert save_finding(session, second) == Saved(2)
    assert save_finding(session, second) == Saved(2, replayed=True)
    assert session.scalar(select(func.count()).select_from(AuditEvent).filter_by(noun="finding")) == 2


def test_the_key_is_looked_at_before_the_revision(session: Session, draft: Screening, bob: User) -> None:
    save_finding(session, Entry(draft.id, FOUR, bob.id, key="tablet-1"))
    again = Entry(draft.id, FOUR, bob.id, expected_revision=1, key="tablet-1")
    assert save_finding(session, again) == Saved(1, replayed=True)


def test_saves_without_a_key_are_no_retries_of_each_other(
    session: Session, draft: Screening, bob: User
) -> None:
    save_finding(session, Entry(draft.id, FOUR, bob.id))
    assert save_finding(session, Entry(draft.id, FOUR, bob.id, expected_revision=1)) == Saved(2)
    with pytest.raises(Conflict):
        save_finding(session, Entry(draft.id, FOUR, bob.id))


def test_a_screening_that_does_not_exist_takes_no_finding(session: Session, bob: User) -> None:
    with pytest.raises(NoScreening):
        save_finding(session, Entry(77, FOUR, bob.id))


def test_a_save_that_fails_leaves_no_audit_event(session: Session, draft: Screening) -> None:
    with pytest.raises(IntegrityError):
        save_finding(session, Entry(draft.id, FOUR, user_id=4711))
    session.rollback()
    assert session.scalar(select(func.count()).select_from(Finding)) == 0
    assert session.scalar(select(func.count()).select_from(AuditEvent).filter_by(noun="finding")) == 0


def test_a_save_takes_three_statements(
    session: Session, draft: Screening, bob: User, queries: list[str]
) -> None:
    save_finding(session, Entry(draft.id, FOUR, bob.id))
    assert len([sent for sent in queries if not sent.startswith("BEGIN")]) == 3


def test_four_devices_that_save_at_once_lose_nothing(
    write: sessionmaker[Session], session: Session, draft: Screening, bob: User
) -> None:
    """Four threads save 30 times each to one finding, reading the revision first."""
    screening_id, user_id = draft.id, bob.id
    session.close()
    errors: list[Exception] = []

    def save(device: int) -> None:
        try:
            for turn in range(30):
                _save_until_it_fits(write, Entry(screening_id, FOUR, user_id, key=f"{device}-{turn}"))
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=save, args=(device,)) for device in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert _row(session).revision == 120
    assert session.scalar(select(func.count()).select_from(AuditEvent).filter_by(noun="finding")) == 120


def _save_until_it_fits(write: sessionmaker[Session], entry: Entry) -> None:
    expected: int | None = None
    while True:
        with write() as session:
            try:
                save_finding(session, Entry(**{**vars(entry), "expected_revision": expected}))
                session.commit()
            except Conflict as conflict:
                expected = conflict.revision
            else:
                return


def test_the_columns_of_a_finding_are_those_of_its_row() -> None:
    assert row_values(FOUR).keys() <= set(Finding.__table__.c.keys())
