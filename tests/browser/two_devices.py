"""Two people at the same test, at random: what they enter, when their network goes, what they decide."""

from dataclasses import dataclass, field
from random import Random

from playwright.sync_api import Browser, Page

from tests import people
from tests.browser.conftest import TABLET
from tests.browser.quick import MOMENT_MS, TRIES, Record, new_screening, sign_in
from tests.live import LiveClinic

ITEM = "mmt_hip_abduction"
# Each side has grades of its own, so that a grade on the wrong side shows itself.
GRADES = {"left": ("5", "3", "1"), "right": ("4", "2", "0")}
OPEN = "[data-conflict-side]"


@dataclass
class Device:
    """One person at one tablet; `entered` is what they last chose on each side, by hand or by deciding."""

    page: Page
    entered: dict[str, str] = field(default_factory=dict)

    def enter(self, side: str, grade: str) -> None:
        """Tap a grade."""
        self.page.evaluate(
            "name => document.querySelector(name).click()",
            f'input[name="{side}-grade_whole"][value="{grade}"]',
        )
        self.entered[side] = grade

    def network(self, on: bool) -> None:
        """Take the network away, or give it back."""
        self.page.context.set_offline(not on)

    def decide(self, chance: Random) -> int:
        """Answer each open conflict, keeping one's own or taking the other; returns how many there were."""
        found = self.page.locator(OPEN).count()
        for _ in range(found):
            choice = chance.choice(("keep", "take"))
            self.page.evaluate("words => document.querySelector(words)?.click()", f"{OPEN} [data-{choice}]")
            self.page.wait_for_timeout(MOMENT_MS)
        return found

    def shown(self, side: str) -> str:
        """The grade that stands on the page."""
        chosen = self.page.locator(f'input[name="{side}-grade_whole"]:checked')
        return chosen.get_attribute("value") or "" if chosen.count() else ""

    def unsent(self) -> int:
        """How many entries this device holds."""
        return int(self.page.evaluate("async () => (await import('/static/js/outbox.js')).entries().length"))


@dataclass
class Tally:
    """What came of the runs."""

    runs: int = 0
    entered: int = 0
    conflicts: int = 0
    unsettled: int = 0
    wrong_side: int = 0
    differing: int = 0


@dataclass
class TwoDevices:
    """Alice and Bob at the same step of one screening."""

    devices: tuple[Device, Device]
    record: Record
    tally: Tally = field(default_factory=Tally)

    def run(self, chance: Random, acts: int = 8) -> None:
        """Some acts at random, then everybody's network is there and every conflict is decided."""
        for _ in range(acts):
            self._act(chance)
        for device in self.devices:
            device.network(on=True)
        self._settle(chance)
        self._look()

    def _act(self, chance: Random) -> None:
        device = chance.choice(self.devices)
        act = chance.random()
        if act < 0.6:
            side = chance.choice(("left", "right"))
            device.enter(side, chance.choice(GRADES[side]))
            self.tally.entered += 1
        elif act < 0.85:
            device.network(on=chance.random() < 0.5)
        else:
            self.tally.conflicts += device.decide(chance)
        device.page.wait_for_timeout(chance.choice((0, 0, 60, 500)))

    def _settle(self, chance: Random) -> None:
        for _ in range(TRIES):
            if not any(device.unsent() for device in self.devices):
                return
            for device in self.devices:
                device.page.evaluate("dispatchEvent(new Event('focus'))")
                self.tally.conflicts += device.decide(chance)
            self.devices[0].page.wait_for_timeout(MOMENT_MS)
        self.tally.unsettled += 1

    def _look(self) -> None:
        """After a look at the server's page both see the same, and each side holds only its own grades."""
        self.tally.runs += 1
        sides = {}
        for device in self.devices:
            device.page.reload()
            device.page.wait_for_timeout(MOMENT_MS)
            sides[device.page] = {side: device.shown(side) for side in GRADES}
        first, second = sides.values()
        self.tally.differing += first != second
        self.tally.wrong_side += any(grade and grade not in GRADES[side] for side, grade in first.items())
        for side in GRADES:
            rows = self.record.ask(
                'select "values" from finding where screening_id = ? and item = ? and side = ?',
                *(self.record.screening, ITEM, side),
            )
            stored = rows[0][0].split('"grade": "')[1][0] if rows else ""
            self.tally.differing += stored != first[side]


def at_the_same_test(browser: Browser, clinic: LiveClinic) -> TwoDevices:
    """Bob begins a screening, and Alice opens it too."""
    pages = []
    for member in (people.BOB, people.ALICE):
        context = browser.new_context(viewport=TABLET)
        context.set_default_timeout(15000)
        page = context.new_page()
        sign_in(page, clinic, member)
        pages.append(page)
    record = Record(clinic.folder, new_screening(pages[0], clinic))
    for page in pages:
        page.goto(f"{clinic.address}/screenings/{record.screening}/steps/{ITEM}")
    return TwoDevices((Device(pages[0]), Device(pages[1])), record)
