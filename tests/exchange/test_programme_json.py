import pytest

from clinic_app.exchange.document import DocumentError
from clinic_app.exchange.programme_json import programme_to_json, read_circumstances
from tests.programmes import document, programme, weak


def test_every_problem_of_a_document_is_named_at_once() -> None:
    wrong = document(
        {"group": "abductors", "side": 1, "interpretable": "maybe", "grade": "4"},
        patient={"age": "40"},
        max_exercises=True,
        equipment="chair",
        colour="blue",
    )
    with pytest.raises(DocumentError) as refused:
        read_circumstances(wrong)
    assert {problem.at for problem in refused.value.problems} == {
        "findings[0].side",
        "findings[0].interpretable",
        "findings[0].grade",
        "patient.age",
        "max_exercises",
        "equipment",
        "colour",
    }


@pytest.mark.parametrize("wrong", [None, [], "text", 3])
def test_a_document_that_is_no_object_is_refused(wrong: object) -> None:
    with pytest.raises(DocumentError):
        read_circumstances(wrong)


def test_yes_and_no_in_words_are_read() -> None:
    read = read_circumstances(document(gate={"red_flags_unresolved": "no", "post_op": "yes"}))
    assert (read.gate.red_flags_unresolved, read.gate.post_op) == (False, True)


def test_null_is_an_answer_not_given() -> None:
    read = read_circumstances(document(patient={"sport": None}, precautions=None, pathways=None))
    assert read.patient.sport is None
    assert read.precautions is None
    assert read.pathways == ()


def test_a_programme_has_the_keys_that_others_read() -> None:
    made = programme_to_json(programme(weak("abductors", "left")))
    assert list(made) == [
        "status",
        "message",
        "exercises",
        "uncovered",
        "deferred",
        "excluded",
        "pain_limit",
        "session_minutes",
        "blocks",
        "notices",
    ]
    assert list(made["exercises"][0]) == [
        "id",
        "group",
        "slot",
        "indirect",
        "sets",
        "reps",
        "hold_s",
        "rest_s",
        "tempo",
        "days_per_week",
        "sessions_per_day",
        "rpe",
        "sides",
        "caution_keys",
    ]
    assert made["exercises"][0]["sides"] == {"mode": "one_side_plus_1_set_other", "side": "left"}
