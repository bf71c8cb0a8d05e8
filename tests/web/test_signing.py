"""Signing keeps the record as it is."""

from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from clinic_app.exchange.report_json import sha256_of
from clinic_app.records.screening import Screening
from tests import people
from tests.at_table import ABDUCTION, AtTable


@pytest.fixture
def complete(table: AtTable) -> AtTable:
    """Everything that the quick screen asks is recorded, for E02 of the worked examples."""
    return table.safe().enter()


def test_signing_stores_the_report_with_its_seal_and_versions(complete: AtTable, session: Session) -> None:
    answer = complete.sign(impression="Right abductor weakness", reason="Knee pain when running")
    assert answer.status_code == 303
    assert answer.location.endswith(f"/screenings/{complete.id}")
    row = session.get_one(Screening, complete.id)
    assert row.status == "signed"
    assert row.signature == people.BOB.name + ", PT, DPT (PT 2071)"
    assert row.report
    assert sha256_of(row.report) == row.report_sha256
    assert row.content_version == row.report["content_version"]
    assert row.report["rule_versions"]["MMT-A2"]
    assert row.impression == "Right abductor weakness"


def test_the_signed_record_is_read_from_what_was_signed(complete: AtTable) -> None:
    complete.sign(impression="Right abductor weakness")
    page = complete.get("").text
    assert "Right hip abductors: likely weak" in page
    assert "Signed and locked" in page
    assert "Bob Lindqvist, PT, DPT (PT 2071)" in page
    assert "Right abductor weakness" in page
    assert "Raised, then drops, 12.0 s, pain 0/10" in page


def test_a_wrong_password_signs_nothing(complete: AtTable, session: Session) -> None:
    answer = complete.sign(password="not the password", impression="Kept")
    assert answer.status_code == 422
    assert "This is not your password" in answer.text
    assert "Kept" in answer.text
    assert session.get_one(Screening, complete.id).status == "draft"


def test_wrong_passwords_are_slowed_as_at_the_sign_in(complete: AtTable) -> None:
    for _try in range(6):
        answer = complete.sign(password="not the password")
    assert "Too many wrong passwords" in answer.text


def test_signing_with_something_missing_needs_a_named_acknowledgement(
    table: AtTable, session: Session
) -> None:
    table.safe().done(ABDUCTION, "right", {"grade": "5"})
    refused = table.sign()
    assert refused.status_code == 422
    assert "Say that you sign with something missing" in refused.text
    assert "Hip abduction, manual grade, left" in refused.text
    assert session.get_one(Screening, table.id).status == "draft"
    assert table.sign(acknowledged="y").status_code == 303


def test_a_screening_with_unanswered_safety_questions_cannot_be_signed(
    table: AtTable, session: Session
) -> None:
    table.step("precautions", {"answered": "y"})
    assert table.sign(acknowledged="y").status_code == 422
    assert session.get_one(Screening, table.id).status == "draft"


def test_words_can_be_kept_and_the_signature_left_for_later(complete: AtTable, session: Session) -> None:
    complete.sign(do="keep", password="", impression="To be looked at again")
    row = session.get_one(Screening, complete.id)
    assert (row.status, row.impression) == ("draft", "To be looked at again")


def test_a_signed_screening_takes_nothing_more(complete: AtTable) -> None:
    complete.sign()
    assert complete.done(ABDUCTION, "right", {"grade": "5"}).status_code == 423
    refused = complete.step(ABDUCTION, {"right-grade_whole": "5"})
    assert refused.location.endswith(f"/screenings/{complete.id}")
    typed = {"group": "abductors", "side": "right", "class": "possible", "reason": "Later thought"}
    complete.client.post_form(complete.url("/overrule"), typed)
    assert "Nothing was saved" in complete.get("").text
    assert complete.sign().status_code == 303
    assert "likely weak" in complete.get("").text


@pytest.mark.parametrize(
    "statement",
    ["UPDATE screening SET impression = 'x'", "UPDATE finding SET pain = 9", "DELETE FROM finding"],
)
def test_not_even_a_statement_on_the_database_changes_what_is_signed(
    complete: AtTable, session: Session, statement: str
) -> None:
    complete.sign()
    with pytest.raises(DBAPIError):
        session.execute(text(statement))


def test_a_class_overruled_before_signing_prints_with_its_reason(complete: AtTable, session: Session) -> None:
    typed = {"group": "abductors", "side": "right", "class": "possible", "reason": "Poor effort, repeated"}
    complete.client.post_form(complete.url("/overrule"), typed)
    complete.sign()
    page = complete.get("").text
    assert "Poor effort, repeated" in page
    assert "computed “Likely weakness”" in page
    decisions: list[Any] = (session.get_one(Screening, complete.id).report or {})["decisions"]
    assert decisions[0]["value"] == "possible"


def test_a_record_whose_seal_does_not_fit_is_shown_to_nobody(complete: AtTable, session: Session) -> None:
    complete.sign(impression="Right abductor weakness")
    triggers = text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'screening'")
    for name in session.scalars(triggers).all():
        session.execute(text(f"DROP TRIGGER {name}"))
    session.execute(text("UPDATE screening SET report = replace(report, 'abductor weakness', 'all well')"))
    session.commit()
    answer = complete.get("")
    assert answer.status_code == 500
    assert "This record is not the one that was signed" in answer.text
    assert "all well" not in answer.text
