"""The sheet is shaped by hand: what the patient will read follows the typing, and exercises are dragged."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import people
from tests.browser.beside import suggested
from tests.browser.conftest import PATIENCE_MS
from tests.browser.quick import Record, sign_in
from tests.live import LiveClinic

STATUS = "[data-save-text]"
TALL = {"width": 1180, "height": 1600}


@dataclass
class Two:
    """Two people at one draft programme, and its first exercise; `record` reads what is saved."""

    bob: Page
    alice: Page
    exercise: str
    record: Record

    @property
    def goal(self) -> str:
        """The goal that is saved."""
        return self.record.ask("select goal from programme where id = ?", self.record.screening)[0][0]

    def warnings(self, page: Page) -> list[str]:
        """What the browser asks from now on before it leaves the page; each time the answer is to stay."""
        asked: list[str] = []
        page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
        return asked


def test_words_follow_the_typing_and_a_dragged_exercise_stays_where_it_was_put(
    clinic: LiveClinic, new_page: Callable[..., Page], no_barriers: Callable[[Page], None]
) -> None:
    programme, exercises = suggested(clinic)
    page = new_page()
    page.set_viewport_size(TALL)
    sign_in(page, clinic)
    page.goto(f"{clinic.address}/programmes/{programme}")
    first, second, *others = exercises

    page.fill(f"#{first}-days_per_week", "4")
    expect(page.locator(f"[data-words-of={first}]")).to_contain_text("Do it 4 days a week.")
    expect(page.locator("[data-save]")).to_contain_text("Saved")
    page.reload()
    assert page.input_value(f"#{first}-days_per_week") == "4"
    page.fill(f"#{second}-sets", "9")
    expect(page.locator(f"[data-wrong-with={second}]")).to_contain_text("9 does not fit")
    expect(page.locator("[data-save]")).to_contain_text("9 does not fit")
    page.fill(f"#{second}-sets", "1")
    expect(page.locator(f"[data-wrong-with={second}]")).to_be_hidden()
    no_barriers(page)

    # Nothing scrolls under the finger.
    page.set_viewport_size(TALL)
    page.fill("#q", "offset")
    expect(page.locator("[data-facts]:visible")).to_have_count(1)

    grip = page.locator(f"#line-{first} [data-grip]").bounding_box()
    below = page.locator(f"#line-{second}").bounding_box()
    assert grip
    assert below
    page.mouse.move(grip["x"] + 9, grip["y"] + 9)
    page.mouse.down()
    page.mouse.move(grip["x"] + 9, below["y"] + below["height"] * 0.75, steps=4)
    with page.expect_navigation():
        page.mouse.up()
    order = "rows => rows.map((row) => row.dataset.exercise)"
    assert page.eval_on_selector_all("[data-exercise]", order) == [second, first, *others]
    assert page.input_value(f"#{first}-days_per_week") == "4"
    assert page.input_value("#q") == "offset"


@pytest.fixture
def two(browser: Browser, clinic: LiveClinic) -> Iterator[Two]:
    """Bob and Alice, each on a device of their own, at the same draft."""
    programme, exercises = suggested(clinic)
    pages = []
    for member in (people.BOB, people.ALICE):
        context = browser.new_context(viewport=TALL)
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        sign_in(page, clinic, member)
        page.goto(f"{clinic.address}/programmes/{programme}")
        pages.append(page)
    yield Two(*pages, exercises[0], Record(clinic.folder, programme))
    for page in pages:
        page.context.close()


def in_conflict(two: Two) -> None:
    """Bob saved a goal and other days; Alice typed a goal and a note, and is told that Bob was first."""
    two.bob.fill("#goal", "Climb the stairs")
    two.bob.fill(f"#{two.exercise}-days_per_week", "4")
    expect(two.bob.locator(STATUS)).to_contain_text("Saved")
    two.alice.locator(f"#line-{two.exercise} summary", has_text="Note to the patient").click()
    two.alice.fill("#goal", "Walk the dog")
    two.alice.fill(f"#{two.exercise}-note", "Hold the rail")
    expect(two.alice.locator(STATUS)).to_contain_text("Somebody else changed this programme meanwhile")
    assert two.goal == "Climb the stairs"
    two.alice.get_by_role("button", name="See what changed").click()
    said = two.alice.get_by_role("alert").filter(has_text="also changed elsewhere")
    expect(said).to_contain_text("Goal: you typed Walk the dog, saved is Climb the stairs")
    assert two.alice.input_value("#goal") == "Walk the dog"
    assert two.alice.input_value(f"#{two.exercise}-note") == "Hold the rail"
    assert two.alice.input_value(f"#{two.exercise}-days_per_week") == "4"


def test_the_second_of_two_people_keeps_what_she_typed_and_what_she_did_not_touch_stays_as_he_saved_it(
    two: Two, no_barriers: Callable[[Page], None]
) -> None:
    in_conflict(two)
    no_barriers(two.alice)
    warned = two.warnings(two.alice)
    two.alice.evaluate("location.assign('/today')")
    two.alice.wait_for_timeout(500)
    assert warned == ["beforeunload"]
    with two.alice.expect_navigation():
        two.alice.get_by_role("button", name="Save it as you see it here").click()
    two.bob.reload()
    for page in (two.alice, two.bob):
        assert page.get_by_role("alert").count() == 0
        assert page.input_value("#goal") == "Walk the dog"
        assert page.input_value(f"#{two.exercise}-note") == "Hold the rail"
        assert page.input_value(f"#{two.exercise}-days_per_week") == "4"
    # From here on it saves by itself again.
    two.alice.fill("#goal", "Walk both dogs")
    expect(two.alice.locator(STATUS)).to_contain_text("Saved")
    assert two.goal == "Walk both dogs"
    assert warned == ["beforeunload"]


def test_the_second_of_two_people_drops_what_she_typed_and_goes_on_from_what_he_saved(two: Two) -> None:
    in_conflict(two)
    warned = two.warnings(two.alice)
    with two.alice.expect_navigation():
        two.alice.get_by_role("link", name="Drop what I typed").click()
    assert two.alice.input_value("#goal") == "Climb the stairs"
    assert two.alice.input_value(f"#{two.exercise}-note") == ""
    two.alice.fill("#goal", "Climb all stairs")
    expect(two.alice.locator(STATUS)).to_contain_text("Saved")
    assert two.goal == "Climb all stairs"
    assert warned == []


def test_what_was_typed_when_somebody_else_approved_the_sheet_is_shown_to_be_copied(two: Two) -> None:
    with two.bob.expect_navigation():
        two.bob.get_by_role("button", name="Approve").click()
    two.alice.fill("#goal", "Walk the dog")
    expect(two.alice.locator(STATUS)).to_contain_text("It was approved meanwhile")
    assert two.alice.input_value("#goal") == "Walk the dog"
    two.alice.get_by_role("button", name="See what changed").click()
    said = two.alice.get_by_role("alert").filter(has_text="It was approved before you saved")
    expect(said).to_contain_text("Goal: you typed Walk the dog, saved is nothing")


def test_without_a_network_what_is_typed_stays_warns_and_is_saved_by_itself_afterwards(two: Two) -> None:
    page = two.alice
    page.context.set_offline(True)
    page.fill("#goal", "Walk the dog")
    warned = two.warnings(page)
    page.evaluate("location.assign('/today')")
    page.wait_for_timeout(500)
    assert warned == ["beforeunload"], "also before the first try to save it"
    expect(page.locator(STATUS)).to_contain_text("Not saved, trying again. Keep this page open")
    page.evaluate("location.assign('/today')")
    page.wait_for_timeout(500)
    assert warned == ["beforeunload"] * 2
    assert page.input_value("#goal") == "Walk the dog"
    assert two.goal == ""
    page.context.set_offline(False)
    expect(page.locator(STATUS)).to_contain_text("Saved")
    assert two.goal == "Walk the dog"
    page.goto(page.url)
    assert warned == ["beforeunload"] * 2
    assert page.input_value("#goal") == "Walk the dog"
