"""What is missing on a machine is named in plain words, with the line that installs it."""

import subprocess
import sys
from pathlib import Path

import pytest

from clinic_app import machine

MACHINE = Path(machine.__file__)


def test_a_machine_with_everything_is_told_nothing() -> None:
    assert machine.missing() == []


def test_a_missing_pango_is_named_with_the_line_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    absent = (("no-such-library", "libno-such.so.0", "libno-such0"),)
    monkeypatch.setattr(machine, "LIBRARIES", absent)
    (sentence,) = machine.missing()
    assert "Pango, which sets the printed pages, is missing" in sentence
    assert "apt-get install --no-install-recommends libno-such0" in sentence


def test_an_old_python_is_named_with_the_one_that_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "OLDEST_PYTHON", (99, 0))
    (sentence,) = machine.missing()
    assert "Python 3.11 or newer is needed" in sentence


def test_the_check_runs_on_a_bare_python() -> None:
    done = subprocess.run([sys.executable, "-I", "-S", str(MACHINE)], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
