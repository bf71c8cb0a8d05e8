"""`clinic run`: bring the database up to date and serve the clinic."""

import gc
import io
import sys
from importlib import import_module
from pathlib import Path
from threading import Timer
from typing import Any

import click
import segno
from flask import Flask
from gunicorn.app.base import BaseApplication
from sqlalchemy import Engine

from clinic_app import machine
from clinic_app.app import create_app
from clinic_app.config import SettingError, Settings
from clinic_app.lan import certificate, plain
from clinic_app.lan.addresses import own_addresses, own_names
from clinic_app.library.errors import ContentError
from clinic_app.records.clinic import new_setup_link
from clinic_app.records.engine import make_engine, sessions
from clinic_app.records.version import is_current

# Loading WeasyPrint takes a processor for seconds; the first pages go first.
PRINTER_AFTER_S = 5.0


class Server(BaseApplication):  # type: ignore[misc]
    """Gunicorn with threads: it finishes what it serves before it stops."""

    def __init__(self, app: Flask, welcome: str) -> None:
        self.app, self.welcome = app, welcome
        super().__init__()

    def load_config(self) -> None:
        """Set what a clinic needs; nothing is read from files or the command line."""
        settings: Settings = self.app.config["SETTINGS"]
        chosen: dict[str, Any] = {
            "bind": f"{settings.host}:{settings.port}",
            "workers": settings.workers,
            "threads": settings.threads,
            "worker_class": "gthread",
            "loglevel": "warning",
            "proc_name": "clinic",
            "when_ready": lambda _server: click.echo(self.welcome),
            "post_worker_init": lambda worker: _start_printer(worker.app.callable),
        }
        if settings.lan:
            files = _certificate(settings)
            chosen |= {"certfile": str(files.certificate), "keyfile": str(files.key)}
        for name, value in chosen.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """The app, read before the workers part, so that content is read once and shared."""
        return self.app


def _warm(app: Flask) -> None:
    """Serve one page before the workers part, and keep what it made out of the garbage collector's rounds."""
    app.test_client().get("/sign-in")
    # A connection must not be shared by the workers.
    app.extensions["clinic"]["engine"].dispose()
    gc.collect()
    gc.freeze()


def _start_printer(app: Flask) -> None:
    printer = Timer(PRINTER_AFTER_S, app.extensions["clinic"]["printer"].start)
    printer.daemon = True
    printer.start()


def _bring_up_to_date(engine: Engine) -> None:
    if is_current(engine):
        return
    # Alembic takes long to load, and is needed only after an update.
    migrate = import_module("clinic_app.records.migrate")
    if not migrate.pending(engine):
        sys.exit("This database was used by a newer version of Gluteal Screen. Start that version")
    migrate.upgrade(engine)


def _setup_link(engine: Engine) -> str | None:
    _, write = sessions(engine)
    with write() as session:
        token = new_setup_link(session)
        session.commit()
    return token


def _certificate(settings: Settings) -> certificate.Files:
    """What to serve with: the clinic's own pair where it brings one, else the one that is made here."""
    if settings.certificate:
        return certificate.Files(Path(settings.certificate), Path(settings.certificate_key), None)
    return certificate.ensure(settings.folder, own_addresses(), own_names())


def _address(settings: Settings) -> str:
    if not settings.lan:
        return f"http://{settings.host}:{settings.port}"
    return f"https://{next(iter(own_addresses()), 'localhost')}:{settings.port}"


def _for_tablets(settings: Settings, address: str) -> str:
    """The address as a code for a tablet's camera, and what a new tablet must compare."""
    drawn = io.StringIO()
    segno.make_qr(address).terminal(drawn, compact=True)
    words = f"\n{drawn.getvalue()}"
    if settings.authority:
        host = address.removeprefix("https://").removesuffix(f":{settings.port}")
        words += f"A new tablet first opens http://{host}:{settings.plain_port}\n"
        words += "and compares this SHA-256 fingerprint:\n"
        words += certificate.fingerprint(settings.authority)
    return words


def _read_settings(lan: bool) -> Settings:
    settings = Settings.from_environment()
    if lan or settings.lan:
        settings = settings.on_the_network()
    settings.check()
    return settings


@click.command("run")
@click.option("--lan", is_flag=True, help="Serve the clinic's own network, over HTTPS.")
def command(lan: bool) -> None:
    """Start the clinic; on an empty database print the one-time link that sets it up."""
    if sentences := machine.missing():
        sys.exit("\n".join(sentences))
    try:
        settings = _read_settings(lan)
        app = create_app(settings)
    except (SettingError, ContentError) as error:
        sys.exit(str(error))
    engine = make_engine(settings.database_url)
    _bring_up_to_date(engine)
    address = _address(settings)
    welcome = f"Gluteal Screen is at {address}  (Ctrl+C stops it)"
    if token := _setup_link(engine):
        welcome += f"\nNo account yet. Set the clinic up here, once: {address}/setup/{token}"
    engine.dispose()
    _warm(app)
    if settings.lan:
        _certificate(settings)
        welcome += _for_tablets(settings, address)
        plain.serve(app, settings.host, settings.plain_port)
    Server(app, welcome).run()
