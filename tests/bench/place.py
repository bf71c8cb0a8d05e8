"""The demonstration clinic in a folder of its own, on a real server beside an app that does nothing."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from sqlalchemy import select
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from clinic_app.app import create_app
from clinic_app.cli.demo import PASSWORD
from clinic_app.cli.run import Server
from clinic_app.config import Settings
from clinic_app.records.patient import Patient
from clinic_app.records.programme import approved_programme
from clinic_app.records.screening import SIGNED, Screening, start_screening
from clinic_app.records.user import User
from tests.live import Caller, free_port

EMPTY = "/empty"
HERE = Path(__file__).parents[2]


@dataclass(frozen=True)
class Place:
    """A running clinic and what is in it: a patient with three screenings, a draft, a programme."""

    settings: Settings
    app: Flask
    patient_id: int
    signed_id: int
    draft_id: int
    programme_id: int

    def caller(self) -> Caller:
        """The therapist, signed in, on a connection that is kept."""
        caller = Caller(self.settings.port)
        caller.sign_in("therapist", PASSWORD)
        return caller


@contextmanager
def running_place() -> Iterator[Place]:
    """Fill a folder, serve it, and take both away afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="clinic-bench-"))
    environment = {**os.environ, "CLINIC_FOLDER": str(folder), "PORT": str(free_port())}
    subprocess.run(
        [Path(sys.executable).parent / "clinic", "demo"],
        env=environment,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    settings = Settings.from_environment(environment)
    place = _place(settings)
    # A process of its own: what packs the scripts does not outlive a fork.
    server = subprocess.Popen([sys.executable, "-m", "tests.bench.place"], env=environment, cwd=HERE)
    try:
        _wait(settings.port)
        yield place
    finally:
        server.terminate()
        server.wait()
        place.app.extensions["clinic"]["printer"].stop()
        shutil.rmtree(folder)


def _place(settings: Settings) -> Place:
    app = create_app(settings)
    with app.extensions["clinic"]["write"]() as session:
        patient = session.scalars(select(Patient).filter_by(record_number="DEMO-004")).one()
        of_patient = select(Screening).filter_by(patient_id=patient.id, status=SIGNED)
        signed = session.scalars(of_patient.order_by(Screening.taken_on.desc())).unique().first()
        therapist = session.scalars(select(User).filter_by(username="therapist")).one()
        assert signed
        programme = approved_programme(session, signed.id)
        assert programme
        draft = start_screening(session, patient.id, "quick", signed.taken_on, therapist.id)
        session.commit()
        return Place(settings, app, patient.id, signed.id, draft.id, programme.id)


def _serve(settings: Settings) -> None:
    app = create_app(settings)
    nothing = Flask("nothing")
    nothing.add_url_rule("/", view_func=lambda: "", methods=["GET", "PUT"], endpoint="nothing")
    app.wsgi_app = DispatcherMiddleware(app.wsgi_app, {EMPTY: nothing.wsgi_app})  # type: ignore[method-assign]
    Server(app, "").run()


def _wait(port: int) -> None:
    for _ in range(600):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}{EMPTY}/").close()
        except urllib.error.URLError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the server did not start")


if __name__ == "__main__":
    _serve(Settings.from_environment())
