"""How we reach the database, SQLite or PostgreSQL, from its address alone."""

from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.orm import Session, sessionmaker

PRAGMAS = ("busy_timeout=5000", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON")


def make_engine(url: str) -> Engine:
    """Make the engine of that address. SQLite waits up to 5 s when busy, and loses nothing at a power cut."""
    if make_url(url).get_backend_name() != "sqlite":
        return create_engine(url, pool_pre_ping=True)
    engine = create_engine(url, connect_args={"timeout": 5})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def sessions(engine: Engine) -> tuple[sessionmaker[Session], sessionmaker[Session]]:
    """Makers of sessions, for reading and for writing; rows stay readable after a commit."""
    reading = engine.execution_options(write=False)
    return sessionmaker(reading, expire_on_commit=False), sessionmaker(engine, expire_on_commit=False)


def is_writing(connection: Connection) -> bool:
    """Whether this connection's transaction may change rows (on SQLite it then holds the one write lock)."""
    return bool(connection.get_execution_options().get("write", True))


def _prepare(dbapi: Any, _record: Any) -> None:
    # Python 3.11's sqlite3 would send BEGIN by itself, and too late.
    dbapi.isolation_level = None
    for pragma in PRAGMAS:
        dbapi.execute(f"PRAGMA {pragma}").close()


def _begin(connection: Connection) -> None:
    # A transaction that reads first and then wants to write cannot wait for another writer; one that starts
    # as a writer can.
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writing(connection) else "BEGIN")
