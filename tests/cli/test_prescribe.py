import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from clinic_app.cli.prescribe import command
from tests.programmes import CASES, case, document, weak


def _run(text: str | bytes, *options: str) -> tuple[int, list[dict[str, Any]]]:
    done = CliRunner().invoke(command, ["-", *options], input=text)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.output
    return done.exit_code, [json.loads(line) for line in done.stdout.splitlines()]


def test_one_document_in_one_programme_out(tmp_path: Path) -> None:
    example = case(CASES[0])
    file = tmp_path / "circumstances.json"
    file.write_text(json.dumps(example["input"]), "utf-8")
    done = CliRunner().invoke(command, [str(file)])
    assert done.exit_code == 0
    assert json.loads(done.stdout)["status"] == example["expect"]["status"]


def test_a_bad_document_gets_a_line_of_its_own_and_the_rest_go_on() -> None:
    good = json.dumps(document(weak("abductors", "left")))
    status, answers = _run(f'{good}\n{{"patient": {{"age": "old"}}}}\nnot json\n\n{good}\n', "--lines")
    assert status == 1
    assert [answer.get("status") for answer in answers] == ["ok", None, None, "ok"]
    assert answers[1]["error"] == [
        {"at": "patient.age", "value": "old", "problem": "not a whole number", "allowed": "0 to 130"}
    ]
    assert answers[2]["error"][0]["problem"].startswith("not JSON")


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[]",
        b'{"stage": NaN}',
        b'{"stage": "late", "stage": "initial"}',
        b"[" * 100_000,
        b'{"max_exercises": ' + b"9" * 5000 + b"}",
        b'{"stage": 1e999999999}',
        b'{"colour": "\\ud800"}',
    ],
)
def test_what_cannot_be_read_is_said_and_never_breaks(text: bytes) -> None:
    status, answers = _run(text)
    assert status == 2
    assert [list(answer) for answer in answers] == [["error"]]


def test_an_empty_stream_is_nothing_read() -> None:
    assert _run("", "--lines") == (2, [])


def test_withheld_is_an_answer_not_an_error() -> None:
    status, answers = _run(json.dumps(document(gate={"red_flags_unresolved": True})))
    assert status == 0
    assert answers[0]["status"] == "withheld_red_flag"


def test_a_long_stream_needs_no_more_memory_than_a_short_one(tmp_path: Path) -> None:
    text = json.dumps(document(weak("abductors", "left"), gate={"red_flags_unresolved": True})) + "\n"

    def peak(count: int) -> int:
        file = tmp_path / f"{count}.jsonl"
        file.write_text(text * count, "utf-8")
        program = "import resource, sys; from clinic_app.cli import main\n"
        program += "try: main(['prescribe', sys.argv[1], '--lines'])\n"
        program += (
            "except SystemExit: print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)"
        )
        done = subprocess.run(
            [sys.executable, "-c", program, str(file)], capture_output=True, check=True, text=True
        )
        assert done.stdout.count("\n") == count
        return int(done.stderr)

    assert peak(5_000) < peak(10) + 8_000
