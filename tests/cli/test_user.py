"""The accounts from the terminal."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy.orm import Session

from clinic_app.cli.user import command
from clinic_app.records.engine import make_engine, sessions
from clinic_app.records.migrate import upgrade
from clinic_app.records.user import authenticate

PASSWORD = "thimble orchard lantern 9"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation with an empty, migrated database."""
    monkeypatch.setenv("CLINIC_FOLDER", str(tmp_path))
    engine = make_engine(f"sqlite:///{tmp_path / 'clinic.sqlite'}")
    upgrade(engine)
    engine.dispose()
    return tmp_path


def run(*words: str, typed: str = "") -> Result:
    return CliRunner().invoke(command, list(words), input=typed)


def add(username: str, role: str) -> Result:
    words = ("add", username, "--name", username.title(), "--role", role)
    return run(*words, typed=f"{PASSWORD}\n{PASSWORD}\n")


def signs_in(folder: Path, username: str, password: str) -> bool:
    engine = make_engine(f"sqlite:///{folder / 'clinic.sqlite'}")
    session: Session
    with sessions(engine)[0]() as session:
        found = authenticate(session, username, password)
    engine.dispose()
    return found is not None


def test_an_added_account_can_sign_in(folder: Path) -> None:
    result = add("alice", "administrator")
    assert result.exit_code == 0, result.output
    assert signs_in(folder, "alice", PASSWORD)
    assert PASSWORD not in result.output


def test_a_generated_password_is_shown_once_and_works(folder: Path) -> None:
    result = run("add", "bob", "--name", "Bob", "--generate")
    password = result.output.split("shown this once: ")[1].strip()
    assert signs_in(folder, "bob", password)


@pytest.mark.usefixtures("folder")
def test_a_weak_password_is_refused_in_plain_words() -> None:
    result = run("add", "bob", "--name", "Bob", typed="short\nshort\n")
    assert result.exit_code == 1
    assert "Use at least 12 characters" in result.output


@pytest.mark.usefixtures("folder")
def test_a_name_that_is_taken_is_refused() -> None:
    add("alice", "administrator")
    result = add("Alice", "therapist")
    assert result.exit_code == 1
    assert "There is an account named" in result.output


def test_a_reset_password_replaces_the_old_one(folder: Path) -> None:
    add("alice", "administrator")
    result = run("reset", "alice", "--generate")
    assert result.exit_code == 0
    assert not signs_in(folder, "alice", PASSWORD)


def test_a_disabled_account_cannot_sign_in_and_the_last_administrator_stays(folder: Path) -> None:
    add("alice", "administrator")
    add("bob", "therapist")
    assert run("disable", "bob").exit_code == 0
    assert not signs_in(folder, "bob", PASSWORD)
    result = run("disable", "alice")
    assert result.exit_code == 1
    assert "only administrator" in result.output
    assert run("list").output.splitlines() == ["alice\tadministrator\tAlice", "bob\tdisabled\tBob"]


@pytest.mark.usefixtures("folder")
def test_an_unknown_account_is_named() -> None:
    result = run("reset", "nobody", "--generate")
    assert result.exit_code == 1
    assert "There is no account named nobody" in result.output
