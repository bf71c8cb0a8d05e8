"""One page of HTML to PDF. Loading this module loads WeasyPrint: only the printing process does."""

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher

from clinic_app.pdf.printer import PrintError, Printout

# Emoji, with what joins and colours them: they carry no words, and the fonts of many machines lack them.
_EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f\U000e0020-\U000e007f]\u200d?")
_EMPTY = re.compile(rb"^(<[0-9a-f]{4}>) <>$")
_SHEET = re.compile(r'<link rel="stylesheet" href="([^"]+)">')


def print_pdf(html: str, static: Path) -> bytes:
    """Print HTML whose pictures, fonts and sheets are named relative to the folder `static`."""
    return print_pages(html, static).content


def print_pages(html: str, static: Path) -> Printout:
    """Print it and count its pages.

    The sheets and their fonts are read once per process. The bytes depend on the HTML and those files alone,
    and on the machine's fonts for letters that ours lack. Emoji are left out.
    """
    try:
        sheets = [_sheet(name, static) for name in _SHEET.findall(html)]
        words = _EMOJI.sub("", _SHEET.sub("", html))
        page = HTML(string=words, base_url=_base(static), url_fetcher=_fetcher(static))
        document = page.render(stylesheets=sheets, font_config=_fonts(), pdf_variant="pdf/ua-1")
        content = document.write_pdf(pdf_variant="pdf/ua-1", finisher=_check_glyphs)
    except FatalURLFetchingError as error:
        raise PrintError(f"A picture, font or sheet of the page is missing or not ours: {error}") from None
    return Printout(bytes(content), len(document.pages))


def warm(static: Path) -> None:
    """Read every sheet and its fonts, so that the first page does not wait for them."""
    for sheet in sorted((static / "print").glob("*.css")):
        _sheet(f"print/{sheet.name}", static)


class StaticFiles(URLFetcher):  # type: ignore[misc]
    """Reads files below one folder and nothing else, no network; anything missing is fatal."""

    def __init__(self, folder: Path) -> None:
        super().__init__(allowed_protocols={"file"}, fail_on_errors=True)
        self._folder = folder

    def fetch(self, url: str, headers: Any = None) -> Any:
        """Read one file; `FatalURLFetchingError` when it is not one of ours."""
        parts = urlsplit(url)
        file = Path(url2pathname(parts.path)).resolve()
        if parts.scheme != "file" or parts.netloc or not file.is_relative_to(self._folder):
            raise FatalURLFetchingError(f"{url} is not one of our files")
        return super().fetch(url, headers)


def _check_glyphs(document: Any, pdf: Any) -> None:
    """Refuse letters that no font has; tell a glyph that shares its letter as a space without width.

    An accent is such a glyph. WeasyPrint leaves its text empty, which PDF/UA does not allow.
    """
    if lacking := {chr(letter) for font in document.fonts.values() for letter in font.missing}:
        raise PrintError(f"No font of this computer has the letters {' '.join(sorted(lacking))}")
    for made in pdf.objects:
        stream = getattr(made, "stream", None)
        if isinstance(stream, list) and b"endcmap" in stream:
            made.stream = [_EMPTY.sub(rb"\1 <200b>", line) for line in stream]


def _base(static: Path) -> str:
    return f"{static.resolve().as_uri()}/"


@cache
def _fonts() -> FontConfiguration:
    return FontConfiguration()


@lru_cache(maxsize=4)
def _fetcher(static: Path) -> StaticFiles:
    return StaticFiles(static.resolve())


@lru_cache(maxsize=32)
def _sheet(name: str, static: Path) -> CSS:
    return CSS(url=f"{_base(static)}{name}", url_fetcher=_fetcher(static), font_config=_fonts())
