"""Documents printed for the tests, by the real templates and sheets, and read back."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
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
# The folder of what was printed in this run, named by the session.
SHELF = "CLINIC_TESTS_SHELF"
SAME_LINE_PT = 3
SPACE_PT = 6


@dataclass(frozen=True)
class Line:
    """A line of text and where it stands, in points from the lower left corner of its page."""

    text: str
    left: float
    bottom: float
    right: float
    top: float


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
    return printed(html(paper, report, look))


def printed(page: str) -> bytes:
    """The page as PDF; the same page is printed once for all tests of a run, whichever process asks."""
    file = Path(os.environ[SHELF]) / f"{sha256(page.encode()).hexdigest()}.pdf"
    if not file.exists():
        own = file.with_suffix(f".{os.getpid()}")
        own.write_bytes(print_pdf(page, STATIC))
        own.replace(file)
    return file.read_bytes()


def lines(content: bytes) -> list[list[Line]]:
    """The lines of each page: pieces on one height, with no more than a space between them."""
    document = pypdfium2.PdfDocument(content)
    try:
        return [_lines(document[n].get_textpage()) for n in range(len(document))]
    finally:
        document.close()


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


def strokes(content: bytes) -> list[tuple[float, float]]:
    """Every width of line that is set, as it was drawn and as it is printed, in points."""
    with pikepdf.open(BytesIO(content)) as document:
        return [
            (float(operands[0]), float(operands[0]) * scale)
            for page in document.pages
            for operator, operands, scale in _operations(page)
            if operator == "w"
        ]


def page_size(content: bytes) -> tuple[float, float]:
    """Width and height of the first page, in points."""
    document = pypdfium2.PdfDocument(content)
    try:
        width, height = document[0].get_size()
    finally:
        document.close()
    return width, height


def across(content: bytes, page: int) -> list[str]:
    """The rows of a page, the letters of each from left to right, whichever way they are read."""
    document = pypdfium2.PdfDocument(content)
    try:
        words = document[page].get_textpage()
        rows: dict[int, list[tuple[float, str]]] = {}
        for n in range(words.count_chars()):
            if letter := words.get_text_range(n, 1).strip("\r\n"):
                left, bottom, right, top = words.get_charbox(n, loose=True)
                rows.setdefault(round((bottom + top) / 6), []).append((left, letter if right > left else ""))
    finally:
        document.close()
    return ["".join(letter for _, letter in sorted(row)) for row in rows.values()]


def outermost(content: bytes) -> float:
    """By how many points any words stand outside their page; 0 or less when none do."""
    width, height = page_size(content)
    boxes = [line for page in lines(content) for line in page]
    return max(max(-box.left, -box.bottom, box.right - width, box.top - height) for box in boxes)


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


def _lines(words: pypdfium2.PdfTextPage) -> list[Line]:
    found: list[Line] = []
    for n in range(words.count_rects()):
        left, bottom, right, top = words.get_rect(n)
        text = words.get_text_bounded(left, bottom, right, top).strip()
        last = found[-1] if found else None
        if last and abs(last.bottom - bottom) < SAME_LINE_PT and 0 <= left - last.right < SPACE_PT:
            text, left = f"{last.text} {text}", last.left
            found.pop()
        found.append(Line(text, left, bottom, right, top))
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
    for operator, operands, scale in _operations(page):
        match operator:
            case "Tf":
                size = float(operands[1])
            case "Tm":
                text_scale = abs(float(operands[3]))
            case "Tj" | "TJ":
                yield round(size * text_scale * scale, 1)


def _operations(page: pikepdf.Page) -> Iterator[tuple[str, Any, float]]:
    """What the page draws, step by step, each with the scale that holds then."""
    scales = [1.0]
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "q":
                scales.append(scales[-1])
            case "Q":
                scales.pop()
            case "cm":
                scales[-1] *= abs(float(operands[3]))
        yield str(operator), operands, scales[-1]
