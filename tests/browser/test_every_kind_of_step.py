"""A step of each kind: one screen on a tablet, no wider than any, and entered by finger."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from clinic_app.domain.protocol import Inclusion
from clinic_app.library import load_library
from clinic_app.records.decision import TAKE_UP, Subject, decide
from clinic_app.web.small_files import PAGE, STEP
from tests.browser.conftest import TABLET
from tests.browser.quick import full_screening, sign_in, written
from tests.live import LiveClinic

NARROW = (320, 390, 820)
REVIEW = "review"
# The fullest steps of each kind; `tests.bench.looks` looks at all of them.
KINDS = (
    *("precautions", "symptom_location", "symptom_behaviour", "sls_time"),
    *("single_leg_squat", "hhd_setup", "hhd_abduction", "hip_rom"),
)

# A box whose label is the target, and the places of the body map that repeat the boxes, are left out.
SMALL = """() => [...document.querySelectorAll('main :is(a:not([tabindex="-1"]), button, summary, select, '
    + 'textarea, label:has(> input), input:not([type=hidden]))')]
    .filter(element => element.checkVisibility() && !element.matches('label > input'))
    .map(element => [element.outerHTML.slice(0, 120), element.getBoundingClientRect()])
    .filter(([, box]) => box.width < 43.9 || box.height < 43.9).map(([html]) => html)"""
OVERLONG = "document.scrollingElement.scrollHeight"
OVERWIDE = "document.documentElement.scrollWidth - innerWidth"
# The rules of other pages, which the sheet of a step leaves out.
LEFT_OUT = """async ([other, own]) => {
  const told = (rules) => [...rules].flatMap((rule) =>
    [...(rule.selectorText ? [[rule.selectorText, rule.cssText]] : []), ...told(rule.cssRules ?? [])]);
  const read = async (name) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(await (await fetch(`/static/${name}`)).text());
    return told(sheet.cssRules);
  };
  const kept = new Set((await read(own)).map(([, text]) => text));
  return (await read(other)).filter(([, text]) => !kept.has(text)).map(([selector]) => selector);
}"""
MATCHED = "selectors => selectors.filter((selector) => document.querySelector(selector))"
# Pairs of tick boxes with no word Left on the screen above them in their own column.
NAMELESS = """() => {
    const seen = (selector) => [...document.querySelectorAll(selector)].filter(one => one.checkVisibility());
    const boxes = (selector) => seen(selector).map(one => one.getBoundingClientRect());
    const words = boxes('.cols-flow .side-word.side-l');
    return boxes('.cols-flow .findings > .part > .mid').filter(pair => !words.some(word =>
      word.top < pair.top && Math.abs(word.left - pair.left) < 4)).length;
}"""
COVERED = """() => {
    const [own, pad] = [document.activeElement, document.querySelector('[data-number-pad]')]
      .map(element => element.getBoundingClientRect());
    return own.right > pad.left && own.left < pad.right && own.bottom > pad.top && own.top < pad.bottom;
}"""


@pytest.fixture(scope="module")
def steps(clinic: LiveClinic) -> dict[str, str]:
    """The addresses of the steps of a Full screening, every test of it taken up."""
    lines = [line for line in load_library().protocols["full"].lines if line.item != REVIEW]
    with written(clinic) as session:
        draft = full_screening(session)
        for line in lines:
            if line.inclusion is not Inclusion.CORE:
                decide(session, Subject(draft.id, TAKE_UP, line.item), "Wanted", draft.started_by)
        return {line.item: f"{clinic.address}/screenings/{draft.id}/steps/{line.item}" for line in lines}


def _go_to(page: Page, address: str) -> None:
    """Through the rail, in place; the first step of a screen by its address."""
    path = "/" + address.split("/", 3)[3]
    link = page.locator(f'.rail a[href="{path}"]')
    if link.count():
        link.dispatch_event("click")
    else:
        page.goto(address, wait_until="networkidle")
    page.wait_for_selector(f'form[action="{path}"]')


def test_the_fullest_steps_are_one_screen_and_no_wider_than_any(
    clinic: LiveClinic, steps: dict[str, str], new_page: Callable[..., Page]
) -> None:
    page = new_page()
    sign_in(page, clinic)
    wrong: list[tuple[str, object]] = []

    def look(step: str, what: str, found: object) -> None:
        if found:
            wrong.append((f"{what} {step}", found))

    left_out = page.evaluate(LEFT_OUT, [PAGE, STEP])
    assert left_out
    for step in map(steps.__getitem__, KINDS):
        _go_to(page, step)
        look(step, "has no rule", page.evaluate(MATCHED, left_out))
        look(step, "scrolls", max(0, page.evaluate(OVERLONG) - TABLET["height"]))
        look(step, "small target", page.evaluate(SMALL))
        look(step, "pairs without a word for their side", page.evaluate(NAMELESS))
        for width in NARROW:
            page.set_viewport_size({"width": width, "height": 4000})
            look(step, f"too wide at {width}", max(0, page.evaluate(OVERWIDE)))
        page.set_viewport_size(TABLET)

    assert not wrong, "\n".join(f"{what}: {found}" for what, found in wrong)


def test_a_finger_types_degrees_on_our_own_pad_and_turns_the_pages_of_a_list(
    clinic: LiveClinic, steps: dict[str, str], browser: Browser
) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    sign_in(page, clinic)
    page.goto(steps["hip_rom"])
    left = page.locator('[name="left-ir_deg.0"]')
    pad = page.locator("[data-number-pad]")

    left.tap()
    for key in ("Minus", "3", "5", "Delete the last digit", "Decimal sign", "5"):
        pad.get_by_role("button", name=key, exact=True).tap()
        assert not page.evaluate(COVERED)
    assert left.input_value() == "-3.5"
    assert left.get_attribute("inputmode") == "none"
    assert left.evaluate("field => field === document.activeElement")

    pad.get_by_role("button", name="Next field").tap()
    page.keyboard.type("12")
    assert page.locator('[name="right-ir_deg.0"]').input_value() == "12"
    page.keyboard.press("Escape")
    assert pad.is_hidden()

    page.set_viewport_size(TABLET)
    page.goto(steps["red_flags"])
    asked = page.locator("[data-pages] [role=radiogroup]")
    seen = asked.filter(visible=True).count()
    assert 0 < seen < asked.count()
    while page.locator("[data-later]").is_enabled():
        page.locator("[data-forward]").tap()
        seen += asked.filter(visible=True).count()
    assert (seen, page.url) == (asked.count(), steps["red_flags"])

    # A tablet that is turned shows the row that was on top; the first page does not come back.
    first, last = asked.first, asked.last
    page.set_viewport_size({"width": TABLET["width"], "height": TABLET["height"] - 200})
    expect(first).to_be_hidden()
    page.set_viewport_size(TABLET)
    expect(last).to_be_visible()

    # An answer that is missing on an earlier page is shown there.
    page.locator("[data-forward]").tap()
    assert page.locator("[data-pages] [aria-invalid=true]").filter(visible=True).count() > 0
    context.close()
