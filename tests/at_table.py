"""A therapist at the table, for the tests: a screening on the app's own pages, or entered all at once."""

from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from clinic_app.domain.protocol import Side
from clinic_app.records.finding import NO_SIDE, Entry, Finding
from clinic_app.records.screening import Screening
from clinic_app.web.entry import headline_number, read_script, save
from tests import people

ABDUCTION, EXTENSION = "mmt_hip_abduction", "mmt_hip_extension"

# E02 of the worked examples: one side weak, in a runner with pain at the outer side of the right knee.
E02: tuple[tuple[str, str, dict[str, Any], int | None], ...] = (
    ("symptom_location", "left", {"sites": ["none"]}, None),
    ("symptom_location", "right", {"sites": ["lateral_knee"]}, None),
    ("pain_nprs", "left", {"now": 0, "worst_24h": 0, "least_24h": 0}, None),
    ("pain_nprs", "right", {"now": 2, "worst_24h": 3, "least_24h": 0}, None),
    ("gait_observation", "left", {"patterns": ["none"]}, 0),
    ("gait_observation", "right", {"patterns": ["none"]}, 0),
    ("trendelenburg_30s", "left", {"result": "neg"}, 0),
    ("trendelenburg_30s", "right", {"result": "drop", "seconds": "12.0"}, 0),
    (ABDUCTION, "left", {"grade": "5"}, 0),
    (ABDUCTION, "right", {"grade": "4"}, 0),
    (EXTENSION, "left", {"grade": "5"}, 0),
    (EXTENSION, "right", {"grade": "5"}, 0),
    ("lumbar_l5_motor", "left", {"heel_walk": "ok"}, 0),
    ("lumbar_l5_motor", "right", {"heel_walk": "ok"}, 0),
)


@dataclass
class AtTable:
    """One draft as the therapist works on it; `revisions` are those that the page knows."""

    app: Flask
    client: Any
    patient_id: int
    id: int = 0
    revisions: dict[tuple[str, str], int] = field(default_factory=dict)

    def start(self, protocol: str = "quick") -> "AtTable":
        """Start a screening from the patient's page."""
        chosen = {"protocol": protocol}
        answer = self.client.post_form(f"/patients/{self.patient_id}/screenings", chosen)
        assert answer.status_code == 303, answer.text
        self.id = int(answer.location.split("/")[2])
        return self

    def url(self, rest: str = "") -> str:
        """An address of this screening."""
        return f"/screenings/{self.id}{rest}"

    def get(self, rest: str = "") -> TestResponse:
        """One of its pages."""
        return self.client.get(self.url(rest))

    def step(self, item: str, fields: dict[str, Any]) -> TestResponse:
        """Send the form of a step, as without script."""
        return self.client.post_form(self.url(f"/steps/{item}"), fields)

    def put(
        self,
        item: str,
        side: str,
        body: dict[str, Any],
        *,
        key: str = "",
        supersedes: str = "",
        revision: int | None = None,
    ) -> TestResponse:
        """Save one side, as the page's script does, at the revision that the page knows."""
        known = self.revisions.get((item, side), 0) if revision is None else revision
        answer = self.client.put_json(self.url(f"/findings/{item}/{side}"), body, known, key, supersedes)
        if answer.status_code == 200:
            self.revisions[item, side] = answer.json["revision"]
        return answer

    def done(
        self, item: str, side: str, values: dict[str, Any], pain: int | None = 0, **more: Any
    ) -> TestResponse:
        """Save a test that was done."""
        return self.put(item, side, {"values": values, "pain": pain, **more})

    def rows(self) -> dict[str, str]:
        """Every red-flag row answered no."""
        library = self.app.extensions["clinic"]["library"]
        return {row.id: "no" for row in library.red_flags.values() if row.under_age is None}

    def safe(self) -> "AtTable":
        """No red flag, and no precaution."""
        safety = (("red_flags", self.rows()), ("precautions", {"answered": True}))
        return self._save({(item, NO_SIDE): {"values": values} for item, values in safety})

    def enter(self) -> "AtTable":
        """The findings of E02."""
        return self._save(
            {(item, side): {"values": values, "pain": pain} for item, side, values, pain in E02}
        )

    def _save(self, bodies: dict[tuple[str, str], dict[str, Any]]) -> "AtTable":
        """Read and save these as the page's script sends them, without a request for each."""
        parts = self.app.extensions["clinic"]
        with self.app.test_request_context(), parts["write"]() as session:
            therapist = session.get_one(Screening, self.id).started_by_id
            for (name, side), body in bodies.items():
                item = parts["library"].items[name]
                finding = read_script(item, None if side == NO_SIDE else Side(side), body)
                entry = Entry(self.id, finding, therapist, number=headline_number(item, finding))
                self.revisions[name, side] = save(session, entry).revision
            session.commit()
        return self

    def sign(self, **fields: Any) -> TestResponse:
        """Sign as Bob."""
        typed = {"do": "sign", "password": people.BOB.password, **fields}
        return self.client.post_form(self.url("/sign"), typed)

    def recorded(self, session: Session, item: str, side: str = "none") -> Finding | None:
        """The row that is stored for this test and side."""
        session.rollback()
        return session.scalar(select(Finding).filter_by(screening_id=self.id, item=item, side=side))
