"""Documents printed for the tests, by the real templates and sheets, and read back."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pikepdf
import pypdfium2
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask
from flask_babel import Babel

from clinic_app.app import FILES, PACKAGE
from clinic_app.domain.report import Report
from clinic_app.pdf.page import print_pdf
from clinic_app.web.papers import Look, Paper, html_of

STATIC = FILES / "static"


@cache
def speaking() -> Flask:
    """An app that can render the documents and speaks every language there is."""
    app = Flask("clinic_app", template_folder=str(FILES / "templates"), static_folder=str(STATIC))
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(_catalogues())
    Babel(app)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    return app


@contextmanager
def in_words() -> Iterator[None]:
    """Where wording may be asked for."""
    with speaking().test_request_context():
        yield


def html(paper: Paper, report: Report, look: Look | None = None) -> str:
    """The document as HTML."""
    with in_words():
        return html_of(paper, report, look or Look())


def pdf(paper: Paper, report: Report, look: Look | None = None) -> bytes:
    """The document as PDF."""
    return print_pdf(html(paper, report, look), STATIC)


def pages(content: bytes) -> list[str]:
    """The text of each page, spaces evened."""
    document = pypdfium2.PdfDocument(content)
    try:
        return [_text(document[n]) for n in range(len(document))]
    finally:
        document.close()


def text(content: bytes) -> str:
    """The text of all pages."""
    return " ".join(pages(content))


def font_sizes(content: bytes) -> set[float]:
    """Every size of text in the document, in points."""
    sizes: set[float] = set()
    with pikepdf.open(BytesIO(content)) as document:
        for page in document.pages:
            sizes |= set(_sizes(page))
    return sizes


def page_size(content: bytes) -> tuple[float, float]:
    """Width and height of the first page, in points."""
    document = pypdfium2.PdfDocument(content)
    try:
        width, height = document[0].get_size()
    finally:
        document.close()
    return width, height


def outermost(content: bytes) -> float:
    """By how many points any letter stands outside its page; 0 or less when none does."""
    beyond = []
    document = pypdfium2.PdfDocument(content)
    try:
        for page in document:
            width, height = page.get_size()
            words = page.get_textpage()
            for n in range(words.count_chars()):
                left, bottom, right, top = words.get_charbox(n)
                beyond += [-left, -bottom, right - width, top - height]
    finally:
        document.close()
    return max(beyond)


def tags(document: pikepdf.Pdf) -> list[tuple[str, Any]]:
    """The structure tree in reading order: each tag with its element."""
    found: list[tuple[str, Any]] = []

    def walk(element: Any) -> None:
        if isinstance(element, pikepdf.Array):
            for kid in element:
                walk(kid)
        elif isinstance(element, pikepdf.Dictionary) and "/S" in element:
            found.append((str(element.S)[1:], element))
            if "/K" in element:
                walk(element.K)

    walk(document.Root.StructTreeRoot.K)
    return found


def _catalogues() -> Path:
    folder = Path(mkdtemp())
    for source in (PACKAGE / "translations").rglob("*.po"):
        target = folder / source.relative_to(PACKAGE / "translations").with_suffix(".mo")
        target.parent.mkdir(parents=True)
        with source.open("rb") as catalogue, target.open("wb") as compiled:
            write_mo(compiled, read_po(catalogue))
    return folder


def _text(page: pypdfium2.PdfPage) -> str:
    return re.sub(r"\s+", " ", page.get_textpage().get_text_range().replace("\ufffe", "")).strip()


def _sizes(page: pikepdf.Page) -> Iterator[float]:
    """Font size times the scale of the text matrix and of the page, which WeasyPrint lays out in pixels."""
    size = text_scale = 1.0
    scales = [1.0]
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "q":
                scales.append(scales[-1])
            case "Q":
                scales.pop()
            case "cm":
                scales[-1] *= abs(float(operands[3]))
            case "Tf":
                size = float(operands[1])
            case "Tm":
                text_scale = abs(float(operands[3]))
            case "Tj" | "TJ":
                yield round(size * text_scale * scales[-1], 1)
