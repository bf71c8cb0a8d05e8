"""What is signed, stopped, approved, printed, given or noted in the audit stays, whoever asks and however."""

from typing import Any

import pytest
from sqlalchemy import Engine, Executable, insert, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from clinic_app.domain.finding import Finding as Fact
from clinic_app.domain.protocol import Side
from clinic_app.records import audit
from clinic_app.records.decision import Decision, Subject, decide, undo_decision
from clinic_app.records.document import Document, Edition, Printed, store_document
from clinic_app.records.finding import Entry, Finding, save_finding
from clinic_app.records.giving import Giving, Handing, give
from clinic_app.records.programme import (
    Approval,
    Lines,
    Programme,
    approve,
    draft_programme,
    programme_for,
    save_lines,
)
from clinic_app.records.refusal import Frozen
from clinic_app.records.screening import Screening, Signing, sign_screening, start_screening, stop_screening
from clinic_app.records.table import now
from clinic_app.records.user import User

TABLES = [
    noun.__table__ for noun in (Screening, Finding, Decision, Programme, Document, Giving, audit.AuditEvent)
]
STATEMENTS = (
    "UPDATE screening SET impression = 'all well'",
    "UPDATE screening SET status = 'draft'",
    "UPDATE screening SET report = '{}'",
    "DELETE FROM screening",
    """UPDATE finding SET "values" = '{"grade": "5"}'""",
    "UPDATE finding SET note = 'changed'",
    "DELETE FROM finding",
    "UPDATE decision SET reason = 'another'",
    "DELETE FROM decision",
    "UPDATE programme SET lines = '[]'",
    "UPDATE programme SET status = 'draft'",
    "DELETE FROM programme",
    "UPDATE document SET pages = 3",
    "DELETE FROM document",
    "UPDATE giving SET taught_back = true",
    "UPDATE giving SET taken_back_why = 'wrong'",
    "UPDATE giving SET taken_back_at = noted_at, taken_back_by_id = given_by_id",
    "UPDATE giving SET taken_back_at = noted_at, taken_back_by_id = given_by_id, taken_back_why = 'wrong', "
    "given_on = '2020-01-01'",
    "DELETE FROM giving",
    "UPDATE audit_event SET user_id = NULL",
    "DELETE FROM audit_event",
)
GRADE = Fact("mmt_hip_abduction", Side.RIGHT, values={"grade": "4"})
SIGNING = Signing({"headline": "Right"}, "f" * 64, "v1", "Bob Lindqvist, PT", user_id=1, at=now())


@pytest.fixture(params=[sign_screening, stop_screening])
def ended(request: pytest.FixtureRequest, session: Session, draft: Screening, bob: User) -> Screening:
    """A screening with a finding, a decision, a programme and a document, signed or stopped."""
    save_finding(session, Entry(draft.id, GRADE, bob.id))
    decide(session, Subject(draft.id, "class", "abductors", "right"), "poor effort", bob, "possible")
    request.param(session, draft, SIGNING)
    programme = draft_programme(session, draft, bob.id)
    approve(session, programme, Approval({"lines": []}, bob, now(), 1))
    edition = Edition(draft.id, "summary", "A4", "en", "normal", "a" * 64)
    document = store_document(session, edition, Printed(b"%PDF-", 2), bob.id)
    give(session, document, Handing(draft.taken_on, bob.id, bob.signature))
    session.commit()
    return draft


@pytest.fixture
def other(session: Session, ended: Screening, bob: User) -> Screening:
    """Another screening of the same patient, still a draft."""
    return start_screening(session, ended.patient_id, "quick", ended.taken_on, bob.id)


def test_the_statement_that_signs_works_and_keeps_the_report(session: Session, ended: Screening) -> None:
    session.expire_all()
    row = session.get_one(Screening, ended.id)
    assert row.status in {"signed", "stopped"}
    assert row.report == {"headline": "Right"}
    assert (row.report_sha256, row.content_version, row.signature) == ("f" * 64, "v1", "Bob Lindqvist, PT")


