"""Time beside the table, with a faked clock: holds, marks, rest and beat, whatever happens to the tablet."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from clinic_app.records.finding import Finding
from tests.browser.quick import MOMENT_MS, TRIES, full_screening, sign_in, written
from tests.live import LiveClinic

# What the page asks of the device is counted, and answered as ever.
COUNTED = """
window.counted = {tones: 0, locks: 0};
const {start} = OscillatorNode.prototype;
OscillatorNode.prototype.start = function (...when) { counted.tones += 1; return start.apply(this, when); };
const {request} = globalThis.WakeLock?.prototype ?? {};
if (request) WakeLock.prototype.request = async function (...kind) {
  counted.locks += 1;
  return (counted.lock = await request.apply(this, kind));
};
"""
# A browser lets go of the screen when the page is hidden.
SEEN = """async hidden => {
  if (hidden) await counted.lock?.release();
  Object.defineProperty(document, "hidden", {value: hidden, configurable: true});
  document.dispatchEvent(new Event("visibilitychange"));
}"""


Step = Callable[[str], object]


@pytest.fixture(scope="module")
def screening(clinic: LiveClinic) -> int:
    """A Full screening."""
    with written(clinic) as session:
        return full_screening(session).id


@pytest.fixture
def page(clinic: LiveClinic, new_page: Callable[..., Page]) -> Iterator[Page]:
    """Signed in; from the next page on the clock stands still, and moves only when it is moved."""
    opened = new_page()
    sign_in(opened, clinic)
    # Else minutes pass here before the server has told this device for the first time how long it lives.
    opened.wait_for_function("Object.keys(localStorage).some((key) => key.startsWith('session-end'))")
    opened.add_init_script(COUNTED)
    opened.clock.install()
    opened.clock.pause_at(opened.evaluate("Date.now()") / 1000 + 1)
    yield opened
    # A context whose clock stands still never closes.
    opened.clock.resume()
    opened.goto("about:blank")


@pytest.fixture
def at(page: Page, clinic: LiveClinic, screening: int) -> Step:
    """Opens the step of a test."""
    return lambda item: page.goto(f"{clinic.address}/screenings/{screening}/steps/{item}")


def _watch(page: Page, side: str) -> Locator:
    return page.locator(f"[data-stopwatch][data-side={side}]")


def _shows(watch: Locator, digits: str) -> None:
    """A page that was hidden is shown again when the server has said that the sign-in lives."""
    expect(watch.locator("[data-digits]")).to_have_text(digits)
    expect(watch.locator("[data-digits]")).to_be_visible()


def _sleep(page: Page, milliseconds: int) -> None:
    """The screen is locked meanwhile."""
    page.evaluate(SEEN, True)
    page.clock.fast_forward(milliseconds)
    page.evaluate(SEEN, False)
    page.clock.run_for(20)


def _saved(page: Page, clinic: LiveClinic, screening: int, side: str, seconds: str) -> Finding:
    """What the server has of this side, as soon as it has these seconds."""
    for _ in range(TRIES):
        page.clock.run_for(MOMENT_MS)
        with written(clinic) as session:
            found = session.query(Finding).filter_by(screening_id=screening, side=side).one_or_none()
            if found and str(found.values.get("seconds")) == seconds:
                session.expunge(found)
                return found
    raise AssertionError(f"{seconds} s of the {side} side were never saved")


def test_a_hold_is_timed_right_through_all_that_happens_to_a_tablet(
    page: Page, clinic: LiveClinic, screening: int, at: Step, no_barriers: Callable[[Page], None]
) -> None:
    at("trendelenburg_30s")
    right, left = _watch(page, "right"), _watch(page, "left")

    right.locator("[data-face]").click()
    page.clock.run_for(8200)
    page.keyboard.press("p")
    page.clock.run_for(4200)
    page.keyboard.press("d")
    page.clock.run_for(600)
    _shows(right, "13.0")
    page.keyboard.press("Space")
    found = _saved(page, clinic, screening, "right", "12.4")
    assert (found.values["result"], found.timed) == ("drop", ["seconds"])
    assert found.note.split("\n") == ["Pain 8.2 s", "Pelvis drops 12.4 s"]
    right.get_by_label("Undo Pelvis drops 12.4 s").click()
    assert page.input_value("[name=right-seconds]") == ""
    assert page.locator("[name=right-result]:checked").count() == 0

    # Stopped too early: within five seconds it goes on as if it had never been stopped.
    left.locator("[data-face]").click()
    page.clock.run_for(2000)
    page.keyboard.press("Space")
    page.clock.run_for(1000)
    assert page.input_value("[name=left-seconds]") == "2.0"
    left.get_by_label("Undo the stop, the time goes on").click()
    assert page.input_value("[name=left-seconds]") == ""
    page.clock.run_for(1000)
    _shows(left, "4.0")
    # A clock that is set is not believed, a locked screen and a reload are.
    page.clock.set_system_time(page.evaluate("Date.now()") / 1000 + 300)
    page.clock.run_for(1000)
    _shows(left, "5.0")
    locks = page.evaluate("counted.locks")
    _sleep(page, 15_000)
    _shows(left, "20.0")
    assert left.get_by_text("The screen was off for a while; the time is right.").is_visible()
    assert page.evaluate("counted.locks") == locks + 1
    page.reload()
    page.clock.run_for(1000)
    _shows(left, "21.0")
    # Nobody saw the end of the time, so it is no hold of thirty seconds until somebody says so.
    _sleep(page, 20_000)
    assert page.input_value("[name=left-seconds]") == ""
    left.get_by_role("button", name="Take 30 s").click()
    assert page.input_value("[name=left-seconds]") == "30.0"
    assert left.get_by_text("timed", exact=True).is_visible()

    page.locator("label:has([name=left-result][value=neg])").first.click()
    page.fill("[name=left-seconds]", "28")
    assert left.get_by_text("typed", exact=True).is_visible()
    assert _saved(page, clinic, screening, "left", "28").timed == []
    right.locator("[data-face]").click()
    page.clock.resume()
    no_barriers(page)


def test_a_full_effort_is_followed_by_rest_and_a_squat_has_its_beat(page: Page, at: Step) -> None:
    at("bridge_single_leg_hold")
    rest = page.get_by_role("group", name="Rest")
    watch = _watch(page, "left")
    watch.locator("[data-face]").click()
    expect(watch).to_have_class(re.compile("timer-run"))
    page.clock.run_for(41_300)
    page.keyboard.press("p")
    page.clock.run_for(1000)
    assert page.input_value("[name=left-seconds]") == "41"
    assert page.input_value("[name=left-stop_reason]") == "pain"
    assert "1:59" in rest.inner_text()
    rest.get_by_role("button", name="End the rest").click()
    assert not rest.is_visible()

    at("mmt_hip_abduction")
    page.locator("label:has([name=left-grade_whole][value='4'])").click()
    page.clock.run_for(2000)
    page.locator("label:has([name=left-pain][value='2'])").click()
    page.clock.run_for(2000)
    assert "0:26" in rest.inner_text()
    assert "clinical convention" in rest.inner_text()
    page.reload()
    page.clock.run_for(1000)
    assert "0:25" in rest.inner_text()
    page.clock.run_for(30_000)
    assert not rest.is_visible()

    at("single_leg_squat")
    beat = page.get_by_role("button", name="Metronome")
    beat.click()
    page.clock.run_for(4100)
    assert (beat.locator("[data-beat]").inner_text(), page.evaluate("counted.tones")) == ("3", 3)
    page.keyboard.press("Escape")
    assert beat.get_attribute("aria-pressed") == "false"
