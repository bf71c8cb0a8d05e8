"""A Quick screening as a therapist enters it, each side with the values that the record must then hold."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from playwright.sync_api import Page
from sqlalchemy.orm import Session

from clinic_app.records.engine import make_engine, sessions
from clinic_app.records.migrate import upgrade
from clinic_app.records.patient import Patient
from clinic_app.records.screening import Screening, start_screening
from clinic_app.records.user import User
from tests import people
from tests.live import LiveClinic

MOMENT_MS = 50
TRIES = 60
AT_ONCE = """([side, taps, typed]) => {
  const prefix = side === "none" ? "" : `${side}-`;
  for (const [name, value] of taps) {
    document.querySelector(`input[name="${prefix}${name}"][value="${value}"]`).click();
  }
  for (const [name, text] of typed) {
    const field = document.querySelector(`[name="${prefix}${name}"]`);
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}"""
STATUS = "[data-save-text]"


@dataclass(frozen=True)
class Entered:
    """One test on one side: the answers tapped and typed, by their fields, and what is recorded."""

    item: str
    side: str
    taps: tuple[tuple[str, str], ...] = ()
    typed: dict[str, str] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)

    def name(self, of: str) -> str:
        """A field's name on this side."""
        return of if self.side == "none" else f"{self.side}-{of}"

    def enter(self, page: Page) -> None:
        """Tap and type it on the step that is open."""
        for of, value in self.taps:
            wanted = page.locator(f'label:has(input[name="{self.name(of)}"][value="{value}"])').first
            while not wanted.is_visible():
                page.get_by_role("button", name="Further rows").click()
            wanted.click()
        for of, text in self.typed.items():
            page.locator(f'[name="{self.name(of)}"]').fill(text)

    def enter_at_once(self, page: Page) -> None:
        """The same before anything of it can be sent."""
        page.evaluate(AT_ONCE, [self.side, list(self.taps), list(self.typed.items())])

    def stands(self, page: Page) -> bool:
        """Whether all of it stands on the open step, at once or after a moment."""
        tries = (self._stands(page) or page.wait_for_timeout(MOMENT_MS) for _ in range(TRIES))
        return any(tries)

    def _stands(self, page: Page) -> bool:
        taps = (page.locator(f'input[name="{self.name(of)}"][value="{value}"]') for of, value in self.taps)
        typed = ((page.locator(f'[name="{self.name(of)}"]'), text) for of, text in self.typed.items())
        return all(tap.is_checked() for tap in taps) and all(
            _number(shown.input_value()) == _number(text) for shown, text in typed
        )


def _grades(item: str, left: str, right: str) -> list[Entered]:
    return [
        Entered(item, side, (("grade_whole", grade), ("pain", "0")), values={"grade": grade})
        for side, grade in (("left", left), ("right", right))
    ]


QUICK: tuple[Entered, ...] = (
    Entered("precautions", "none", (("answered", "y"),), values={"answered": True, "rows": []}),
    Entered(
        "demographics",
        "none",
        (("activity", "recreational"),),
        {"height_cm": "168", "mass_kg": "61,5"},
        {"height_cm": 168, "mass_kg": 61.5, "activity": "recreational"},
    ),
    Entered("symptom_location", "left", (("sites", "none"),), values={"sites": ["none"]}),
    Entered("symptom_location", "right", (("sites", "lateral_knee"),), values={"sites": ["lateral_knee"]}),
    *(
        Entered(
            "pain_nprs",
            side,
            (("now", now), ("worst_24h", worst), ("least_24h", "0")),
            values={"now": int(now), "worst_24h": int(worst), "least_24h": 0},
        )
        for side, now, worst in (("left", "0", "1"), ("right", "2", "3"))
    ),
    *(
        Entered("gait_observation", side, (("patterns", value), ("pain", "0")), values={"patterns": [value]})
        for side, value in (("left", "none"), ("right", "drop"))
    ),
    Entered("trendelenburg_30s", "left", (("result", "neg"), ("pain", "0")), values={"result": "neg"}),
    Entered(
        "trendelenburg_30s",
        "right",
        (("result", "drop"), ("pain", "1")),
        {"seconds": "12.0"},
        {"result": "drop", "seconds": 12},
    ),
    *_grades("mmt_hip_abduction", "5", "3"),
    *_grades("mmt_hip_extension", "5", "2"),
)


@dataclass
class Record:
    """What the clinic's database holds of one screening, read as a stranger to the app would."""

    folder: Path
    screening: int

    def ask(self, sql: str, *values: Any) -> list[Any]:
        """Rows of the database."""
        with sqlite3.connect(self.folder / "clinic.sqlite") as connection:
            return connection.execute(sql, values).fetchall()

    def revision(self, entered: Entered) -> int:
        """How often this side was saved; 0 when it was not."""
        sql = "select revision from finding where screening_id = ? and item = ? and side = ?"
        return (self.ask(sql, self.screening, entered.item, entered.side) or [(0,)])[0][0]

    def holds(self, entered: Entered) -> bool:
        """Whether this side holds just these values."""
        sql = 'select "values" from finding where screening_id = ? and item = ? and side = ?'
        rows = self.ask(sql, self.screening, entered.item, entered.side)
        return bool(rows) and _plain(rows[0][0]) == entered.values

    def sides(self, item: str) -> set[str]:
        """The sides on which something is recorded."""
        sql = "select side from finding where screening_id = ? and item = ?"
        return {side for (side,) in self.ask(sql, self.screening, item)}

    def end_sign_ins(self) -> None:
        """End every sign-in, as an administrator or a time-out does."""
        with sqlite3.connect(self.folder / "clinic.sqlite") as connection:
            connection.execute(
                "update login set ended_at = ? where ended_at is null", ("2026-01-01 00:00:00",)
            )


def _number(text: str) -> str:
    """As typed or as the record gives it back."""
    return text.replace(",", ".").removesuffix(".0")


def _plain(text: str) -> Any:
    def number(found: dict[str, Any]) -> Any:
        return float(found["decimal"]) if found.keys() == {"decimal"} else found

    return json.loads(text, object_hook=number)


def clinic_with_a_patient(folder: Path) -> LiveClinic:
    """A clinic that runs, with Alice, Bob and one patient on file."""
    engine = make_engine(f"sqlite:///{folder / 'clinic.sqlite'}")
    upgrade(engine)
    with sessions(engine)[1]() as session:
        people.add_clinic(session)
        for member in (people.ALICE, people.BOB):
            people.add_member(session, member)
        people.add_patient(session)
        session.commit()
    engine.dispose()
    running = LiveClinic(folder)
    running.start()
    return running


@contextmanager
def written(clinic: LiveClinic) -> Iterator[Session]:
    """Writes to the clinic's database beside the running server."""
    engine = make_engine(f"sqlite:///{clinic.folder / 'clinic.sqlite'}")
    with sessions(engine)[1]() as session:
        yield session
        session.commit()
    engine.dispose()


def full_screening(session: Session) -> Screening:
    """A Full screening that Bob has just begun."""
    bob = session.query(User).filter_by(username=people.BOB.username).one()
    return start_screening(session, session.query(Patient).one().id, "full", date(2026, 7, 14), bob.id)


def sign_in(page: Page, clinic: LiveClinic, member: people.Member = people.BOB) -> None:
    """Sign in through the form."""
    page.goto(f"{clinic.address}/sign-in")
    page.fill("main [name=username]", member.username)
    page.fill("main [name=password]", member.password)
    page.click("main button")
    page.wait_for_url("**/today")


def new_screening(page: Page, clinic: LiveClinic) -> int:
    """Start a Quick screening of the one patient and answer the red flags; returns its number."""
    page.goto(f"{clinic.address}/patients/1/screenings/new")
    page.get_by_role("button", name="Start: Quick").click()
    page.wait_for_url("**/steps/red_flags")
    page.evaluate("() => document.querySelectorAll('input[value=no]').forEach((answer) => answer.click())")
    page.locator(STATUS).get_by_text("Saved").wait_for()
    return int(page.url.split("/screenings/")[1].split("/")[0])
