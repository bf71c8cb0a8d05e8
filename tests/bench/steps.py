"""`python -m tests.bench.steps`: from the tap on Next until the next step is on screen, network or not."""

import signal
import tempfile
from pathlib import Path
from statistics import median

from playwright.sync_api import Page, sync_playwright

from tests.browser.conftest import CHROMIUM, OPTIONS, PATIENCE_MS, TABLET
from tests.browser.faults import until_kept
from tests.browser.quick import clinic_with_a_patient, new_screening, sign_in

ROUNDS = 3
STEPS = 5
# What a therapist does on a step takes longer than this.
SEEN_MS = 1000
# From the tap until the frame with the new step was drawn: a message that is sent in it arrives after it.
TAP = """() => new Promise((done) => {
  const before = location.pathname, from = performance.now(), { port1, port2 } = new MessageChannel();
  port1.onmessage = () => done(performance.now() - from);
  document.querySelector('[data-forward]').click();
  const look = () => location.pathname === before ? requestAnimationFrame(look) : port2.postMessage(null);
  requestAnimationFrame(look);
})"""


def main() -> None:
    """Print the median and the worst of each."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        clinic = clinic_with_a_patient(Path(folder))
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        page = browser.new_context(viewport=TABLET).new_page()
        page.set_default_timeout(PATIENCE_MS)
        sign_in(page, clinic)
        first = f"{clinic.address}/screenings/{new_screening(page, clinic)}/steps/demographics"
        for offline in (False, True):
            times = [ms for _ in range(ROUNDS) for ms in _through(page, first, offline=offline)]
            words = "without" if offline else "with"
            print(f"{words} a network: {len(times)} steps, {median(times):.0f} ms, worst {max(times):.0f} ms")
        browser.close()
        clinic.end(signal.SIGTERM)


def _through(page: Page, first: str, *, offline: bool) -> list[float]:
    """The milliseconds of each step up to the last one that has a next."""
    page.context.set_offline(False)
    page.goto(first)
    until_kept(page)
    page.context.set_offline(offline)
    times = []
    for _ in range(STEPS):
        times.append(page.evaluate(TAP))
        page.wait_for_timeout(SEEN_MS)
    return times


if __name__ == "__main__":
    main()
