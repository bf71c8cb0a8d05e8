"""The room: a sign-in that ends in time, not by surprise, a page that can be covered, others at work."""

import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests import people
from tests.browser.conftest import TABLET
from tests.browser.quick import QUICK, sign_in
from tests.live import LiveClinic

PATIENCE_MS = 15_000
MOMENT = timedelta(seconds=20)
BODY = next(entered for entered in QUICK if entered.item == "demographics")
SHOWN_FROM_MEMORY = 'dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }))'
LOOKED_AT = 'document.dispatchEvent(new Event("visibilitychange"))'

Device = Callable[[], BrowserContext]


@pytest.fixture
def device(browser: Browser) -> Iterator[Device]:
    """Opens another device, whose clock can be put forward."""
    opened: list[BrowserContext] = []

    def make() -> BrowserContext:
        context = browser.new_context(viewport=TABLET)
        context.set_default_timeout(PATIENCE_MS)
        context.clock.install()
        opened.append(context)
        return context

    yield make
    for context in opened:
        context.close()


def _at_a_step(page: Page, clinic: LiveClinic) -> int:
    sign_in(page, clinic)
    page.goto(f"{clinic.address}/patients/1/screenings/new")
    page.get_by_role("button", name="Start: Quick").click()
    page.wait_for_url("**/steps/red_flags")
    page.goto(page.url.replace("red_flags", BODY.item))
    return int(page.url.split("/screenings/")[1].split("/")[0])


def _seen(clinic: LiveClinic, ago: timedelta) -> None:
    at = (datetime.now(UTC) - ago).replace(tzinfo=None).isoformat(" ")
    with sqlite3.connect(clinic.folder / "clinic.sqlite") as database:
        database.execute("UPDATE login SET seen_at = ? WHERE ended_at IS NULL", [at])


def _forgotten(clinic: LiveClinic) -> None:
    """Nobody has said for a minute that they are there: a browser may lose the word that a page was left."""
    at = (datetime.now(UTC) - timedelta(minutes=1)).replace(tzinfo=None).isoformat(" ")
    with sqlite3.connect(clinic.folder / "clinic.sqlite") as database:
        database.execute("UPDATE presence SET seen_at = ?", [at])


def _is_touched(page: Page, clinic: LiveClinic) -> bool:
    """The server was told that somebody is there, at once or after a moment."""
    since = (datetime.now(UTC) - MOMENT).replace(tzinfo=None).isoformat(" ")
    for _try in range(60):
        with sqlite3.connect(clinic.folder / "clinic.sqlite") as database:
            if database.execute("SELECT 1 FROM login WHERE seen_at > ?", [since]).fetchone():
                return True
        page.wait_for_timeout(50)
    return False


def _tells_nothing(page: Page) -> bool:
    told = page.locator("body").inner_text() + page.title()
    return not any(word in told for word in ("DUARTE", "Marisol", "1969", "Body and activity", "61,5"))


def test_an_answer_that_breaks_off_signs_nobody_out(clinic: LiveClinic, device: Device) -> None:
    page = device().new_page()
    sign_in(page, clinic)
    page.route("**/session", lambda route: route.fulfill(content_type="application/json", body='{"us'))
    with page.expect_response("**/session"):
        page.reload()
    page.locator("h1").click()
    expect(page.locator("#cover")).to_be_hidden()


