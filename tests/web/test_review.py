"""The review: what the findings come to, why, and what is missing."""

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from clinic_app.records.decision import Decision
from tests.at_table import ABDUCTION, AtTable
from tests.counting import queries_of


def test_the_heading_is_the_finding(table: AtTable) -> None:
    table.safe().enter()
    page = table.get("/review").text
    assert "<h1>Right hip abductors: likely weak</h1>" in page


def test_every_reason_names_value_rule_limit_basis_and_source(table: AtTable) -> None:
    table.safe().enter()
    page = table.get("/review").text
    assert "Hip abduction, manual grade, right: 4" in page
    assert "/help/rules/MMT-A2" in page
    assert "4− or 4" in page
    assert "Clinical convention" in page or "Published" in page


def test_what_was_not_tested_is_never_called_normal(table: AtTable) -> None:
    table.safe()
    page = table.get("/review").text
    assert "No weakness found" not in page.split("Overrule a class")[0]
    assert page.count("Cannot say") >= 8


def test_a_test_stopped_for_pain_is_not_called_weak(table: AtTable) -> None:
    table.safe()
    table.done(ABDUCTION, "right", {"grade": "3"}, pain=7, pain_limited="yes")
    page = table.get("/review").text
    assert "pain 7/10 stopped the test" in page
    assert "Right hip abductors: " not in page.split("<h1>")[1].split("</h1>")[0]


def test_what_is_missing_is_listed_with_the_way_there(table: AtTable) -> None:
    table.safe().done(ABDUCTION, "right", {"grade": "5"})
    page = table.get("/review").text
    assert "Hip abduction, manual grade, left" in page
    assert f"/steps/{ABDUCTION}" in page


def test_unanswered_safety_questions_withhold_every_class(table: AtTable) -> None:
    table.step("precautions", {"answered": "y"})
    page = table.get("/review").text
    assert "Not assessed: safety questions are not answered" in page
    assert "rows not answered" in page
    assert "cannot be signed yet" in page


def test_a_class_is_overruled_with_a_reason_and_the_computed_one_stays(
    table: AtTable, session: Session
) -> None:
    table.safe().enter()
    typed = {"group": "abductors", "side": "right", "class": "possible", "reason": "Poor effort, repeated"}
    table.client.post_form(table.url("/overrule"), typed)
    page = table.get("/review").text
    assert "Right hip abductors: possibly weak" in page
    assert "computed “Likely weakness”" in page
    assert "Poor effort, repeated" in page
    decision = session.scalars(select(Decision)).one()
    assert (decision.kind, decision.value, decision.made_by_id) == ("class", "possible", 2)


def test_a_class_is_not_overruled_without_a_reason(table: AtTable, session: Session) -> None:
    table.safe().enter()
    typed = {"group": "abductors", "side": "right", "class": "possible", "reason": " "}
    table.client.post_form(table.url("/overrule"), typed)
    assert session.scalars(select(Decision)).all() == []
    assert "Nothing was changed" in table.get("/review").text


def test_an_overruled_class_can_go_back_to_the_computed_one(table: AtTable) -> None:
    table.safe().enter()
    typed = {"group": "abductors", "side": "right", "class": "possible", "reason": "Poor effort"}
    table.client.post_form(table.url("/overrule"), typed)
    table.client.post_form(table.url("/overrule"), {**typed, "class": ""})
    assert "Right hip abductors: likely weak" in table.get("/review").text


def test_nothing_says_diagnosis_of_a_finding(table: AtTable) -> None:
    table.safe().enter()
    page = table.get("/review").text
    assert page.lower().count("diagnosis") == 1
    assert "it is not a diagnosis" in page


def test_the_review_asks_the_database_the_same_few_things_however_much_is_recorded(
    app: Flask, table: AtTable
) -> None:
    table.safe()
    few = queries_of(app, lambda: table.get("/review"))
    table.enter()
    many = queries_of(app, lambda: table.get("/review"))
    assert len(many) == len(few) <= 8
