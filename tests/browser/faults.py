"""What goes wrong at a table, done to a real browser and clinic; each leaves the page to recover."""

import signal
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import BrowserContext, Page, Route

from tests import people
from tests.browser.quick import MOMENT_MS, STATUS, Entered, Record, new_screening, sign_in
from tests.live import LiveClinic

PATIENCE_MS = 30_000
KEPT_MS = 150
KEPT = """async () => {
  const device = await import("/static/js/device.js");
  const own = await device.secret();
  const pages = own ? await device.recallAll("pages", own) : [];
  const loaded = performance.getEntriesByType("resource").filter(({ name }) => name.includes("/static/"));
  const files = await Promise.all(loaded.map(({ name }) => caches.match(name)));
  return pages.length > 0 && files.every(Boolean);
}"""


def until_kept(page: Page) -> None:
    """Wait until the device keeps the steps: from then on the screening goes on without a network."""
    while not page.evaluate(KEPT):
        page.wait_for_timeout(MOMENT_MS)


@dataclass
class Table:
    """A therapist at a tablet: the open page, the clinic behind it, and the record to compare with."""

    context: BrowserContext
    clinic: LiveClinic
    page: Page = field(init=False)
    record: Record = field(init=False)
    seen: set[str] = field(default_factory=set)

    def start(self) -> "Table":
        """Sign in and begin a Quick screening."""
        self.page = self.context.new_page()
        sign_in(self.page, self.clinic)
        self.record = Record(self.clinic.folder, new_screening(self.page, self.clinic))
        until_kept(self.page)
        return self

    def address(self, item: str) -> str:
        """The step of this item."""
        return f"{self.clinic.address}/screenings/{self.record.screening}/steps/{item}"

    def open(self, item: str) -> None:
        """Go to this step in place, as the rail does, unless it is open."""
        if self.page.url != self.address(item):
            self.page.locator(f'.rail-item[href$="/steps/{item}"]').evaluate("link => link.click()")
            self.page.wait_for_url(self.address(item))

    def says(self, words: str) -> None:
        """Wait until the save status says so."""
        self.page.locator(STATUS).get_by_text(words).wait_for()

    def settled(self, entered: Entered) -> None:
        """Wait until the server has it, however slow the machine; a new page has nothing to say about it."""
        waits = range(PATIENCE_MS // MOMENT_MS)
        any(self.record.holds(entered) or self.page.wait_for_timeout(MOMENT_MS) for _ in waits)

    def reload(self) -> None:
        """Load the open step again."""
        self.page.reload()


def network_off(table: Table, entered: Entered) -> None:
    """The network is gone while this is entered, and the step is loaded again before it is back."""
    table.context.set_offline(True)
    entered.enter(table.page)
    table.says("Offline")
    table.reload()
    assert entered.stands(table.page), entered
    table.context.set_offline(False)


def tab_killed(table: Table, entered: Entered) -> None:
    """The tab dies before the save left; another one is opened on the same step."""
    table.context.set_offline(True)
    entered.enter(table.page)
    table.page.wait_for_timeout(KEPT_MS)
    address, dead = table.page.url, table.page
    table.page = table.context.new_page()
    dead.close(run_before_unload=False)
    table.context.set_offline(False)
    table.page.goto(address)
    assert entered.stands(table.page), entered


def session_ended(table: Table, entered: Entered) -> None:
    """The sign-in ends; after signing in again in place the same step is there with everything."""
    table.record.end_sign_ins()
    entered.enter_at_once(table.page)
    dialog = table.page.locator("#sign-in-again")
    dialog.locator("[name=password]").fill(people.BOB.password)
    dialog.get_by_role("button").click()
    dialog.wait_for(state="hidden")
    until_kept(table.page)
    assert table.page.url == table.address(entered.item)
    assert entered.stands(table.page), entered


def server_killed(table: Table, entered: Entered) -> None:
    """The server dies while this is entered, and comes back."""
    table.clinic.end(signal.SIGKILL)
    entered.enter(table.page)
    table.says("Offline")
    table.clinic.start()
    table.page.evaluate("dispatchEvent(new Event('online'))")


def answer_lost(table: Table, entered: Entered) -> None:
    """The server has saved it, but its answer never comes."""
    _spoiled(table, entered, lambda route: route.abort())


def answer_broken(table: Table, entered: Entered) -> None:
    """The server has saved it, but its answer breaks off."""
    _spoiled(table, entered, lambda route: route.fulfill(content_type="application/json", body='{"rev'))


def _spoiled(table: Table, entered: Entered, spoil: Callable[[Route], None]) -> None:
    answered: list[int] = []

    def answer(route: Route) -> None:
        answered.append(route.fetch().status)
        spoil(route)

    table.page.route("**/findings/**", answer)
    entered.enter(table.page)
    table.says("Offline")
    # On a slow machine the first try may leave before everything is entered.
    tries = range(PATIENCE_MS // MOMENT_MS)
    assert any(200 in answered or table.page.wait_for_timeout(MOMENT_MS) for _ in tries), answered
    table.page.unroute("**/findings/**")
    table.page.evaluate("dispatchEvent(new Event('online'))")


Fault = Callable[[Table, Entered], Any]
FAULTS: dict[str, Fault] = {
    "network off": network_off,
    "tab killed": tab_killed,
    "session ended": session_ended,
    "server killed": server_killed,
    "answer lost": answer_lost,
    "answer broken": answer_broken,
}


@dataclass
class Count:
    """What came of the entries."""

    entries: int = 0
    lost: int = 0
    duplicates: int = 0
    wrong_side: int = 0

    def look(self, table: Table, entered: Entered, alone: bool) -> None:
        """Compare the record with what was entered; `alone`: nothing was entered on the other side yet."""
        sides = table.record.sides(entered.item)
        self.entries += 1
        self.lost += not table.record.holds(entered)
        self.wrong_side += bool(alone and sides - {entered.side})
        # Entered while nothing could be sent, a side is saved once.
        self.duplicates += max(table.record.revision(entered) - 1, 0)


def walk(table: Table, fault: Fault, entries: tuple[Entered, ...]) -> Count:
    """Meet the fault at each entry in turn, and count what came of them."""
    count = Count()
    for entered in entries:
        table.open(entered.item)
        fault(table, entered)
        table.settled(entered)
        count.look(table, entered, entered.item not in table.seen)
        table.seen.add(entered.item)
    return count
