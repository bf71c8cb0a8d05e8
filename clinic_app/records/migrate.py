"""Bringing the database up to date: all of it or nothing, and only forward (the way back is a backup)."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

FOLDER = Path(__file__).parent / "migrations"
# Any number will do, as long as no other program that shares the database takes it.
LOCK = 7_203_415


def config(connection: Connection) -> Config:
    """What Alembic needs to work on this connection; there is no ini file."""
    made = Config()
    made.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    made.attributes["connection"] = connection
    return made


def upgrade(engine: Engine) -> None:
    """Apply every change that the database lacks, in one transaction; two at once wait for each other."""
    with engine.connect() as connection, _unlinked(connection), connection.begin():
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
        command.upgrade(config(connection), "head")
        if engine.dialect.name == "sqlite" and (broken := _broken_links(connection)):
            raise RuntimeError(f"rows refer to others that are not there: {broken}")


def pending(engine: Engine) -> bool:
    """Whether the database lacks changes that this version has."""
    with engine.connect() as connection:
        here = MigrationContext.configure(connection).get_current_heads()
        known = {script.revision for script in ScriptDirectory(str(FOLDER)).walk_revisions()}
        return not here or (set(here) <= known and not _at_head(here))


def _at_head(here: tuple[str, ...]) -> bool:
    return set(here) == set(ScriptDirectory(str(FOLDER)).get_heads())


@contextmanager
def _unlinked(connection: Connection) -> Iterator[None]:
    """SQLite changes a table by rebuilding it, which foreign keys forbid; they are switched before BEGIN."""
    if connection.dialect.name != "sqlite":
        yield
        return
    dbapi = connection.connection.dbapi_connection
    assert dbapi is not None  # noqa: S101
    dbapi.execute("PRAGMA foreign_keys=OFF").close()
    try:
        yield
    finally:
        dbapi.execute("PRAGMA foreign_keys=ON").close()


def _broken_links(connection: Connection) -> list[str]:
    rows = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    return [f"{row.table} {row.rowid} to {row.parent}" for row in rows]
