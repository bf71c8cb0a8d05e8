"""`python -m tests.bench.faults [RUNS]`: each fault at each entry, then two devices at random."""

import signal
import sys
import tempfile
from pathlib import Path
from random import Random

from playwright.sync_api import Browser, sync_playwright

from tests.browser.conftest import CHROMIUM, OPTIONS, TABLET
from tests.browser.faults import FAULTS, Table, walk
from tests.browser.quick import QUICK, clinic_with_a_patient
from tests.browser.two_devices import at_the_same_test
from tests.live import LiveClinic

RUNS = 200


def main(runs: int) -> None:
    """Print what came of the entries."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        clinic = clinic_with_a_patient(Path(folder))
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        for name in FAULTS:
            print(f"{name}: {_fault(browser, clinic, name)}", flush=True)
        both, chance = at_the_same_test(browser, clinic), Random(2026)  # noqa: S311
        for _ in range(runs):
            both.run(chance)
        print(f"two devices: {both.tally}")
        browser.close()
        clinic.end(signal.SIGTERM)


def _fault(browser: Browser, clinic: LiveClinic, name: str) -> object:
    context = browser.new_context(viewport=TABLET)
    count = walk(Table(context, clinic).start(), FAULTS[name], QUICK)
    context.close()
    return count


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else RUNS)
