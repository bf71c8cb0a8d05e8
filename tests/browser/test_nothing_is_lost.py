"""Whatever breaks, each entry is on the server or the device: once, on its side, for its person."""

import signal
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests import people
from tests.browser.conftest import TABLET
from tests.browser.faults import FAULTS, Count, Table, walk
from tests.browser.quick import (
    QUICK,
    STATUS,
    Record,
    clinic_with_a_patient,
    new_screening,
    sign_in,
)
from tests.browser.two_devices import at_the_same_test
from tests.live import LiveClinic

PATIENCE_MS = 15_000
BY_ITEM = {entered.item: entered for entered in QUICK if entered.side != "left"}
PLAIN = """async () => {
  const request = indexedDB.open("gluteal-screen");
  await new Promise((done) => (request.onsuccess = done));
  const rows = (name) => new Promise((done) => {
    const all = request.result.transaction(name).objectStore(name).getAll();
    all.onsuccess = () => done(all.result);
  });
  const text = (row) => new TextDecoder("latin1").decode(row.data);
  const [entries, pages, secret] = [await rows("entries"), await rows("pages"), await rows("secret")];
  const keys = secret.map((row) => row.key.extractable);
  return { entries: entries.map((row) => row.id + text(row)), pages: pages.map(text), keys };
}"""


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[LiveClinic]:
    """A clinic that runs, with one patient on file."""
    running = clinic_with_a_patient(tmp_path)
    yield running
    running.end(signal.SIGTERM)


def tablet(browser: Browser) -> BrowserContext:
    """Another device."""
    context = browser.new_context(viewport=TABLET)
    context.set_default_timeout(PATIENCE_MS)
    return context


def test_each_fault_in_turn_loses_nothing_doubles_nothing_and_keeps_the_side(
    browser: Browser, clinic: LiveClinic
) -> None:
    table = Table(tablet(browser), clinic).start()
    counts = [
        walk(table, fault, QUICK[number : number + 1])
        for number, fault in enumerate([*FAULTS.values(), *FAULTS.values()])
    ]
    table.context.close()
    assert counts == [Count(entries=1)] * 10


def test_two_people_at_the_same_test_never_overwrite_each_other_in_silence(
    browser: Browser, clinic: LiveClinic
) -> None:
    both = at_the_same_test(browser, clinic)
    chance = Random(1)  # noqa: S311
    for _ in range(3):
        both.run(chance)
    for device in both.devices:
        device.page.context.close()
    assert both.tally.entered > 0
    assert (both.tally.unsettled, both.tally.wrong_side, both.tally.differing) == (0, 0, 0)


def test_what_is_kept_for_one_person_is_neither_shown_to_nor_sent_by_the_next(
    browser: Browser, clinic: LiveClinic
) -> None:
    context = tablet(browser)
    page, entered = context.new_page(), BY_ITEM["mmt_hip_abduction"]
    sign_in(page, clinic)
    record = Record(clinic.folder, new_screening(page, clinic))
    step = f"{clinic.address}/screenings/{record.screening}/steps/mmt_hip_abduction"
    page.goto(step)
    page.route("**/findings/**", lambda route: route.abort())
    entered.enter(page)
    page.locator(STATUS).get_by_text("Offline").wait_for()
    page.goto(f"{clinic.address}/today")

    def sign_out(choice: str) -> None:
        page.get_by_role("button", name="Signed in as").click()
        page.get_by_role("button", name="Sign out").click()
        if choice:
            page.get_by_role("button", name=choice).click()
            page.wait_for_url("**/sign-in")

    sign_out("")
    page.get_by_text("Hip abduction, manual grade, right").last.wait_for()
    page.get_by_role("button", name="Keep them for my next sign-in here").click()
    page.wait_for_url("**/sign-in")
    page.unroute("**/findings/**")
    kept = page.evaluate(PLAIN)
    assert (kept["keys"], kept["pages"], len(kept["entries"])) == ([], [], 1)

    sign_in(page, clinic, people.ALICE)
    page.goto(step)
    page.wait_for_timeout(1000)
    assert not page.locator('input[name="right-grade_whole"]:checked').count()
    assert record.revision(entered) == 0
    page.goto(f"{clinic.address}/today")
    page.get_by_role("button", name="Signed in as").click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in")

    sign_in(page, clinic)
    page.wait_for_timeout(1000)
    assert record.holds(entered)
    sql = "select user.username from finding join user on user.id = saved_by_id where item = ?"
    assert record.ask(sql, entered.item) == [("bob",)]
    context.close()


def test_only_what_is_nowhere_kept_holds_the_page_and_what_is_refused_stays_with_its_reason(
    browser: Browser, clinic: LiveClinic
) -> None:
    context = tablet(browser)
    page = context.new_page()
    sign_in(page, clinic)
    record = Record(clinic.folder, new_screening(page, clinic))
    page.goto(f"{clinic.address}/screenings/{record.screening}/steps/mmt_hip_abduction")
    page.evaluate("() => { IDBObjectStore.prototype.put = () => { throw new DOMException('full'); }; }")
    context.set_offline(True)
    BY_ITEM["mmt_hip_abduction"].enter(page)
    page.locator(STATUS).get_by_text("no room").or_(
        page.locator(STATUS).get_by_text("Offline")
    ).first.wait_for()
    warned: list[str] = []
    page.on("dialog", lambda dialog: (warned.append(dialog.type), dialog.dismiss()))
    page.evaluate("location.assign('/today')")
    page.wait_for_timeout(500)
    assert warned == ["beforeunload"]
    context.set_offline(False)
    page.locator(STATUS).get_by_text("Saved").wait_for()
    assert record.holds(BY_ITEM["mmt_hip_abduction"])
    page.goto(f"{clinic.address}/screenings/{record.screening}/steps/demographics")
    assert warned == ["beforeunload"], "what is saved is no reason to warn"

    # What cannot be taken yet stays where it was typed, with its reason, wherever one goes meanwhile.
    page.locator("[name=height_cm]").fill("500")
    page.get_by_text("500 does not fit").wait_for()
    page.reload()
    page.get_by_text("500 does not fit").wait_for()
    assert page.locator("[name=height_cm]").input_value() == "500"
    context.close()