def test_no_statement_changes_what_is_frozen(engine: Engine, ended: Screening) -> None:
    before = _everything(engine)
    assert all(before.values())
    for statement in STATEMENTS:
        _refused(engine, text(statement))
    new_finding = {"item": "faber", "side": "left", "saved_by_id": ended.started_by_id}
    _refused(engine, insert(Finding).values(screening_id=ended.id, **new_finding))
    new_decision = {
        "kind": "class",
        "subject": "extensors",
        "reason": "late",
        "made_by": "Bob",
        "made_by_id": 1,
    }
    _refused(engine, insert(Decision).values(screening_id=ended.id, **new_decision))
    assert _everything(engine) == before


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # PostgreSQL has no REPLACE
@pytest.mark.usefixtures("ended")
def test_a_frozen_row_is_not_overwritten_by_a_new_one(engine: Engine) -> None:
    before = _everything(engine)
    for table in TABLES:
        _refused(engine, insert(table).prefix_with("OR REPLACE").from_select(table.c.keys(), select(table)))
    assert _everything(engine) == before


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_draft_cannot_take_the_place_of_a_frozen_row(
    engine: Engine, session: Session, ended: Screening, other: Screening, bob: User
) -> None:
    save_finding(session, Entry(other.id, GRADE, bob.id))
    decide(session, Subject(other.id, "class", "abductors", "right"), "poor effort", bob)
    draft_programme(session, other, bob.id)
    session.commit()
    assert (ended.id, other.id) == (1, 2)
    for noun in (Screening, Finding, Decision, Programme):
        _refused(engine, update(noun).prefix_with("OR REPLACE").where(noun.id == 2).values(id=1))


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)  # SQLite has no TRUNCATE
@pytest.mark.usefixtures("ended")
def test_a_table_with_frozen_rows_is_not_emptied_at_once(engine: Engine) -> None:
    for table in TABLES:
        _refused(engine, text(f"TRUNCATE {table.name} CASCADE"))


def test_a_finding_is_not_moved_into_or_out_of_a_signed_screening(
    engine: Engine, session: Session, ended: Screening, other: Screening, bob: User
) -> None:
    save_finding(session, Entry(other.id, Fact("faber", Side.LEFT), bob.id))
    session.commit()
    for here, there in ((ended.id, other.id), (other.id, ended.id)):
        _refused(engine, update(Finding).where(Finding.screening_id == here).values(screening_id=there))


def test_our_own_changes_of_a_signed_screening_are_refused_by_name(
    session: Session, ended: Screening, bob: User
) -> None:
    subject = Subject(ended.id, "class", "abductors", "right")
    for change in (
        lambda: save_finding(session, Entry(ended.id, GRADE, bob.id, expected_revision=1)),
        lambda: decide(session, subject, "changed my mind", bob),
        lambda: undo_decision(session, subject, bob.id),
        lambda: sign_screening(session, ended, SIGNING),
        lambda: stop_screening(session, ended, SIGNING),
    ):
        with pytest.raises(Frozen):
            change()
        session.rollback()


def test_an_approved_programme_takes_no_more_lines(session: Session, ended: Screening, bob: User) -> None:
    programme = programme_for(session, ended.id)
    assert programme
    with pytest.raises(Frozen):
        save_lines(session, programme, Lines({}, ["clam"], expected_revision=1), bob.id)


def test_after_approval_a_new_programme_starts_beside_the_old_one(
    session: Session, ended: Screening, bob: User
) -> None:
    approved = programme_for(session, ended.id)
    started = draft_programme(session, ended, bob.id)
    assert approved
    assert started.id != approved.id
    assert programme_for(session, ended.id) is started


def test_a_draft_may_be_changed_and_its_findings_and_decisions_too(
    engine: Engine, session: Session, draft: Screening, bob: User
) -> None:
    save_finding(session, Entry(draft.id, GRADE, bob.id))
    decide(session, Subject(draft.id, "class", "abductors", "right"), "poor effort", bob)
    session.commit()
    with engine.begin() as connection:
        for statement in (
            "UPDATE screening SET impression = 'tired'",
            "UPDATE finding SET note = 'tired'",
            "DELETE FROM finding",
            "DELETE FROM decision",
        ):
            connection.execute(text(statement))
    assert session.scalars(select(Finding)).all() == []
    assert session.scalars(select(Decision)).all() == []


def test_an_audit_event_may_still_be_added(session: Session, ended: Screening) -> None:
    audit.record(session, user_id=None, action="read", noun="screening", noun_id=ended.id)
    session.commit()


def _refused(engine: Engine, statement: Executable) -> None:
    with pytest.raises(DBAPIError, match="frozen"), engine.begin() as connection:
        connection.execute(statement)


def _everything(engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    with engine.connect() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(table.c.id))]
            for table in TABLES
        }
