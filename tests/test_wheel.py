"""The built wheel holds all that the app needs, and works far from the checkout."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(folder / "site")
    return folder / "site"


def test_templates_static_files_content_and_catalogues_are_inside(unpacked: Path) -> None:
    package = unpacked / "clinic_app"
    for name in (
        "templates/layout.html",
        "static/css/tokens.css",
        "static/fonts",
        "content/protocols/quick.toml",
        "translations/es/LC_MESSAGES/messages.mo",
        "records/migrations/versions/0001_first.py",
        "demonstration/clinic.toml",
    ):
        assert (package / name).exists(), name


def test_the_unpacked_wheel_is_a_sound_installation(unpacked: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(unpacked), "CLINIC_FOLDER": str(tmp_path / "instance")}
    program = (
        "import clinic_app, clinic_app.app as app; from clinic_app.records.migrate import upgrade; "
        "made = app.create_app(); upgrade(made.extensions['clinic']['engine']); "
        "answer = made.test_client().get('/sign-in'); "
        "print(clinic_app.__file__, app.FILES, answer.status_code)"
    )
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.split() == [
        str(unpacked / "clinic_app" / "__init__.py"),
        str(unpacked / "clinic_app"),
        "200",
    ]
