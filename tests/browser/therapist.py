"""What a therapist does in the browser, with the words that stand on the pages."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

import pypdfium2
from playwright.sync_api import Locator, Page

PASSWORD = "harbour pencil meadow 4"


@dataclass
class Therapist:
    """Somebody at the browser, with or without script; `looked` is called on each page that was reached."""

    page: Page
    looked: Callable[[Page], None]
    script: bool = True

    def go(self, address: str) -> None:
        """Open a page."""
        self.page.goto(address)
        self.looked(self.page)

    def press(self, words: str) -> None:
        """Press the button or follow the link with these words, and look at the page it leads to."""
        with self.page.expect_navigation():
            self.found(words).click()
        self.looked(self.page)

    def found(self, words: str) -> Locator:
        """The button or link with these words."""
        button = self.page.get_by_role("button", name=words)
        return button.or_(self.page.get_by_role("link", name=words)).first

    def fill(self, **typed: str) -> None:
        """Fill fields by their names; two underscores stand for a hyphen."""
        for name, text in typed.items():
            self.page.locator(f'main [name="{name.replace("__", "-")}"]').fill(text)

    def choose(self, **chosen: str) -> None:
        """Choose from lists by their names."""
        for name, value in chosen.items():
            self.page.locator(f'select[name="{name.replace("__", "-")}"]').select_option(value)

    def tap(self, name: str, value: str = "") -> None:
        """Tap an answer as it stands on the page: the words, not the hidden input."""
        wanted = f'input[name="{name}"]' + (f'[value="{value}"]' if value else "")
        self.page.locator(f"label:has({wanted})").first.click()

    def sides(self, left: str, right: str, name: str) -> None:
        """Tap an answer on either side."""
        self.tap(f"left-{name}", left)
        self.tap(f"right-{name}", right)

    def point(self, words: str) -> None:
        """Touch a place of the body map, by its side and words."""
        self.page.locator("[data-ticks]").filter(has_text=words).click()

    def next(self) -> None:
        """Go on to the next step."""
        self.press("Next")

    def at(self, item: str) -> bool:
        """The step of this item is on the screen."""
        return self.page.url.endswith(f"/steps/{item}")

    def heading(self) -> str:
        """The heading of the page."""
        return self.page.locator("h1").inner_text()

    def paper(self, words: str) -> str:
        """The text of the PDF behind this link."""
        address = self.found(words).get_attribute("href")
        assert address
        origin = "/".join(self.page.url.split("/")[:3])
        answer = self.page.request.get(origin + address, timeout=120_000)
        assert answer.ok, answer.text()
        pages = pypdfium2.PdfDocument(BytesIO(answer.body()))
        return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in pages)
