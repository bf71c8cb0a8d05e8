"""The sheet is shaped by hand: what the patient will read follows the typing, and exercises are dragged."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from clinic_app.app import create_app
from clinic_app.config import Settings
from tests import people
from tests.at_table import AtTable
from tests.browser.quick import sign_in
from tests.conftest import Visitor
from tests.live import LiveClinic
from tests.on_sheet import begin

TALL = {"width": 1180, "height": 1600}


def suggested(clinic: LiveClinic) -> tuple[int, list[str]]:
    """A programme of the one patient, begun and suggested: its number and its exercises in order."""
    database = f"sqlite:///{clinic.folder / 'clinic.sqlite'}"
    app = create_app(Settings(folder=clinic.folder, database_url=database, secret_key="only for tests"))
    app.test_client_class = Visitor
    client = app.test_client()
    client.sign_in(people.BOB)
    with app.extensions["clinic"]["read"]() as session:
        sheet = begin(AtTable(app, client, 1).start().safe().enter(), session)
        assert sheet.answer().status_code == 303
        made = sheet.id, sheet.exercises
    app.extensions["clinic"]["printer"].stop()
    return made


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