def test_a_sign_in_ends_after_a_warning_under_a_cover_and_nothing_entered_is_lost(
    clinic: LiveClinic, device: Device, no_barriers: Callable[[Page], None]
) -> None:
    context = device()
    page = context.new_page()
    _at_a_step(page, clinic)
    BODY.enter(page)
    warning, cover = page.locator("#idle"), page.locator("#cover")

    # Somebody who only watches and taps now and then is there.
    _seen(clinic, timedelta(minutes=25))
    context.clock.fast_forward("25:00")
    page.locator("h1").click()
    assert _is_touched(page, clinic)
    expect(warning).to_be_hidden()

    # A minute before the end; one tap in either tab is enough for both.
    other = context.new_page()
    other.goto(f"{clinic.address}/today")
    other.wait_for_timeout(1500)
    context.clock.fast_forward("29:10")
    expect(warning).to_be_visible()
    _seen(clinic, timedelta(minutes=25))
    other.get_by_role("button", name="Stay signed in").click()
    assert _is_touched(page, clinic)
    expect(warning).to_be_hidden()
    other.close()

    # At the end the server is asked: here it says that somebody went on elsewhere.
    context.clock.fast_forward("29:10")
    expect(warning).to_be_visible()
    no_barriers(page)
    context.clock.fast_forward("01:00")
    expect(warning).to_be_hidden()
    expect(cover).to_be_hidden()
    assert BODY.stands(page)

    # A tablet that slept until long after: covered at once, and for as long as nobody signs in.
    _seen(clinic, timedelta(minutes=31))
    context.clock.fast_forward("45:00")
    expect(cover).to_be_visible()
    page.get_by_role("heading", name="Sign in again to go on").wait_for()
    assert _tells_nothing(page)
    page.keyboard.press("Escape")
    no_barriers(page)
    cover.get_by_role("button", name="Sign in").click()
    page.locator("#sign-in-again-password").fill(people.BOB.password)
    page.keyboard.press("Enter")
    expect(cover).to_be_hidden()
    assert page.title().startswith("Body and activity")
    assert BODY.stands(page)

    # Without a network the end comes all the same, and what is entered stays.
    context.set_offline(True)
    context.clock.fast_forward("29:10")
    expect(warning).to_be_visible()
    context.clock.fast_forward("01:00")
    expect(cover).to_be_visible()
    assert _tells_nothing(page)
    context.set_offline(False)
    expect(cover).to_be_hidden()
    expect(page.locator("dialog[open]")).to_have_count(0)
    assert BODY.stands(page)


def test_one_tap_covers_the_page_and_a_page_from_memory_is_not_shown_to_the_next_person(
    clinic: LiveClinic, device: Device
) -> None:
    context = device()
    page = context.new_page()
    _at_a_step(page, clinic)
    BODY.enter(page)

    page.get_by_role("button", name="Cover this page").click()
    assert _tells_nothing(page)
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    assert _tells_nothing(page)
    page.get_by_role("button", name="Show again").click()
    assert page.title().startswith("Body and activity")
    assert BODY.stands(page)

    other = context.new_page()
    other.goto(f"{clinic.address}/account")
    other.locator(".menu-button").click()
    other.get_by_role("button", name="Sign out").click()
    other.wait_for_url("**/sign-in")
    page.evaluate(SHOWN_FROM_MEMORY)
    assert _tells_nothing(page)
    expect(page.locator("#cover")).to_contain_text("You are signed out")


def test_the_others_are_seen_by_the_name_of_their_device_until_they_leave(
    clinic: LiveClinic, device: Device
) -> None:
    tablet, desk = device(), device()
    page, far = tablet.new_page(), desk.new_page()
    screening = _at_a_step(page, clinic)
    sign_in(far, clinic, people.ALICE)
    far.goto(f"{clinic.address}/account")
    far.get_by_label("This device is called").fill("Clinic tablet 2")
    far.get_by_role("button", name="Save the name").click()
    far.goto(f"{clinic.address}/screenings/{screening}/steps/gait_observation")
    others = page.locator("[data-others]")
    expect(far.locator("[data-others]")).to_contain_text("(Bob Lindqvist), at Body and activity")

    page.evaluate(LOOKED_AT)
    expect(others).to_have_text("Also open on Clinic tablet 2 (Alice Nakamura), at Walking")
    far.goto(f"{clinic.address}/today")
    _forgotten(clinic)
    page.evaluate(LOOKED_AT)
    expect(others).to_be_empty()

    near = tablet.new_page()
    near.goto(f"{clinic.address}/screenings/{screening}/review")
    page.evaluate(LOOKED_AT)
    expect(others).to_have_text("Also open in another tab, at Review and sign")
