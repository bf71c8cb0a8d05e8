"""Settings: their defaults, and what a wrong one is told."""

from pathlib import Path

import pytest

from clinic_app.config import SettingError, Settings


def read(folder: Path, **variables: str) -> Settings:
    return Settings.from_environment({"CLINIC_FOLDER": str(folder), **variables})


def test_without_any_setting_the_clinic_keeps_its_records_in_its_folder(tmp_path: Path) -> None:
    settings = read(tmp_path)
    assert settings.database_url == f"sqlite:///{tmp_path / 'clinic.sqlite'}"
    assert (settings.host, settings.port) == ("127.0.0.1", 5000)


def test_the_secret_is_made_once_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    first, second = read(tmp_path), read(tmp_path)
    assert first.secret_key == second.secret_key
    assert len(first.secret_key) == 64
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


def test_a_variable_goes_before_the_file(tmp_path: Path) -> None:
    (tmp_path / "clinic.toml").write_text("port = 6000\nidle_minutes = 5\n")
    settings = read(tmp_path, CLINIC_PORT="7000")
    assert (settings.port, settings.idle_minutes) == (7000, 5)


def test_port_is_understood_too(tmp_path: Path) -> None:
    assert read(tmp_path, PORT="5001").port == 5001


@pytest.mark.parametrize(
    ("variables", "told"),
    [
        ({"CLINIC_PORT": "five"}, "CLINIC_PORT: 'five'"),
        ({"CLINIC_HTTPS": "yes"}, "CLINIC_HTTPS: 'yes'"),
    ],
)
def test_a_wrong_value_is_named(tmp_path: Path, variables: dict[str, str], told: str) -> None:
    with pytest.raises(SettingError, match=told):
        read(tmp_path, **variables)


@pytest.mark.parametrize("line", ["prot = 5000\n", 'port = "5000"\n'])
def test_a_wrong_line_of_the_file_is_named(tmp_path: Path, line: str) -> None:
    (tmp_path / "clinic.toml").write_text(line)
    with pytest.raises(SettingError, match=r"clinic\.toml: p(ro|or)t "):
        read(tmp_path)
