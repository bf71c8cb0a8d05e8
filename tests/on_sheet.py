"""A programme as the therapist works on it, for the tests: sent by the app's own forms."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from clinic_app.records.programme import Programme
from tests.at_table import AtTable

ANSWERS: dict[str, Any] = {
    "goal": "sport",
    "sport": "running",
    "irritability": "low",
    "falls_12m": "0",
    "afraid": "no",
    "weight_bearing_left": "fwb",
    "weight_bearing_right": "fwb",
    "post_op": "no",
    "equipment": ["chair", "loop_band"],
    "positions_not_tolerated": ["none"],
    "floor_transfer_ok": "yes",
    "cleared_for_impact": "no",
    "stage": "initial",
}


@dataclass
class Sheet:
    """A programme as the therapist works on it."""

    table: AtTable
    session: Session
    id: int = 0

    @property
    def row(self) -> Programme:
        """The row as it stands now."""
        self.session.rollback()
        return self.session.get_one(Programme, self.id, populate_existing=True)

    @property
    def exercises(self) -> list[str]:
        """The exercises in their order."""
        return [line["prescription"]["exercise"] for line in self.row.lines]

    def get(self, rest: str = "") -> TestResponse:
        """One of its pages."""
        return self.table.client.get(f"/programmes/{self.id}{rest}")

    def post(self, rest: str = "", **fields: Any) -> TestResponse:
        """Send one of its forms, at the revision that stands now."""
        typed = {"revision": self.row.revision, **fields}
        return self.table.client.post_form(f"/programmes/{self.id}{rest}", typed)

    def answer(self, **changes: Any) -> TestResponse:
        """Answer the circumstances, these differently."""
        return self.post("/circumstances", **{**ANSWERS, **changes})


def begin(table: AtTable, session: Session) -> Sheet:
    """Sign, and start the programme."""
    table.sign(acknowledged="y")
    answer = table.client.post_form(table.url("/programme"))
    assert answer.status_code == 303, answer.text
    return Sheet(table, session, int(answer.location.rsplit("/", 1)[1]))


def line_of(sheet: Sheet, exercise: str) -> dict[str, Any]:
    """The line of the sheet with that exercise, as it is stored."""
    return next(line for line in sheet.row.lines if line["prescription"]["exercise"] == exercise)


def approve_another(sheet: Sheet, **changes: Any) -> Sheet:
    """Approve this programme, and begin the next one of the same screening."""
    assert sheet.post("/approve", **changes).status_code == 303
    answer = sheet.table.client.post_form(sheet.table.url("/programme"))
    return Sheet(sheet.table, sheet.session, int(answer.location.rsplit("/", 1)[1]))
