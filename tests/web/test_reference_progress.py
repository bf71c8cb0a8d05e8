"""The rules of the returned log stand in the reference with their numbers, basis and sources."""

from flask.testing import FlaskClient

from clinic_app.domain.exercise_library import ExerciseLibrary
from tests import reports
from tests.web.test_returned_log import plain


def exercises() -> ExerciseLibrary:
    return reports.library().exercises


def test_every_rule_of_the_returned_log_says_what_it_proposes_and_on_what_it_rests(
    as_bob: FlaskClient,
) -> None:
    answer = as_bob.get("/help/progress")
    page = plain(answer)
    rules = exercises().progress
    assert f"The log holds {rules.log.weeks} weeks." in page
    for rule, said in rules.rules.items():
        assert f'id="{rule}"' in answer.text
        assert said.basis.text in page
        for source in said.basis.sources:
            assert f'href="/help/sources/{source}"' in answer.text
    assert "Stop and call after 2 weeks in a row" in page
    assert "The pain should not go up from week to week. Recalled" in page


def test_every_kind_of_dose_says_when_and_how_it_moves_on(as_bob: FlaskClient) -> None:
    page = plain(as_bob.get("/help/progress"))
    library = exercises()
    for name, dose in library.dosage.classes.items():
        days = library.progress.classes[name].days
        assert f"{name.replace('_', ' ').capitalize()} {dose.progress_when} {days} " in page
    assert "one set more, a harder exercise" in page


def test_a_rule_of_the_log_is_found_and_its_source_says_so(as_bob: FlaskClient) -> None:
    assert 'href="/help/progress#missed_week"' in as_bob.get("/help/search?q=missed+week").text
    assert 'href="/help/progress#rising"' in as_bob.get("/help/sources/SIL07").text
    assert 'href="/help/progress"' in as_bob.get("/help").text
