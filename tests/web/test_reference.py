"""Reference pages: nothing is told without its evidence."""

from flask import Flask
from flask.testing import FlaskClient

from clinic_app.domain.library import Library


def _library(app: Flask) -> Library:
    library = app.extensions["clinic"]["library"]
    assert isinstance(library, Library)
    return library


def test_every_exercise_has_a_page_with_its_dose_and_its_evidence(as_bob: FlaskClient, app: Flask) -> None:
    for exercise in _library(app).exercises.exercises:
        page = as_bob.get(f"/exercises/{exercise.id}")
        assert page.status_code == 200, exercise.id
        assert "Usual dose" in page.text
        assert "Content not yet reviewed by a second therapist." in page.text
        assert "{leg}" not in page.text


def test_every_exercise_is_on_the_list(as_bob: FlaskClient, app: Flask) -> None:
    page = as_bob.get("/exercises").text

    for exercise in _library(app).exercises.exercises:
        assert f"/exercises/{exercise.id}" in page, exercise.id


def test_an_exercise_without_a_drawing_leaves_no_empty_frame(as_bob: FlaskClient) -> None:
    assert "<figure" in as_bob.get("/exercises/clam").text
    assert "<figure" not in as_bob.get("/exercises/hip_hinge").text


def test_every_rule_says_on_what_it_rests(as_bob: FlaskClient, app: Flask) -> None:
    for rule in _library(app).rules.by_id:
        page = as_bob.get(f"/help/rules/{rule}")
        assert page.status_code == 200, rule
        assert "Clinical convention" in page.text or "Published" in page.text, rule
        assert "Sources" in page.text


def test_every_test_of_the_protocols_has_its_page(as_bob: FlaskClient, app: Flask) -> None:
    for item in _library(app).items.values():
        page = as_bob.get(f"/help/tests/{item.id}")
        assert page.status_code == 200, item.id
        assert page.text.count("[V]") + page.text.count("[R]") + page.text.count("[C]") >= len(item.evidence)


def test_the_help_page_says_what_a_screen_is_not_and_who_to_speak_with_first(as_bob: FlaskClient) -> None:
    page = as_bob.get("/help").text

    assert "it is not a diagnosis" in page
    assert "Speak with your doctor or physical therapist before you start" in page
    assert "not yet" in page
    assert "That it is the cause is not shown." in page


def test_an_unknown_page_is_not_found(as_bob: FlaskClient) -> None:
    for address in ("/exercises/x", "/help/rules/x", "/help/tests/x"):
        assert as_bob.get(address).status_code == 404
