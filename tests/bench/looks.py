"""`python -m tests.bench.looks [FOLDER]`: every page, size, theme and state, as axe and a ruler see it.

The pages are those that a therapist reaches from today's page of a demonstration clinic, one for each kind of
address, and every step of the Full screen. FOLDER, when it is given, receives a picture of each step.
"""

import os
import re
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from tests.browser.conftest import AXE, CHROMIUM, OPTIONS, PATIENCE_MS, RULES
from tests.browser.quick import STATUS
from tests.live import LiveClinic

TABLET: ViewportSize = {"width": 1180, "height": 820}
# The whole page at once, so that no bar lies over a control that can be scrolled to.
WHOLE = 4000
HEIGHTS = {390: 844, 820: 1180, 1180: 820}
WIDTHS = tuple(HEIGHTS)
THEMES = ("light", "dark")
# A save reaches the server within a second.
SAVED_MS = 2000
# One of each of these says what the others would.
ALIKE = re.compile(r"\d+|(?<=/help/)(tests|rules|norms|patterns|sources|precautions)/.+|(?<=/exercises/).+")
BARRIERS = """rules => axe.run(document, {runOnly: rules})
  .then(found => found.violations.map(one => one.id + ': ' + one.nodes[0].html.slice(0, 160)))"""
OVERWIDE = "Math.max(0, document.documentElement.scrollWidth - innerWidth)"
# The bar of a demonstration stands in no clinic.
OVERLONG = """Math.max(0, document.scrollingElement.scrollHeight - innerHeight
  - (document.querySelector('.demo')?.offsetHeight ?? 0))"""
LINKS = "[...document.querySelectorAll('a[href]')].map(a => new URL(a.getAttribute('href'), location).href)"
STEPS = "[...document.querySelectorAll('.rail a[href*=\"/steps/\"]')].map(link => link.href)"
LONG_NAME = ("Wolfeschlegelsteinhausenbergerdorff " * 3)[:100].strip()
# So many steps are opened for somebody of that name.
LONG_NAMED = 6
# 390 px wide with everything at 200 %.
DOUBLED: ViewportSize = {"width": 195, "height": WHOLE}
# The same by the page's own style, which no media query sees.
TEXT_DOUBLED = "document.documentElement.style.fontSize = '200%'"
RIGHT_TO_LEFT = "document.documentElement.dir = 'rtl'"


