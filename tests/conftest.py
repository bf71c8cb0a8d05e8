"""The clinic of the tests: a folder of its own, a migrated database per test, and clients that are signed in.

CSRF protection stays on: `post_form` and `put_json` take the token from a page first, as a browser would.
"""

import os
import re
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from clinic_app.app import create_app
from clinic_app.config import Settings
from clinic_app.domain.library import Library
from clinic_app.library import load_library
from clinic_app.records import password
from clinic_app.records.engine import make_engine, sessions
from clinic_app.records.login import start_login
from clinic_app.records.migrate import upgrade
from clinic_app.records.patient import Patient
from clinic_app.records.user import User
from tests import people

TOKEN = re.compile(r'name="csrf-token" content="([^"]+)"')


class Visitor(FlaskClient):
    """A client that sends forms the way a browser does."""

    _read: ClassVar[dict[str, str]] = {}

    def token(self, page: str = "/account") -> str:
        """The token on this page (signed out: on the sign-in page it leads to), read once in a session."""
        secret = self._secret()
        if secret not in self._read:
            found = TOKEN.search(self.get(page, follow_redirects=True).text)
            assert found, f"no token on {page}"
            secret = self._secret()
            self._read[secret] = found[1]
        return self._read[secret]

    def _secret(self) -> str:
        with self.session_transaction() as cookie:
            return str(cookie.get("csrf_token"))

    def post_form(self, url: str, data: dict[str, Any] | None = None, page: str = "/account") -> TestResponse:
        """Send a form with the token of `page`."""
        return self.post(url, data={**(data or {}), "csrf_token": self.token(page)})

    def put_json(
        self, url: str, body: Any, revision: int = 0, key: str = "", supersedes: str = ""
    ) -> TestResponse:
        """Save as the page's script does."""
        headers = {"X-CSRFToken": self.token(), "If-Match": f'"{revision}"', "Idempotency-Key": key}
        headers |= {"Supersedes": supersedes}
        return self.put(url, json=body, headers=headers)

    def sign_in(self, member: people.Member, page: str = "/sign-in") -> TestResponse:
        """Sign in through the form."""
        return self.post_form(page, {"username": member.username, "password": member.password}, page)


def _database(file: Path, *, with_clinic: bool) -> Path:
    engine = make_engine(f"sqlite:///{file}")
    upgrade(engine)
    if with_clinic:
        with sessions(engine)[1]() as session:
            people.add_clinic(session)
            for member in (people.ALICE, people.BOB):
                people.add_member(session, member)
            session.commit()
    # The last connection to close puts everything into the one file.
    engine.dispose()
    return file


@pytest.fixture(scope="session", autouse=True)
def shelf(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> None:
    """Where a document that was printed for one test lies for all others, whichever process runs them."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "papers"
    folder.mkdir(exist_ok=True)
    os.environ["CLINIC_TESTS_SHELF"] = str(folder)


@pytest.fixture(scope="session", autouse=True)
def quick_hashes() -> Iterator[None]:
    """Passwords are hashed with less effort; `slow_hashes` is for the tests of the hash itself."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(password, "_hasher", people.QUICK)
        yield


@pytest.fixture
def slow_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords are hashed as the app hashes them."""
    monkeypatch.setattr(password, "_hasher", PasswordHasher())


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database without any row, made once."""
    return _database(tmp_path_factory.mktemp("empty") / "clinic.sqlite", with_clinic=False)


@pytest.fixture(scope="session")
def clinic_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database that holds the clinic, Alice and Bob, made once."""
    return _database(tmp_path_factory.mktemp("clinic") / "clinic.sqlite", with_clinic=True)


def _settings(folder: Path, template: Path) -> Settings:
    database = folder / "clinic.sqlite"
    shutil.copyfile(template, database)
    return Settings(folder=folder, database_url=f"sqlite:///{database}", secret_key="only for tests")


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory, clinic_database: Path) -> Settings:
    """The folder of the clinic that the tests of the pages share."""
    return _settings(tmp_path_factory.mktemp("folder"), clinic_database)


@cache
def _library() -> Library:
    """The content, read once: no test changes it, and none of these clinics has content of its own."""
    return load_library()


def _running(settings: Settings, compiled: Path) -> Iterator[Flask]:
    app = create_app(settings, _library())
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(compiled))
    app.test_client_class = Visitor
    app.testing = True
    yield app
    app.extensions["clinic"]["printer"].stop()
    app.extensions["clinic"]["engine"].dispose()


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the compiled templates are kept from one test to the next."""
    return tmp_path_factory.mktemp("compiled")


@pytest.fixture(scope="session")
def opened_app(settings: Settings, compiled: Path) -> Iterator[Flask]:
    """The app of the clinic with Alice and Bob, started once."""
    yield from _running(settings, compiled)


@pytest.fixture
def app(opened_app: Flask, settings: Settings, clinic_database: Path) -> Flask:
    """The app of the clinic with Alice and Bob, on the day that it opens."""
    parts = opened_app.extensions["clinic"]
    parts["engine"].dispose()
    shutil.rmtree(settings.folder)
    settings.folder.mkdir()
    _settings(settings.folder, clinic_database)
    parts["as_set"] = (0, parts["library"])
    return opened_app


@pytest.fixture
def empty_app(tmp_path: Path, empty_database: Path, compiled: Path) -> Iterator[Flask]:
    """The app on its first start: no clinic, no account."""
    yield from _running(_settings(tmp_path, empty_database), compiled)


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """A session of its own beside those of the requests.

    Commit before a request should see a change, and before looking again after one.
    """
    with app.extensions["clinic"]["read"]() as own:
        yield own


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Somebody who is not signed in."""
    return app.test_client()


def _signed_in(app: Flask, member: people.Member) -> FlaskClient:
    with app.extensions["clinic"]["write"]() as session:
        user = session.scalars(select(User).filter_by(username=member.username)).one()
        token = start_login(session, user, "test")
        session.commit()
    visitor = app.test_client()
    with visitor.session_transaction() as cookie:
        cookie["_user_id"] = token
        # The same in all tests, so that its token is read from a page once.
        cookie["csrf_token"] = "only for tests"
        cookie.permanent = True
    return visitor


@pytest.fixture
def as_alice(app: Flask) -> FlaskClient:
    """Alice the administrator, signed in."""
    return _signed_in(app, people.ALICE)


@pytest.fixture
def as_bob(app: Flask) -> FlaskClient:
    """Bob the therapist, signed in."""
    return _signed_in(app, people.BOB)


@pytest.fixture
def patient(session: Session) -> Patient:
    """Marisol, on record."""
    row = people.add_patient(session)
    session.commit()
    return row
