"""The quick screen of an unremarkable patient on file: how many taps it takes, and by keyboard alone."""

import signal
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Locator, Page
from sqlalchemy.orm import Session

from clinic_app.config import Settings
from clinic_app.domain.finding import Finding
from clinic_app.domain.report import ReportStatus
from clinic_app.records.patient import Patient
from clinic_app.records.user import User
from tests import people, screened
from tests.browser.conftest import PATIENCE_MS, TABLET
from tests.browser.quick import sign_in
from tests.live import LiveClinic

MOST_TAPS = 45
USUAL = ("symptom_location", "pain_nprs", "gait_observation", "trendelenburg_30s", "mmt_hip_abduction")
MOST_TABS = 200
# Each key pressed outside the password, as the page sees it.
NOTE_KEYS = (
    "addEventListener('keydown', (e) => e.target.type !== 'password' && noteKey(e.key), {capture: true})"
)


# Where the focus has to go from here to reach a control.
WHERE = """wanted => {
  const here = document.activeElement;
  if (here === wanted) return "here";
  return wanted.compareDocumentPosition(here) & Node.DOCUMENT_POSITION_FOLLOWING ? "behind" : "ahead";
}"""


@pytest.fixture
def live(app: Flask, session: Session, settings: Settings) -> Iterator[LiveClinic]:
    """A clinic in which Tewodros was screened before, height and mass with it."""
    patient = people.add_patient(session, people.TEWODROS)
    person = {"height_cm": Decimal("181"), "mass_kg": Decimal("78.5"), "kicking_leg": "right"}
    bob = session.query(User).filter_by(username=people.BOB.username).one()
    found = [Finding("demographics", values=person), *screened.graded(screened.BOTH_STRONG)]
    before = screened.draft(session, patient, bob, [*screened.safe_answers(app), *found], date(2026, 5, 3))
    screened.end(app, session, before, bob, ReportStatus.SIGNED)
    session.commit()
    clinic = LiveClinic(Path(settings.folder))
    clinic.start()
    yield clinic
    clinic.end(signal.SIGTERM)


def _signed_in(browser: Browser, clinic: LiveClinic, patient: Patient, keys: list[str]) -> Page:
    context = browser.new_context(viewport=TABLET, has_touch=True)
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    sign_in(page, clinic)

    def note(key: str) -> None:
        keys.append(key)

    page.expose_function("noteKey", note)
    page.add_init_script(NOTE_KEYS)
    page.goto(f"{clinic.address}/patients/{patient.id}")
    return page


def _walk(page: Page, press: Callable[[Locator], None]) -> None:
    """From "New screening" to the signed page; `press` acts on one control as a finger or a key does."""
    press(page.get_by_role("link", name="New screening").first)
    press(page.get_by_role("button", name="Start: Quick screen"))
    page.wait_for_url("**/steps/red_flags")
    for group in page.locator("[data-no-to-all] [data-do]").all():
        if not group.is_visible():
            press(page.locator("[data-forward]"))
        press(group)
    _next(page, press, "precautions")
    while not page.locator("[name=answered]").is_visible():
        press(page.locator("[data-forward]"))
    press(page.locator("[name=answered]"))
    _next(page, press, "demographics")
    for step in (*USUAL, "mmt_hip_extension"):
        press(page.locator("[data-usual] [data-do]"))
        _next(page, press, step)
    press(page.locator("[data-usual] [data-do]"))
    press(page.locator("[data-forward]"))
    page.wait_for_url("**/review")
    acknowledged = page.locator("[name=acknowledged]")
    if acknowledged.count():
        press(acknowledged)
    press(page.locator("#sign [name=password]"))
    page.keyboard.type(people.BOB.password)
    press(page.get_by_role("button", name="Sign and lock"))
    page.wait_for_url(lambda url: url.rstrip("/").rsplit("/", 1)[-1].split("?")[0].isdecimal())


def _next(page: Page, press: Callable[[Locator], None], step: str) -> None:
    press(page.locator("[data-forward]"))
    page.wait_for_url(f"**/steps/{step}")


def test_the_quick_screen_of_an_unremarkable_patient_takes_few_taps_and_no_typing(
    browser: Browser, live: LiveClinic, session: Session
) -> None:
    patient = session.query(Patient).one()
    taps: list[str] = []
    keys: list[str] = []
    page = _signed_in(browser, live, patient, keys)

    def tap(control: Locator) -> None:
        taps.append(page.url)
        control.tap()

    _walk(page, tap)
    print(f"{len(taps)} taps from New screening to the signature, nothing typed but the password")
    assert len(taps) <= MOST_TAPS
    assert keys == []
    assert "Signed" in page.locator("main").inner_text()

    # The same once more without a finger: every control is reached by Tab and pressed by a key.
    page.goto(f"{live.address}/patients/{patient.id}")

    def key(control: Locator) -> None:
        control.wait_for()
        wanted = control.element_handle()
        for _ in range(MOST_TABS):
            where = page.evaluate(WHERE, wanted)
            if where == "here":
                break
            page.keyboard.press("Shift+Tab" if where == "behind" else "Tab")
        else:
            raise AssertionError(f"Tab does not reach {control}")
        kind = control.get_attribute("type")
        if kind != "password":
            page.keyboard.press("Space" if kind == "checkbox" else "Enter")

    _walk(page, key)
    assert "Signed" in page.locator("main").inner_text()
    page.context.close()
