"""What is prepared in the clinic that runs, by an app at the same database beside it."""

from functools import cache
from pathlib import Path

from flask import Flask

from clinic_app.app import create_app
from clinic_app.config import Settings
from tests import people
from tests.at_table import AtTable
from tests.conftest import Visitor
from tests.live import LiveClinic
from tests.on_sheet import begin


def suggested(clinic: LiveClinic, *, approved: bool = False) -> tuple[int, list[str]]:
    """A programme of the one patient, begun and suggested: its number and its exercises in order."""
    app = _beside(clinic.folder)
    client = app.test_client()
    client.sign_in(people.BOB)
    with app.extensions["clinic"]["read"]() as session:
        sheet = begin(AtTable(app, client, 1).start().safe().enter(), session)
        assert sheet.answer().status_code == 303
        if approved:
            assert sheet.post("/approve").status_code == 303
        return sheet.id, sheet.exercises


@cache
def _beside(folder: Path) -> Flask:
    """An app at the database of the clinic that runs there; it prints nothing."""
    database = f"sqlite:///{folder / 'clinic.sqlite'}"
    app = create_app(Settings(folder=folder, database_url=database, secret_key="only for tests"))
    app.test_client_class = Visitor
    app.extensions["clinic"]["printer"].stop()
    return app
