"""The reference pages as a therapist reads them: at every width, without script, by keyboard."""

from collections.abc import Callable

from playwright.sync_api import Page

from tests.browser.conftest import AXE, RULES
from tests.browser.quick import sign_in
from tests.live import LiveClinic

WIDTHS = (390, 820, 1180)
PAGES = (
    "/help",
    "/help/search?q=hip+abduction",
    "/help/tests",
    "/help/tests/hhd_abduction",
    "/help/rules/HHD-N1",
    "/help/numbers",
    "/help/progress",
    "/help/norms/stance_time_low",
    "/help/measurement",
    "/help/patterns/P-GT-LIKELY",
    "/help/red-flags",
    "/help/precautions/pc_tha_lateral",
    "/help/glossary",
    "/help/sources/battery_preprint",
    "/help/review",
    "/exercises/clam",
)


def test_every_kind_of_reference_page_is_for_everybody_at_every_width(
    clinic: LiveClinic, new_page: Callable[..., Page]
) -> None:
    page = new_page()
    sign_in(page, clinic)
    axe = AXE.read_text("utf-8")

    for address in PAGES:
        page.goto(clinic.address + address)
        page.evaluate(axe)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 4000})
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (address, width)
        found = page.evaluate("rules => axe.run(document, {runOnly: rules}).then(f => f.violations)", RULES)
        told = [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found]
        assert told == [], address


def test_a_therapist_finds_a_rule_by_keyboard_and_without_script(
    clinic: LiveClinic, new_page: Callable[..., Page]
) -> None:
    page = new_page(script=False)
    sign_in(page, clinic)

    page.goto(f"{clinic.address}/help")
    page.locator("#q").focus()
    page.keyboard.type("mmt-a2")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="MMT-A2").first.click()

    assert page.locator("h1").inner_text().startswith("MMT-A2")
    page.get_by_role("link", name="Hip abduction, manual grade").click()
    assert page.locator("h1").inner_text() == "Hip abduction, manual grade"
