import pytest

from clinic_app.domain.safe import WithheldError, why_unsafe
from clinic_app.domain.withhold import missing_answers
from clinic_app.exchange.programme_json import read_circumstances
from tests.programmes import document, library, programme, weak

RIGHT = weak("abductors", "right")


@pytest.mark.parametrize(
    ("table", "key"),
    [
        ("gate", "red_flags_unresolved"),
        ("gate", "screen_valid"),
        ("patient", "age"),
        ("patient", "falls_risk"),
        ("patient", "goal"),
        ("weight_bearing", "left"),
        ("weight_bearing", "right"),
    ],
)
def test_a_blank_answer_is_never_read_as_no(table: str, key: str) -> None:
    made = programme(RIGHT, **{table: {key: None}})
    assert made.status == "withheld_missing_data"
    assert f"{table}.{key}" in (made.message or "")


@pytest.mark.parametrize("key", ["irritability", "precautions", "equipment", "findings"])
def test_a_missing_list_or_level_withholds_the_programme(key: str) -> None:
    made = programme(RIGHT, **{key: None})
    assert made.status == "withheld_missing_data"
    assert key in (made.message or "")


@pytest.mark.parametrize(
    "change",
    [
        {"irritability": "medium"},
        {"equipment": ["treadmill"]},
        {"pathways": ["knee"]},
        {"positions_not_tolerated": ["kneeling"]},
        {"stage": "middle"},
        {"patient": {"goal": "work"}},
        {"patient": {"sport": "chess"}},
        {"weight_bearing": {"left": "full"}},
        {"precautions": [{"tag": "gluteal_tendonopathy"}]},
        {"precautions": [{"tag": "knee_pain", "side": "Left"}]},
        {"findings": [weak("glutes", "left")]},
        {"findings": [weak("abductors", "left", "bad")]},
    ],
)
def test_an_unknown_word_is_named_and_never_ignored(change: dict[str, object]) -> None:
    made = programme(RIGHT, **change)
    assert made.status == "withheld_invalid_input"
    assert ": " in (made.message or "")


def test_an_open_red_flag_comes_before_a_missing_answer_and_an_unknown_word() -> None:
    made = programme(RIGHT, gate={"red_flags_unresolved": True}, irritability=None, stage="middle")
    assert made.status == "withheld_red_flag"
    assert made.blocks == ("urgent_help", "contact", "no_plan")


def test_a_finding_that_cannot_be_interpreted_may_lack_its_severity() -> None:
    unclear = {"group": "extensors", "side": "left", "interpretable": False}
    assert missing_answers(read_circumstances(document(RIGHT, unclear))) == ()
    made = programme(RIGHT, unclear)
    assert made.status == "ok"
    assert {"found_unclear"} <= set(made.blocks)
    assert made.notices == ("unclear_finding",)


def test_a_weakness_without_its_severity_withholds_the_programme() -> None:
    made = programme(RIGHT, {"group": "extensors", "side": "left", "interpretable": True})
    assert made.status == "withheld_missing_data"
    assert "findings[1].severity" in (made.message or "")


def test_a_surgical_tag_alone_asks_for_the_surgeon() -> None:
    made = programme(RIGHT, precautions=[{"tag": "abductor_repair", "side": "left"}])
    assert made.status == "withheld_no_surgical_clearance"


def test_someone_of_17_waits_for_the_therapist_and_someone_of_18_does_not() -> None:
    assert programme(RIGHT, patient={"age": 17}).status == "withheld_minor_unconfirmed"
    assert programme(RIGHT, patient={"age": 17, "minor_confirmed": True}).status == "ok"
    assert programme(RIGHT, patient={"age": 18}).status == "ok"


def test_nothing_is_called_safe_for_whom_every_exercise_is_withheld() -> None:
    circumstances = read_circumstances(document(RIGHT, gate={"red_flags_unresolved": True}))
    with pytest.raises(WithheldError, match="withheld_red_flag"):
        why_unsafe(library().by_id["bridge"], circumstances, library(), ())