class Looks:
    """What was found, and how many times was looked."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.count: Counter[str] = Counter()
        self.wrong: list[str] = []
        self.axe = AXE.read_text("utf-8")

    def barriers(self, what: str) -> None:
        """Ask axe about the page as it stands."""
        self.page.evaluate(self.axe)
        self._note("axe", what, "; ".join(self.page.evaluate(BARRIERS, RULES)))

    def measure(self, what: str, script: str) -> None:
        """Measure by how many pixels the page is too large."""
        self._note("ruler", what, self.page.evaluate(script))

    def _note(self, by: str, what: str, found: object) -> None:
        self.count[by] += 1
        if found:
            self.wrong.append(f"{what}: {found}")
            print(self.wrong[-1], flush=True)

    def everywhere(self, what: str, folder: Path | None = None) -> None:
        """Each size and theme of the page that is open; a picture of the light ones."""
        for theme in THEMES:
            self.page.emulate_media(color_scheme=theme, reduced_motion="reduce")  # type: ignore[arg-type]
            for width in WIDTHS:
                self.page.set_viewport_size({"width": width, "height": WHOLE})
                self.barriers(f"{what}, {width}, {theme}")
                self.measure(f"{what}, {width}: too wide", OVERWIDE)
                if folder and theme == THEMES[0]:
                    self.page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
                    self.page.screenshot(
                        path=folder / f"{what.rsplit('/', 1)[-1]}-{width}.png", full_page=True
                    )
        self.page.emulate_media(color_scheme="light")
        self.page.set_viewport_size(TABLET)

    def doubled(self, what: str) -> None:
        """The page that is open, text twice as large: by the browser on a phone, by style at every size."""
        self.page.set_viewport_size(DOUBLED)
        self.measure(f"{what}, 200 %: too wide", OVERWIDE)
        self.page.evaluate(TEXT_DOUBLED)
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": WHOLE})
            self.measure(f"{what}, {width}, text doubled by style: too wide", OVERWIDE)
        self.page.set_viewport_size(TABLET)


def main(folder: Path | None) -> None:
    """Print what is wrong, then the counts."""
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        clinic = _demonstration(Path(home))
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        page = _page(browser, clinic)
        looks = Looks(page)
        for step in _full_screen(page, clinic, LONG_NAME)[:LONG_NAMED]:
            _open(page, step)
            looks.everywhere(f"{urlsplit(step).path}, long name")
        steps = _full_screen(page, clinic, "Invented")
        for step in steps:
            _open(page, step)
            looks.measure(f"{step}: scrolls at 1180 x 820", OVERLONG)
            looks.everywhere(urlsplit(step).path, folder)
            page.set_viewport_size(DOUBLED)
            looks.barriers(f"{step}, 200 %")
            looks.measure(f"{step}, 200 %: too wide", OVERWIDE)
            page.set_viewport_size(TABLET)
            page.evaluate(RIGHT_TO_LEFT)
            looks.barriers(f"{step}, right to left")
            looks.measure(f"{step}, right to left: too wide", OVERWIDE)
        _states(page, _full_screen(page, clinic, "Imagined"), looks)
        for address in _reached(page, clinic):
            _open(page, clinic.address + address)
            looks.everywhere(address)
            looks.doubled(address)
        for address in _renamed(page, clinic, LONG_NAME):
            _open(page, address)
            looks.everywhere(f"{urlsplit(address).path}, long name")
            looks.doubled(f"{urlsplit(address).path}, long name")
        print(f"{len(steps)} steps; {dict(looks.count)}; {len(looks.wrong)} wrong")
        browser.close()
        clinic.end(signal.SIGTERM)


def _states(page: Page, steps: list[str], looks: Looks) -> None:
    """A step one-sided, with an error, without a network and in conflict; then a screen that is stopped."""
    grades = next(step for step in steps if step.endswith("/mmt_hip_abduction"))
    _open(page, grades)
    _choose(page, "left-grade_whole", "4")
    looks.everywhere("one-sided")
    page.context.set_offline(True)
    _choose(page, "left-grade_whole", "3")
    page.locator(STATUS).get_by_text("Offline").wait_for()
    looks.everywhere("offline")
    answer = page.context.new_page()
    page.context.set_offline(False)
    _open(answer, grades)
    _open(page, grades)
    page.route("**/findings/**", lambda route: route.abort())
    _choose(page, "right-grade_whole", "3")
    _choose(answer, "right-grade_whole", "2")
    answer.locator(STATUS).get_by_text("Saved").wait_for()
    page.unroute("**/findings/**")
    page.locator("[data-conflict-side]").first.wait_for()
    looks.everywhere("conflict")
    answer.close()
    _open(page, next(step for step in steps if step.endswith("/demographics")))
    page.fill("[name=height_cm]", "9999")
    page.keyboard.press("Tab")
    page.locator(".errmsg:not([hidden])").first.wait_for()
    looks.everywhere("error")
    _open(page, next(step for step in steps if step.endswith("/red_flags")))
    page.evaluate("() => document.querySelectorAll('input[value=no]').forEach((answer) => answer.click())")
    page.evaluate("() => document.querySelector('input[value=yes]').click()")
    page.wait_for_timeout(SAVED_MS)
    _open(page, steps[-1])
    looks.everywhere("stopped")


def _choose(page: Page, name: str, value: str) -> None:
    page.evaluate(
        "selector => document.querySelector(selector).click()", f'input[name="{name}"][value="{value}"]'
    )


def _demonstration(home: Path) -> LiveClinic:
    command = [str(Path(sys.executable).parent / "clinic"), "demo"]
    subprocess.run(command, env={**os.environ, "CLINIC_FOLDER": str(home)}, check=True, capture_output=True)
    clinic = LiveClinic(home)
    clinic.start()
    return clinic


def _page(browser: Browser, clinic: LiveClinic) -> Page:
    page = browser.new_context(viewport=TABLET, has_touch=True).new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.goto(f"{clinic.address}/sign-in")
    page.fill("[name=username]", "therapist")
    page.fill("[name=password]", "only a demonstration")
    page.click("main button")
    page.wait_for_url("**/today")
    return page


def _open(page: Page, address: str) -> None:
    page.goto(address, wait_until="load")
    page.wait_for_selector("h1")


def _reached(page: Page, clinic: LiveClinic) -> Iterator[str]:
    """The path of one page of each kind that links lead to."""
    ahead, seen = ["/sign-in", "/today"], set[str]()
    while ahead:
        path = ahead.pop(0)
        kind = ALIKE.sub("*", path)
        if kind in seen or path.startswith("/static/") or path.endswith((".pdf", ".json", ".csv", ".crt")):
            continue
        seen.add(kind)
        if path != "/sign-in":
            answer = page.request.get(clinic.address + path)
            if "text/html" not in answer.headers.get("content-type", ""):
                continue
            _open(page, clinic.address + path)
            links = [urlsplit(link) for link in page.evaluate(LINKS)]
            ahead += [link.path for link in links if link.netloc == urlsplit(clinic.address).netloc]
        yield path


def _renamed(page: Page, clinic: LiveClinic, name: str) -> list[str]:
    """The page of a patient with signed screenings, once named so, and the first of the screenings."""
    _open(page, f"{clinic.address}/patients/1/edit")
    page.fill("[name=family_name]", name)
    page.fill("[name=given_names]", name)
    page.locator("main form button").last.click()
    page.wait_for_url("**/patients/1")
    return [page.url, *(link for link in page.evaluate(LINKS) if re.search(r"/screenings/\d+$", link))][:2]


def _full_screen(page: Page, clinic: LiveClinic, name: str) -> list[str]:
    """The addresses of the steps of a new Full screening of somebody of this name."""
    _open(page, f"{clinic.address}/patients/new")
    page.fill("[name=family_name]", name)
    page.fill("[name=given_names]", name)
    for part, text in (("day", "3"), ("month", "5"), ("year", "1961")):
        page.fill(f"[name=born_on-{part}]", text)
    page.select_option("[name=sex]", "female")
    page.locator("main form button").last.click()
    page.wait_for_url(re.compile(r"/patients/\d+"))
    page.get_by_role("link", name="New screening").first.click()
    page.get_by_role("button", name="Start: Full").click()
    page.wait_for_url("**/steps/*")
    return list(dict.fromkeys(page.evaluate(STEPS)))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else None)
