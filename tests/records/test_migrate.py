"""A database comes up to date from nothing, wholly or not at all."""

from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect

from clinic_app.records import migrate
from clinic_app.records.migrate import FOLDER, config, pending, upgrade
from clinic_app.records.version import is_current, newest

BROKEN = '''"""A change that fails half way."""
import sqlalchemy as sa
from alembic import op
revision = "9999"
down_revision = "%(newest)s"
def upgrade() -> None:
    op.create_table("half", sa.Column("id", sa.Integer, primary_key=True))
    op.execute("INSERT INTO no_such_table VALUES (1)")
'''


def test_an_empty_database_comes_up_to_date(blank_engine: Engine) -> None:
    assert pending(blank_engine)
    assert not is_current(blank_engine)
    upgrade(blank_engine)
    assert not pending(blank_engine)
    assert is_current(blank_engine)


def test_the_tables_are_those_that_the_rows_describe(engine: Engine) -> None:
    with engine.begin() as connection:
        command.check(config(connection))


def test_a_column_that_no_change_made_is_noticed(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE clinic ADD COLUMN planted INTEGER")
    with engine.begin() as connection, pytest.raises(Exception, match="planted"):
        command.check(config(connection))


def test_a_second_start_changes_nothing(engine: Engine) -> None:
    before = sorted(inspect(engine).get_table_names())
    upgrade(engine)
    assert sorted(inspect(engine).get_table_names()) == before


def test_a_change_that_fails_leaves_nothing_behind(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "migrations"
    (folder / "versions").mkdir(parents=True)
    for file in migrate.FOLDER.rglob("*.*"):
        if file.suffix in {".py", ".mako", ".sql"}:
            (folder / file.relative_to(migrate.FOLDER)).write_text(file.read_text("utf-8"), "utf-8")
    (folder / "versions" / "9999_broken.py").write_text(BROKEN % {"newest": newest()}, "utf-8")
    monkeypatch.setattr(migrate, "FOLDER", folder)
    assert pending(engine)
    with pytest.raises(Exception, match="no_such_table"):
        upgrade(engine)
    assert "half" not in inspect(engine).get_table_names()
    assert pending(engine)
    monkeypatch.undo()
    assert is_current(engine)


def test_a_database_of_a_newer_version_is_not_taken_for_an_old_one(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    assert not pending(engine)
    assert not is_current(engine)


def test_links_between_rows_are_watched_after_an_upgrade(blank_engine: Engine) -> None:
    upgrade(blank_engine)
    if blank_engine.dialect.name == "sqlite":
        with blank_engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_the_number_of_a_change_is_in_the_name_of_its_file() -> None:
    assert ScriptDirectory(str(FOLDER)).get_current_head() == newest()
