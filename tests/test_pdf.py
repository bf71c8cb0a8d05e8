"""Printing: the same bytes again, nothing missing, nothing from outside, and an end to what never ends."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from clinic_app.pdf import Limits, Printer, PrintError
from clinic_app.pdf.page import print_pdf
from clinic_app.pdf.picture import picture_of
from clinic_app.web.papers import Look, Paper, PaperSize
from tests import papers, reports
from tests.papers import STATIC

HERE = Path(__file__).parent.parent
SHEET = '<link rel="stylesheet" href="print/print.css">'
HEAD = f'<!doctype html><html lang="en"><head><title>A page</title>{SHEET}</head><body>'


@pytest.fixture(scope="module")
def printer() -> Iterator[Printer]:
    own = Printer(STATIC)
    own.start()
    yield own
    own.stop()


def test_the_printing_process_gives_the_bytes_of_this_one(printer: Printer) -> None:
    page = papers.html(Paper.HANDOUT, reports.with_exercises())
    assert printer.print(page) == papers.printed(page)


@pytest.mark.parametrize(
    ("paper", "width", "height"), [(PaperSize.A4, 595.28, 841.89), (PaperSize.LETTER, 612.0, 792.0)]
)
def test_the_page_has_the_size_of_the_clinics_paper(paper: PaperSize, width: float, height: float) -> None:
    content = papers.pdf(Paper.SUMMARY, reports.with_exercises(), Look(paper))
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


def test_a_missing_font_is_refused(printer: Printer) -> None:
    face = '@font-face { font-family: X; src: url("fonts/no_such.woff2") } p { font-family: X }'
    with pytest.raises(PrintError, match=r"font .* is missing .*no_such.woff2"):
        printer.print(f"{HEAD}<style>{face}</style><p>x</p></body></html>")


def test_letters_that_no_font_has_are_named() -> None:
    with pytest.raises(PrintError, match="No font of this computer has the letters \U0001e900"):
        print_pdf(f"{HEAD}<p>\U0001e900 \U0001f9b5\u200d\ufe0f</p></body></html>", STATIC)


ENDLESS = f"{HEAD}<table>{'<tr><td>row</td></tr>' * 40_000}</table></body></html>"
LONG = f"{HEAD}<table>{'<tr><td>row</td></tr>' * 500}</table></body></html>"
SHORT = f"{HEAD}<p>short</p></body></html>"


def test_two_hundred_pages_are_ended_at_the_limit_and_the_next_one_prints() -> None:
    own = Printer(STATIC, Limits(seconds=1.5))
    try:
        own.process_id()
        started = time.monotonic()
        with pytest.raises(PrintError, match=r"took longer than 1\.5 seconds"):
            own.print(ENDLESS)
        assert time.monotonic() - started < 8
        assert own.process_id()
    finally:
        own.stop()


def test_a_page_that_would_fill_the_memory_fails_alone() -> None:
    own = Printer(STATIC, Limits(memory_mb=110))
    try:
        with pytest.raises(PrintError, match=r"memory|broke off"):
            own.print(ENDLESS)
        assert own.print(SHORT).startswith(b"%PDF")
    finally:
        own.stop()


def test_a_page_whose_process_is_killed_is_printed_after_all(printer: Printer) -> None:
    with ThreadPoolExecutor() as threads:
        process = printer.process_id()
        printing = threads.submit(printer.print, LONG)
        time.sleep(0.3)
        os.kill(process, signal.SIGKILL)
        assert printing.result().startswith(b"%PDF")
    assert printer.process_id() != process


def test_a_process_that_was_killed_at_rest_is_replaced(printer: Printer) -> None:
    os.kill(printer.process_id(), signal.SIGKILL)
    assert printer.print(SHORT).startswith(b"%PDF")


def test_one_document_too_many_is_turned_away_with_how_many_wait() -> None:
    own = Printer(STATIC, Limits(waiting=2))
    with ThreadPoolExecutor() as threads:
        printing = [threads.submit(own.print, LONG) for _ in range(2)]
        while own.waiting < 2:
            time.sleep(0.01)
        with pytest.raises(PrintError, match=r"2 documents are waiting to be printed\."):
            own.print(SHORT)
        assert all(one.result().startswith(b"%PDF") for one in printing)
    assert own.waiting == 0
    assert own.print(SHORT).startswith(b"%PDF")
    own.stop()


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
    assert own.print(SHORT).startswith(b"%PDF")
    own.stop()


# Prints the page it is given on this machine's settings: argument one is the file to write.
ELSEWHERE = """
import locale, sys
from pathlib import Path
locale.setlocale(locale.LC_ALL, "")
from clinic_app.web.papers import Paper
from tests import papers, reports
page = papers.html(Paper.HANDOUT, reports.with_exercises())
Path(sys.argv[1]).write_bytes(papers.print_pdf(page, papers.STATIC))
"""


def test_the_same_document_has_the_same_bytes_on_two_machines_settings(tmp_path: Path) -> None:
    settings = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "1"}
    assert {name: os.environ.get(name) for name in settings}.items().isdisjoint(settings.items())
    file = tmp_path / "elsewhere.pdf"
    subprocess.run(
        [sys.executable, "-c", ELSEWHERE, file], env={**os.environ, **settings}, cwd=HERE, check=True
    )
    assert file.read_bytes() == papers.pdf(Paper.HANDOUT, reports.with_exercises())
