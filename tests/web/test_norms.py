"""Reference tables: one person enters a row from the paper, another checks it, and either retires it."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from clinic_app.app import create_app
from clinic_app.config import Settings
from clinic_app.records.audit import AuditEvent
from clinic_app.records.norm import NormRecord
from clinic_app.records.norm_tables import own_norms
from clinic_app.web import current
from tests.counting import queries_of

ROW = {
    "table_id": "pasco-abd",
    "source": "A paper of 2020",
    "doi": "",
    "page": "7, table 2",
    "population": "Adults of one town",
    "sex": "female",
    "age_min": "20",
    "age_max": "29",
    "n": "52",
    "mean": "15,1",
    "sd": "3.2",
    "unit": "kilogram_force",
    "method": "make",
    "position": "supine",
    "stabilisation": "",
    "pad_site": "",
    "aggregate": "greatest of 3",
}
ENTER = "/norms/enter/hhd_abduction"


def _enter(client: FlaskClient, **changes: Any) -> Any:
    return client.post_form(ENTER, ROW | changes)


def _row(session: Session) -> NormRecord:
    session.commit()
    session.expire_all()
    row = session.scalars(select(NormRecord)).one()
    session.commit()
    return row


def test_a_row_is_used_after_somebody_else_has_checked_it(
    as_bob: FlaskClient, as_alice: FlaskClient, session: Session
) -> None:
    address = _enter(as_bob).location
    assert "You entered it, so somebody else has to check it" in as_bob.get(address).text
    assert [norm.usable for norm in own_norms(session)] == [False]

    page = as_alice.get(address).text
    assert "7, table 2" in page
    assert "15.1 kgf" in page
    answer = as_alice.post_form(f"{address}/check", {"compared": "y"})

    assert answer.location == "/norms"
    assert _row(session).checked_by == "Alice Nakamura, PT (PT 1044)"
    assert [norm.usable for norm in own_norms(session)] == [True]
    assert "Checked by Alice Nakamura" in as_bob.get("/norms").text


def test_the_next_assessment_reads_the_table_in_every_process(
    app: Flask, settings: Settings, as_bob: FlaskClient, as_alice: FlaskClient
) -> None:
    other = create_app(settings)
    address = _enter(as_bob).location
    assert [_usable(one) for one in (app, other)] == [False, False]
    as_alice.post_form(f"{address}/check", {"compared": "y"})
    assert [_usable(one) for one in (app, other)] == [True, True]
    as_alice.post_form(f"{address}/retire")
    assert [_usable(one) for one in (app, other)] == [None, None]
    other.extensions["clinic"]["engine"].dispose()


def _usable(app: Flask) -> bool | None:
    with app.test_request_context():
        norm = current.library().norms.get("PASCO-ABD")
        return norm.usable if norm else None


def test_the_reference_pages_show_the_table_with_its_paper(as_bob: FlaskClient) -> None:
    _enter(as_bob)

    assert "PASCO-ABD" in as_bob.get("/help/norms").text
    page = as_bob.get("/help/norms/PASCO-ABD").text
    assert "A paper of 2020" in page
    assert "nobody yet, so it is not used" in page


def test_nobody_checks_what_they_entered_themselves(as_bob: FlaskClient, session: Session) -> None:
    address = _enter(as_bob).location

    assert as_bob.post_form(f"{address}/check", {"compared": "y"}).status_code == 403
    assert _row(session).checked_at is None


def test_checking_means_having_compared(as_bob: FlaskClient, as_alice: FlaskClient, session: Session) -> None:
    address = _enter(as_bob).location
    answer = as_alice.post_form(f"{address}/check")

    assert answer.status_code == 422
    assert "Compare the values with the paper first" in answer.text
    assert _row(session).checked_at is None


def test_a_retired_row_stays_listed(as_bob: FlaskClient, session: Session) -> None:
    address = _enter(as_bob).location
    as_bob.post_form(f"{address}/retire")

    assert own_norms(session) == ()
    assert "Retired by Bob Lindqvist" in as_bob.get("/norms").text
    assert "Retire this row" not in as_bob.get(address).text
    assert session.scalars(select(AuditEvent).filter_by(noun="norm", action="retire")).one()


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("table_id", "", "Enter a short name"),
        ("table_id", "a b", "Use only letters, digits and hyphens"),
        ("table_id", "n-abd-break", "There is a table of this name already"),
        ("source", "", "Enter the paper"),
        ("page", "", "Enter the page"),
        ("population", "", "Enter who was measured"),
        ("sex", "", "Choose female, male or both"),
        ("age_min", "-1", "Enter a whole number from 0 to 110"),
        ("age_max", "111", "Enter a whole number from 0 to 110"),
        ("age_max", "19", "Enter an age of at least 20"),
        ("age_max", "29.5", "Enter a whole number from 0 to 110"),
        ("n", "0", "Enter a whole number from 1"),
        ("mean", "0", "Enter a number above 0"),
        ("mean", "1500.1", "at most 1500"),
        ("mean", "about 15", "Enter a number above 0"),
        ("sd", "", "Enter the standard deviation"),
        ("sd", "15.1", "It is not under the mean"),
        ("unit", "seconds", "Not a valid choice"),
        ("method", "", "Choose the method"),
        ("position", "prone", "Not a valid choice"),
        ("aggregate", "", "Enter what was taken of the trials"),
    ],
)
def test_a_row_that_cannot_be_right_is_refused_in_words(
    as_bob: FlaskClient, session: Session, field: str, typed: str, told: str
) -> None:
    answer = _enter(as_bob, **{field: typed})

    assert answer.status_code == 422
    assert told in answer.text
    assert session.scalars(select(NormRecord)).all() == []


def test_the_limits_themselves_are_allowed(as_bob: FlaskClient) -> None:
    typed = {"age_min": "0", "age_max": "110", "n": "1", "mean": "1500", "sd": "1499.9", "sex": "both"}
    assert _enter(as_bob, **typed).status_code == 303


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, "This table has values for 20 to 29 years already"),
        ({"sex": "male", "method": "break"}, "The rows before say: Make."),
        ({"sex": "male", "stabilisation": "belt"}, "The rows before say: Not reported."),
    ],
)
def test_a_duplicate_and_another_way_of_measuring_are_refused(
    as_bob: FlaskClient, session: Session, changes: dict[str, str], told: str
) -> None:
    _enter(as_bob)
    answer = _enter(as_bob, **changes)

    assert answer.status_code == 422
    assert told in answer.text
    assert _row(session)


def test_a_name_that_another_test_uses_is_refused(as_bob: FlaskClient, session: Session) -> None:
    _enter(as_bob)
    answer = as_bob.post_form("/norms/enter/hhd_er", ROW | {"position": "sitting"})

    assert answer.status_code == 422
    assert "The rows before say: Hip abduction, dynamometer." in answer.text
    assert _row(session)


def test_a_further_row_starts_from_the_table(as_bob: FlaskClient) -> None:
    _enter(as_bob)
    page = as_bob.get(f"{ENTER}?table=PASCO-ABD").text

    assert 'value="PASCO-ABD"' in page
    assert '<option selected value="supine">' in page
    assert 'value="15.1"' not in page


@pytest.mark.parametrize("address", ["/norms/enter/mmt_hip_abduction", "/norms/enter/nothing", "/norms/9"])
def test_what_is_no_dynamometer_test_or_no_row_has_no_page(as_bob: FlaskClient, address: str) -> None:
    assert as_bob.get(address).status_code == 404


def test_an_empty_list_says_so_and_shows_what_can_be_entered(as_bob: FlaskClient) -> None:
    page = as_bob.get("/norms").text

    assert "Nothing has been entered yet" in page
    assert page.count("/norms/enter/") == 4


def test_the_list_asks_the_database_as_often_for_many_rows_as_for_one(
    app: Flask, as_bob: FlaskClient
) -> None:
    _enter(as_bob)
    one = len(queries_of(app, lambda: as_bob.get("/norms")))
    for age in range(30, 36):
        _enter(as_bob, age_min=str(age), age_max=str(age))
    assert len(queries_of(app, lambda: as_bob.get("/norms"))) == one
