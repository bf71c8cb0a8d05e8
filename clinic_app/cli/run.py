"""`clinic run`: bring the database up to date and serve the clinic."""

import gc
import sys
from typing import Any

import click
from flask import Flask
from gunicorn.app.base import BaseApplication
from sqlalchemy import Engine

from clinic_app import machine
from clinic_app.app import create_app
from clinic_app.config import SettingError, Settings
from clinic_app.library.errors import ContentError
from clinic_app.records.clinic import new_setup_link
from clinic_app.records.engine import make_engine, sessions
from clinic_app.records.migrate import upgrade


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
            "post_worker_init": lambda worker: _warm(worker.app.callable),
        }
        for name, value in chosen.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """The app, read before the workers part, so that content is read once and shared."""
        return self.app


def _warm(app: Flask) -> None:
    """Serve one page and start the printer, then keep all that out of the garbage collector's rounds."""
    app.test_client().get("/sign-in")
    app.extensions["clinic"]["printer"].start()
    gc.collect()
    gc.freeze()


def _setup_link(engine: Engine) -> str | None:
    _, write = sessions(engine)
    with write() as session:
        token = new_setup_link(session)
        session.commit()
    return token


@click.command("run")
def command() -> None:
    """Start the clinic; on an empty database print the one-time link that sets it up."""
    if sentences := machine.missing():
        sys.exit("\n".join(sentences))
    try:
        settings = Settings.from_environment()
        app = create_app(settings)
    except (SettingError, ContentError) as error:
        sys.exit(str(error))
    engine = make_engine(settings.database_url)
    upgrade(engine)
    address = f"http://{settings.host}:{settings.port}"
    welcome = f"Gluteal Screen is at {address}  (Ctrl+C stops it)"
    if token := _setup_link(engine):
        welcome += f"\nNo account yet. Set the clinic up here, once: {address}/setup/{token}"
    engine.dispose()
    Server(app, welcome).run()
