"""A clinic that really runs, and a browser whose every complaint fails the test."""

import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, ViewportSize, sync_playwright

from tests.browser.quick import clinic_with_a_patient
from tests.live import LiveClinic

# Chromium's headless shell does a third less work for the same pages; where there is none, Chromium itself.
CHROMIUM = shutil.which("chromium-headless-shell") or "/usr/bin/chromium"
AXE = Path(__file__).parents[2] / "static" / "vendor" / "axe.min.js"
PATIENCE_MS = 30_000
TABLET: ViewportSize = {"width": 1180, "height": 820}
WHOLE_PAGE: ViewportSize = {"width": 1180, "height": 4000}
# Fewer processes: an eighth less work for the machine.
OPTIONS = ["--no-sandbox", "--in-process-gpu", "--process-per-site"]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture
def live(tmp_path: Path) -> Iterator[LiveClinic]:
    """A clinic on its first start."""
    clinic = LiveClinic(tmp_path)
    clinic.start()
    yield clinic
    clinic.end(signal.SIGTERM)


@pytest.fixture(scope="session")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveClinic]:
    """A clinic that runs, with Alice, Bob and one patient on file; each test has a screening of its own."""
    running = clinic_with_a_patient(tmp_path_factory.mktemp("clinic"))
    yield running
    running.end(signal.SIGTERM)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's own Chromium, opened once for all tests of a process."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield launched
        launched.close()


@pytest.fixture
def new_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens a page; whatever the browser complained about meanwhile fails the test at its end."""
    complaints: list[str] = []
    contexts: list[Any] = []

    def note(message: ConsoleMessage) -> None:
        # A save that was refused because an answer is still to come is no fault of the page.
        if message.type in ("error", "warning") and "422" not in message.text:
            complaints.append(message.text)

    def make(*, script: bool = True) -> Page:
        context = browser.new_context(java_script_enabled=script, viewport=TABLET)
        contexts.append(context)
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        page.on("console", note)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield make
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture(scope="session")
def no_barriers() -> Callable[[Page], None]:
    """Asks axe whether everybody can use the page."""
    source = AXE.read_text("utf-8")

    def check(page: Page) -> None:
        # The whole page at once, so that no bar lies over a control that can be scrolled to.
        page.set_viewport_size(WHOLE_PAGE)
        page.evaluate(source)
        found = page.evaluate(
            "rules => axe.run(document, {runOnly: rules}).then(found => found.violations)", RULES
        )
        page.set_viewport_size(TABLET)
        # A step that is laid out for the screen is laid out again by the next frame.
        page.evaluate("() => new Promise(requestAnimationFrame)")
        told = [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found]
        assert told == [], page.url

    return check
