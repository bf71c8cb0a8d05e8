"""A log of four weeks that came back: how many taps it takes, and how many keys."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.beside import suggested
from tests.browser.conftest import PATIENCE_MS, TABLET
from tests.browser.quick import Record, sign_in
from tests.live import LiveClinic

WEEKS = ((5, 3, 1), (5, 2, 1), (4, 2, 0), (5, 10, 0))
ASKED = ("days", "pain", "morning")
MOST_TAPS = 13
MOST_KEYS = 35


@pytest.fixture
def record(clinic: LiveClinic) -> Record:
    """Bob approved a programme."""
    programme, _exercises = suggested(clinic, approved=True)
    return Record(clinic.folder, programme)


@pytest.fixture
def page(browser: Browser, clinic: LiveClinic, record: Record) -> Iterator[Page]:
    """The page of its log, on a tablet."""
    context = browser.new_context(viewport=TABLET, has_touch=True)
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    sign_in(page, clinic)
    page.goto(f"{clinic.address}/programmes/{record.screening}/log")
    yield page
    context.close()


def test_a_log_of_four_weeks_takes_few_taps_and_few_keys(
    page: Page, record: Record, no_barriers: Callable[[Page], None]
) -> None:
    taps = 0
    for week, facts in enumerate(WEEKS, 1):
        for key, value in zip(ASKED, facts, strict=True):
            page.locator(f"#w{week}-{key} label:has([value='{value}'])").tap()
            taps += 1
    page.get_by_role("button", name="Save the log").tap()
    page.get_by_text("The log is saved.").wait_for()
    assert taps + 1 <= MOST_TAPS
    assert _stored(record) == list(WEEKS)
    no_barriers(page)

    # The same without a finger, each number one more, but for the ten, which becomes a zero.
    keys = 0
    page.locator("#w1-days :checked").focus()
    for week, facts in enumerate(WEEKS, 1):
        for key, value in zip(ASKED, facts, strict=True):
            while page.evaluate("() => document.activeElement.name") != f"w{week}-{key}":
                page.keyboard.press("Tab")
                keys += 1
            for digit in str((value + 1) % 11):
                page.keyboard.press(digit)
                keys += 1
    page.locator("#w1-pain :checked").focus()
    for digit in "10":
        page.keyboard.press(digit)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    print(f"{taps + 1} taps, {keys + 1} keys")
    assert keys + 1 <= MOST_KEYS
    assert _stored(record) == [(6, 10, 2), (6, 3, 2), (5, 3, 1), (6, 0, 1)]


def _stored(record: Record) -> list[tuple[int | None, ...]]:
    weeks = "select days_done, pain, pain_next_morning from returned_log where programme_id = ? order by week"
    return record.ask(weeks, record.screening)
