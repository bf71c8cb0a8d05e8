"""Printing: the same bytes again, nothing missing, nothing from outside, and an end to what never ends."""

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO

import pytest
from PIL import Image

from clinic_app.pdf import Printer, PrintError
from clinic_app.pdf.page import print_pdf
from clinic_app.pdf.picture import picture_of
from clinic_app.web.papers import Look, Paper, PaperSize
from tests import papers, reports
from tests.papers import STATIC

SHEET = '<link rel="stylesheet" href="print/print.css">'
HEAD = f'<!doctype html><html lang="en"><head><title>A page</title>{SHEET}</head><body>'


@pytest.fixture(scope="module")
def printer() -> Iterator[Printer]:
    own = Printer(STATIC)
    own.start()
    yield own
    own.stop()


def test_printing_again_gives_the_same_bytes_in_this_process_and_in_another(printer: Printer) -> None:
    html = papers.html(Paper.HANDOUT, reports.with_exercises())
    here = print_pdf(html, STATIC)
    assert print_pdf(html, STATIC) == here
    assert printer.print(html) == here
    again = Printer(STATIC)
    try:
        assert again.print(html) == here
    finally:
        again.stop()


@pytest.mark.parametrize(
    ("paper", "width", "height"), [(PaperSize.A4, 595.28, 841.89), (PaperSize.LETTER, 612.0, 792.0)]
)
def test_the_page_has_the_size_of_the_clinics_paper(paper: PaperSize, width: float, height: float) -> None:
    for kind in (Paper.SUMMARY, Paper.HANDOUT):
        content = papers.pdf(kind, reports.with_exercises(), Look(paper))
        assert papers.page_size(content) == pytest.approx((width, height), abs=0.5)


def test_a_missing_picture_is_refused_and_not_left_out(printer: Printer) -> None:
    with pytest.raises(PrintError, match="missing"):
        printer.print(f'{HEAD}<img src="illustrations/no_such_exercise.svg" alt="x"></body></html>')


def test_a_missing_sheet_is_refused(printer: Printer) -> None:
    with pytest.raises(PrintError, match="missing"):
        printer.print(
            '<html><head><link rel="stylesheet" href="print/no_such.css"></head><body>x</body></html>'
        )


@pytest.mark.parametrize(
    "address",
    [
        "../pyproject.toml",
        "file:///etc/hostname",
        "file://elsewhere/etc/hostname",
        "data:image/png;base64,AAAA",
    ],
)
def test_a_page_reads_no_file_but_ours(address: str) -> None:
    with pytest.raises(PrintError, match="not one of our files"):
        print_pdf(f'{HEAD}<img src="{address}" alt="x"></body></html>', STATIC)


def test_a_page_never_reaches_the_network() -> None:
    asked: list[str] = []

    class Outside(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

    server = HTTPServer(("127.0.0.1", 0), Outside)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    outside = f"http://127.0.0.1:{server.server_port}"
    try:
        for inside in (
            f'<img src="{outside}/a.png" alt="x">',
            f'<style>p {{ background: url("{outside}/b.png") }}</style><p>x</p>',
            f'<style>@import url("{outside}/c.css");</style>',
        ):
            with pytest.raises(PrintError):
                print_pdf(f"{HEAD}{inside}</body></html>", STATIC)
    finally:
        server.shutdown()
        server.server_close()
    assert asked == []


def test_a_page_that_never_ends_is_ended_at_its_limit_and_the_next_one_prints(printer: Printer) -> None:
    printer.print(f"{HEAD}<p>warm</p></body></html>")
    rows = "<tr><td>row</td></tr>" * 40_000
    started = time.monotonic()
    with pytest.raises(PrintError, match="took longer than"):
        printer.print(f"{HEAD}<table>{rows}</table></body></html>", timeout=1.5)
    assert time.monotonic() - started < 8
    assert printer.print(f"{HEAD}<p>next</p></body></html>").startswith(b"%PDF")


def test_a_page_becomes_a_picture_of_what_is_printed_on_it(printer: Printer) -> None:
    content = printer.print(f'{HEAD}<p>one</p><p style="break-before: page">two</p></body></html>')
    pictures = [picture_of(content, page) for page in (1, 2)]
    assert pictures[0] != pictures[1]
    for one in pictures:
        with Image.open(BytesIO(one)) as picture:
            assert picture.format == "WEBP"
            assert picture.width == 960
            # The words are dark, the paper is white.
            assert [low < 80 and high == 255 for low, high in picture.convert("RGB").getextrema()] == [
                True
            ] * 3


def test_a_page_that_is_not_there_and_bytes_that_are_no_pdf_are_refused(printer: Printer) -> None:
    content = printer.print(f"{HEAD}<p>one</p></body></html>")
    for page in (0, 2):
        with pytest.raises(PrintError, match=f"no page {page}"):
            picture_of(content, page)
    with pytest.raises(PrintError, match="cannot be shown: Failed to load document"):
        picture_of(b"no PDF", 1)


def test_a_printer_that_was_stopped_starts_again_when_asked() -> None:
    own = Printer(STATIC)
    own.stop()
    assert own.print(f"{HEAD}<p>x</p></body></html>").startswith(b"%PDF")
    own.stop()
