"""Whatever breaks, each entry is on the server or the device: once, on its side, for its person."""

import signal
from pathlib import Path
from random import Random

from playwright.sync_api import Browser, BrowserContext, Page, Route

from tests import people
from tests.browser.conftest import CHROMIUM, TABLET
from tests.browser.faults import FAULTS, Count, Table, until_kept, walk
from tests.browser.quick import (
    MOMENT_MS,
    QUICK,
    STATUS,
    TRIES,
    Record,
    new_screening,
    sign_in,
)
from tests.browser.two_devices import at_the_same_test
from tests.live import LiveClinic

PATIENCE_MS = 15_000
BY_ITEM = {entered.item: entered for entered in QUICK if entered.side != "left"}
# What tells a tablet which step is next.
LATE = ("**/kept", "**/steps/mmt_hip_extension")
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


def tablet(browser: Browser) -> BrowserContext:
    """Another device."""
    context = browser.new_context(viewport=TABLET)
    context.set_default_timeout(PATIENCE_MS)
    return context


def test_each_fault_in_turn_loses_nothing_doubles_nothing_and_keeps_the_side(
    browser: Browser, clinic: LiveClinic
) -> None:
    table = Table(tablet(browser), clinic).start()
    faults = enumerate(FAULTS.values())
    counts = [walk(table, fault, QUICK[number : number + 1]) for number, fault in faults]
    table.context.close()
    assert counts == [Count(entries=1)] * len(FAULTS)


def test_a_test_that_was_just_opened_is_not_passed_over_however_fast_next_is_tapped(
    browser: Browser, clinic: LiveClinic
) -> None:
    table = Table(tablet(browser), clinic).start()
    page = table.page
    table.open("mmt_hip_abduction")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    for late in LATE:
        page.route(late, hold)
    opens = BY_ITEM["mmt_hip_abduction"]
    with page.expect_response(lambda answer: answer.url.endswith("/mmt_hip_abduction/right")):
        opens.enter(page)
    page.get_by_role("button", name="Next").click()
    page.wait_for_url("**/mmt_hip_extension")
    page.get_by_role("button", name="Next").click()
    for route in held:
        route.continue_()
    page.unroute_all()
    page.wait_for_url("**/lumbar_l5_motor")
    table.context.close()


def test_two_people_at_the_same_test_never_overwrite_each_other_in_silence(
    browser: Browser, clinic: LiveClinic
) -> None:
    both = at_the_same_test(browser, clinic)
    chance = Random(1)  # noqa: S311
    both.run(chance)
    for device in both.devices:
        device.page.context.close()
    assert both.tally.entered > 0
    assert (both.tally.unsettled, both.tally.wrong_side, both.tally.differing) == (0, 0, 0)


def test_a_restarted_browser_without_network_goes_on_and_what_it_holds_is_not_readable(
    browser: Browser, clinic: LiveClinic, tmp_path: Path
) -> None:
    def start() -> tuple[BrowserContext, Page]:
        profile = str(tmp_path / "profile")
        context = browser.browser_type.launch_persistent_context(
            profile, executable_path=CHROMIUM, args=["--no-sandbox"], viewport=TABLET
        )
        context.set_default_timeout(PATIENCE_MS)
        return context, context.new_page()

    entered = BY_ITEM["demographics"]
    context, page = start()
    sign_in(page, clinic)
    screening = new_screening(page, clinic)
    page.goto(f"{clinic.address}/screenings/{screening}/steps/demographics")
    until_kept(page)
    context.set_offline(True)
    entered.enter(page)
    page.locator(STATUS).get_by_text("Offline").wait_for()
    kept = page.evaluate(PLAIN)
    context.close()

    assert kept["keys"] == [False]
    assert len(kept["pages"]) == 1
    assert any("demographics" in entry for entry in kept["entries"])
    assert not any(
        word in text
        for word in ("height_cm", "DUARTE", "Marisol")
        for text in kept["entries"] + kept["pages"]
    )

    context, page = start()
    context.set_offline(True)
    page.goto(f"{clinic.address}/screenings/{screening}/steps/demographics")
    assert entered.stands(page)
    page.get_by_role("button", name="Next").click()
    page.get_by_role("heading", name="Where it hurts").wait_for()
    clinic.end(signal.SIGTERM)
    page.goto(f"{clinic.address}/patients")
    page.get_by_role("link", name="Go on with the open screening").click()
    page.locator("form[data-entry]").wait_for()
    clinic.start()
    context.set_offline(False)
    page.goto(f"{clinic.address}/screenings/{screening}/steps/demographics")
    record = Record(clinic.folder, screening)
    assert any(record.holds(entered) or page.wait_for_timeout(MOMENT_MS) for _ in range(TRIES))
    context.close()


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
    sql = (
        "select username from finding join user on user.id = saved_by_id where item = ? and screening_id = ?"
    )
    assert record.ask(sql, entered.item, record.screening) == [("bob",)]
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
