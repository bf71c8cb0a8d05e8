"""The server may be killed at any moment: what it said was saved is there afterwards."""

import http.client
import json
import os
import random
import shutil
import signal
import threading
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from clinic_app.domain import finding as domain
from clinic_app.library import load_library
from clinic_app.records.engine import make_engine, sessions
from clinic_app.records.finding import Entry, Finding, save_finding
from clinic_app.records.screening import Screening, start_screening
from clinic_app.records.user import User
from tests import people
from tests.live import Caller, LiveClinic

KILLS = int(os.environ.get("KILLS", "2"))
GRADES = ("3", "3+", "4-", "4", "4+", "5")
PLACES = tuple(
    (item, side) for item in ("mmt_hip_abduction", "mmt_hip_extension") for side in ("left", "right")
)


@pytest.fixture
def running(tmp_path: Path, clinic_database: Path) -> Any:
    """A running clinic with one draft whose safety questions are answered."""
    shutil.copyfile(clinic_database, tmp_path / "clinic.sqlite")
    clinic = LiveClinic(tmp_path, workers=2)
    clinic.start()
    yield clinic
    clinic.end(signal.SIGKILL)


def _draft(folder: Path) -> int:
    read_write = sessions(make_engine(f"sqlite:///{folder / 'clinic.sqlite'}"))
    with read_write[1]() as session:
        bob = session.scalars(select(User).filter_by(username=people.BOB.username)).one()
        patient = people.add_patient(session)
        draft = start_screening(session, patient.id, "quick", date.today(), bob.id)
        answers = {row.id: "no" for row in load_library().red_flags.values() if row.under_age is None}
        for finding in (
            domain.Finding("red_flags", values=answers),
            domain.Finding("precautions", values={"answered": True, "rows": ()}),
        ):
            save_finding(session, Entry(draft.id, finding, bob.id))
        session.commit()
        return draft.id


class Therapist(threading.Thread):
    """Grades the four tests over and over; remembers what was acknowledged, and what was on its way."""

    def __init__(
        self, caller: Caller, draft: int, acknowledged: dict[tuple[str, str], tuple[int, str]]
    ) -> None:
        super().__init__()
        self.caller, self.draft, self.acknowledged = caller, draft, acknowledged
        self.on_its_way: tuple[tuple[str, str], str] | None = None
        self.saves = 0
        self.under_way = threading.Event()

    def run(self) -> None:
        """Save until the connection breaks."""
        try:
            while True:
                self._save(random.choice(PLACES), random.choice(GRADES))  # noqa: S311
        except (OSError, http.client.HTTPException):
            return

    def _save(self, place: tuple[str, str], grade: str) -> None:
        self.on_its_way = (place, grade)
        revision = self.acknowledged.get(place, (0, ""))[0]
        headers = {
            "Content-Type": "application/json",
            "X-CSRFToken": self.caller.token,
            "If-Match": f'"{revision}"',
            "Idempotency-Key": f"{time.time_ns()}",
        }
        body = json.dumps({"values": {"grade": grade}, "status": "done", "pain": 0}).encode()
        path = f"/screenings/{self.draft}/findings/{place[0]}/{place[1]}"
        status, content = self.caller.ask("PUT", path, body, headers)
        assert status == 200, (status, content)
        self.acknowledged[place] = (json.loads(content)["revision"], grade)
        self.on_its_way = None
        self.saves += 1
        if self.saves > 1:
            self.under_way.set()


def _stored(folder: Path, draft: int) -> dict[tuple[str, str], tuple[int, str]]:
    engine = make_engine(f"sqlite:///{folder / 'clinic.sqlite'}")
    with sessions(engine)[0]() as session:
        rows = session.scalars(select(Finding).join(Screening, Screening.id == Finding.screening_id))
        stored = {
            (row.item, row.side): (row.revision, row.values["grade"])
            for row in rows.unique()
            if row.screening_id == draft and row.item.startswith("mmt_")
        }
    engine.dispose()
    return stored


def test_every_acknowledged_save_survives_a_killed_server(running: LiveClinic) -> None:
    draft = _draft(running.folder)
    caller = Caller(running.port)
    caller.sign_in(people.BOB.username, people.BOB.password)
    acknowledged: dict[tuple[str, str], tuple[int, str]] = {}
    saves = 0
    for _ in range(KILLS):
        therapist = Therapist(caller, draft, acknowledged)
        therapist.start()
        therapist.under_way.wait(timeout=30)
        time.sleep(random.uniform(0, 0.4))  # noqa: S311
        running.end(signal.SIGKILL)
        therapist.join(timeout=30)
        saves += therapist.saves
        stored = _stored(running.folder, draft)
        for place, (revision, grade) in acknowledged.items():
            unheard = therapist.on_its_way == (place, stored[place][1]) and stored[place][0] == revision + 1
            assert stored[place] == (revision, grade) or unheard, (place, stored[place], revision, grade)
        acknowledged.update(stored)
        running.start()
        caller.again()
    assert saves > KILLS, "too few saves to prove anything"
    print(f"{KILLS} kills, {saves} acknowledged saves, none lost")
