"""Both databases, migrated once: each test gets its own copy of the one, and the other without a row."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.orm import Session, sessionmaker

from clinic_app.records.engine import make_engine, sessions
from clinic_app.records.migrate import upgrade
from clinic_app.records.password import DUMMY_HASH
from clinic_app.records.patient import Patient
from clinic_app.records.screening import Screening, start_screening
from clinic_app.records.user import User
from tests import people, postgres

BOTH = ("sqlite", "postgresql")
WITHOUT_ROWS = """DO $$
DECLARE name text;
BEGIN
  FOR name IN SELECT tablename FROM pg_tables
      WHERE schemaname = 'public' AND tablename <> 'alembic_version' LOOP
    EXECUTE 'DELETE FROM ' || quote_ident(name);
  END LOOP;
  PERFORM setval(quote_ident(sequencename), 1, false) FROM pg_sequences
      WHERE schemaname = 'public' AND last_value IS NOT NULL;
END $$"""
_numbers = count(1)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """One server for the whole run."""
    if postgres.programs() is None and not postgres.must_have():
        pytest.skip(postgres.MISSING)
    with postgres.server() as url:
        yield url


@contextmanager
def _administering(url: str) -> Iterator[Callable[[str], Any]]:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield connection.exec_driver_sql
    engine.dispose()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file."""
    file = tmp_path_factory.mktemp("template") / "clinic.sqlite"
    engine = make_engine(f"sqlite:///{file}")
    upgrade(engine)
    with engine.connect() as connection:
        connection.rollback()
        connection.connection.dbapi_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
    engine.dispose()
    return file


def _named(url: str, database: str) -> str:
    return make_url(url).set(database=database).render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def postgres_database(postgres_server: str) -> str:
    """The address of a migrated database, which each test finds empty."""
    with _administering(postgres_server) as run:
        run("CREATE DATABASE clinic")
    made = _named(postgres_server, "clinic")
    engine = make_engine(made)
    upgrade(engine)
    engine.dispose()
    return made


@pytest.fixture(scope="session")
def clearing(postgres_database: str) -> Iterator[Callable[[str], Any]]:
    """A connection to it that clears it before each test."""
    with _administering(postgres_database) as run:
        # Triggers guard the signed rows; a replica does not run them.
        run("SET session_replication_role = replica")
        yield run


@pytest.fixture
def empty_postgres(postgres_database: str, clearing: Callable[[str], Any]) -> str:
    """The same, without a row."""
    clearing(WITHOUT_ROWS)
    return postgres_database


@contextmanager
def _blank_postgres(url: str) -> Iterator[str]:
    name = f"blank_{next(_numbers)}"
    with _administering(url) as run:
        run(f"CREATE DATABASE {name} TEMPLATE template0")
        yield _named(url, name)
        run(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=BOTH)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a migrated, empty database."""
    if request.param == "sqlite":
        file = tmp_path / "clinic.sqlite"
        shutil.copyfile(request.getfixturevalue("sqlite_template"), file)
        yield f"sqlite:///{file}"
    else:
        yield request.getfixturevalue("empty_postgres")


@pytest.fixture(params=BOTH)
def blank_engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database without a table."""
    if request.param == "sqlite":
        engine = make_engine(f"sqlite:///{tmp_path / 'blank.sqlite'}")
        yield engine
        engine.dispose()
    else:
        with _blank_postgres(request.getfixturevalue("postgres_server")) as made:
            engine = make_engine(made)
            yield engine
            engine.dispose()


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    """The engine of a migrated, empty database."""
    made = make_engine(url)
    yield made
    made.dispose()


@pytest.fixture
def read(engine: Engine) -> sessionmaker[Session]:
    """Makes sessions that read."""
    return sessions(engine)[0]


@pytest.fixture
def write(engine: Engine) -> sessionmaker[Session]:
    """Makes sessions that write."""
    return sessions(engine)[1]


@pytest.fixture
def session(write: sessionmaker[Session]) -> Iterator[Session]:
    """One session that writes."""
    with write() as made:
        yield made


@pytest.fixture
def bob(session: Session) -> User:
    """The therapist Bob, on record."""
    fields = asdict(people.BOB)
    del fields["password"]
    # Hashing takes a tenth of a second, and hardly a test here signs in.
    user = User(**fields, password_hash=DUMMY_HASH)
    session.add(user)
    session.commit()
    return user


@pytest.fixture
def marisol(session: Session) -> Patient:
    """The patient Marisol, on record."""
    patient = people.add_patient(session)
    session.commit()
    return patient


@pytest.fixture
def draft(session: Session, marisol: Patient, bob: User) -> Screening:
    """Marisol's screen, begun by Bob."""
    screening = start_screening(session, marisol.id, "quick", date(2026, 3, 2), bob.id)
    session.commit()
    return screening


@pytest.fixture
def queries(engine: Engine) -> list[str]:
    """Every statement sent since the test began."""
    sent: list[str] = []

    @event.listens_for(engine, "before_cursor_execute")
    def _note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        sent.append(statement)

    return sent
