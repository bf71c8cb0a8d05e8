import json
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from clinic_app.cli.assess import command
from tests.screens import document

WEAK = {"item": "mmt_hip_abduction", "side": "right", "values": {"grade": "4"}, "pain": 0}
STRONG = {"item": "mmt_hip_abduction", "side": "left", "values": {"grade": "5"}, "pain": 0}
CIRCUMSTANCES = {
    "patient": {"falls_risk": "low", "goal": "daily"},
    "gate": {"screen_valid": True},
    "irritability": "low",
    "weight_bearing": {"left": "fwb", "right": "fwb"},
    "equipment": ["chair"],
    "floor_transfer_ok": True,
}


@pytest.fixture(autouse=True)
def _no_clinic_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLINIC_FOLDER", str(tmp_path))


def run(text: str, *options: str) -> tuple[int, list[dict[str, Any]]]:
    done = CliRunner().invoke(command, ["-", *options], input=text)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.output
    return done.exit_code, [json.loads(line) for line in done.stdout.splitlines()]


def abductors_right(answer: dict[str, Any]) -> str:
    return next(
        str(result["class"])
        for result in answer["groups"]
        if (result["group"], result["side"]) == ("abductors", "right")
    )


def test_one_screening_in_one_assessment_out(tmp_path: Path) -> None:
    file = tmp_path / "screening.json"
    file.write_text(json.dumps(document(WEAK, STRONG)), "utf-8")
    done = CliRunner().invoke(command, [str(file)])
    assert done.exit_code == 0
    assert abductors_right(json.loads(done.stdout)) == "probable"


def test_two_thousand_lines_come_out_in_order_and_bad_ones_get_their_own() -> None:
    grades = ["5", "4+", "4", "3", "6"]
    classes = ["none_found", "possible", "probable", "marked", None]
    lines = [json.dumps(document({**WEAK, "values": {"grade": grades[place % 5]}})) for place in range(2000)]
    status, answers = run("\n".join(lines), "--lines")
    assert status == 1
    assert len(answers) == 2000
    for place, answer in enumerate(answers):
        if classes[place % 5] is None:
            (told,) = answer["error"]
            assert (told["at"], told["value"]) == ("findings[0].values.grade", "6")
            assert (told["problem"], told["allowed"]) == ("not a grade", "0 1 2- 2 2+ 3- 3 3+ 4- 4 4+ 5")
        else:
            assert abductors_right(answer) == classes[place % 5]


def test_a_long_stream_needs_no_more_memory_than_a_short_one(tmp_path: Path) -> None:
    line = json.dumps(document(WEAK, STRONG)) + "\n"
    peaks = []
    for count in (20, 400):
        file = tmp_path / f"{count}.jsonl"
        file.write_text(line * count, "utf-8")
        tracemalloc.start()
        answered = CliRunner().invoke(command, [str(file), "--lines"])
        peaks.append(tracemalloc.get_traced_memory()[1] - len(answered.stdout_bytes) * 4)
        tracemalloc.stop()
        assert answered.exit_code == 0
    assert peaks[1] < peaks[0] + 1_000_000


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", '{"protocol": "quick"}', json.dumps(document(WEAK, WEAK))]
)
def test_what_cannot_be_read_is_said_and_ends_with_2(text: str) -> None:
    status, answers = run(text)
    assert status == 2
    assert [list(answer) for answer in answers] == [["error"]]


def test_a_programme_is_added_when_asked_for() -> None:
    given = document(WEAK, STRONG, circumstances=CIRCUMSTANCES)
    status, (answer,) = run(json.dumps(given), "--programme")
    assert status == 0
    assert answer["programme"]["status"] in ("ok", "short")
    assert {line["group"] for line in answer["programme"]["exercises"]} >= {"abductors"}


def test_circumstances_without_asking_for_a_programme_are_refused() -> None:
    status, (answer,) = run(json.dumps(document(WEAK, circumstances=CIRCUMSTANCES)))
    assert status == 2
    assert answer["error"][0]["at"] == "circumstances"


def test_what_the_screening_says_is_not_said_twice() -> None:
    twice = {**CIRCUMSTANCES, "findings": [], "gate": {"red_flags_unresolved": False}}
    status, (answer,) = run(json.dumps(document(WEAK, circumstances=twice)), "--programme")
    assert status == 2
    assert [told["at"] for told in answer["error"]] == [
        "circumstances.findings",
        "circumstances.gate.red_flags_unresolved",
    ]


def test_a_stopped_screen_has_no_programme() -> None:
    flags = {"rf_dvt": "yes"}
    given = document(WEAK, red_flags=flags, circumstances=CIRCUMSTANCES)
    _, (answer,) = run(json.dumps(given), "--programme")
    assert answer["outcome"] == "screen_stopped"
    assert answer["programme"]["status"] == "withheld_red_flag"


def test_unanswered_red_flags_never_lead_to_a_programme() -> None:
    given = document(WEAK, red_flags={}, circumstances=CIRCUMSTANCES)
    _, (answer,) = run(json.dumps(given), "--programme")
    assert answer["outcome"] == "incomplete_safety"
    assert answer["programme"]["exercises"] == []


def test_the_clinics_own_content_is_used_and_a_mistake_in_it_is_told(tmp_path: Path) -> None:
    own = tmp_path / "content"
    own.mkdir()
    (own / "numbers.toml").write_text("numbers = 3\n", "utf-8")
    done = CliRunner().invoke(command, ["-"], input=json.dumps(document(WEAK)))
    assert done.exit_code == 1
    assert "numbers.toml" in done.output
