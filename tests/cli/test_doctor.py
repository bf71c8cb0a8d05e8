"""`clinic doctor` says whether an installation is sound."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from clinic_app.lan import certificate

CLINIC = Path(sys.executable).parent / "clinic"


@pytest.fixture
def folder(tmp_path: Path, clinic_database: Path) -> Path:
    shutil.copyfile(clinic_database, tmp_path / "clinic.sqlite")
    return tmp_path


def doctor(folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "CLINIC_FOLDER": str(folder)}
    return subprocess.run([CLINIC, "doctor"], env=environment, capture_output=True, text=True, check=False)


def test_a_sound_installation_is_said_to_be_sound(folder: Path) -> None:
    done = doctor(folder)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("ok ") == 8
    assert "BAD" not in done.stdout


def test_a_broken_database_and_a_wrong_content_file_are_both_named(folder: Path) -> None:
    (folder / "clinic.sqlite").write_bytes(
        b"this is no database, but it is long enough to be taken for one" * 20
    )
    (folder / "content" / "items").mkdir(parents=True)
    (folder / "content" / "items" / "gait_observation.toml").write_text('id = "gait_observation"\n')
    done = doctor(folder)
    assert done.returncode == 1
    assert "BAD  Database" in done.stdout
    assert "BAD  Content     gait_observation.toml" in done.stdout
    assert "ok   Printing" in done.stdout


def test_an_ended_certificate_is_told_before_a_tablet_refuses_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(certificate, "SERVER_DAYS", 0)
    certificate.ensure(folder, [], [])
    done = doctor(folder)
    assert done.returncode == 1
    assert "BAD  Tablets     the certificate server.pem ended on" in done.stdout
