"""The checks of a printed document would see a broken one: each is shown a file that it must refuse."""

from collections.abc import Callable
from functools import cache
from io import BytesIO

import pikepdf
import pytest

from tests import papers
from tests.tagged import faults, refused_by_validator

SHEET = '<link rel="stylesheet" href="print/print.css">'
PICTURE = '<img src="illustrations/bridge.svg" alt="Bridge">'
TABLE = '<table><tr><th scope="col">Day</th></tr><tr><td>Monday</td></tr></table>'


def printed(body: str) -> bytes:
    head = f'<html lang="en"><head><title>A page</title>{SHEET}</head>'
    return papers.printed(f"<!doctype html>{head}<body>{body}</body></html>")


@cache
def sound() -> bytes:
    return printed(f"<h1>Head</h1>{PICTURE}{TABLE}<p>Words.</p>")


def test_a_sound_page_passes_both_checks() -> None:
    assert refused_by_validator(sound()) == []
    assert faults(sound(), "en") == []


@pytest.mark.parametrize(
    "body",
    [
        '<h1>Head</h1><img src="illustrations/bridge.svg" alt="">',
        "<h1>Head</h1><dl><div><dt>Word</dt><dd>Meaning</dd></div></dl>",
        "<h1>Head</h1><h3>Too deep</h3>",
    ],
)
def test_the_validator_refuses_a_page_that_cannot_be_read_aloud(body: str) -> None:
    assert refused_by_validator(printed(body))


def _figure(pdf: pikepdf.Pdf) -> None:
    del next(one for name, one in papers.tags(pdf) if name == "Figure").Alt


def _cell(pdf: pikepdf.Pdf) -> None:
    next(one for name, one in papers.tags(pdf) if name == "TD").A.Headers = pikepdf.Array(
        [pikepdf.String("no")]
    )


def _twice(pdf: pikepdf.Pdf) -> None:
    head = next(one for name, one in papers.tags(pdf) if name == "TH")
    next(one for name, one in papers.tags(pdf) if name == "P").ID = head.ID


def _heading(pdf: pikepdf.Pdf) -> None:
    next(one for name, one in papers.tags(pdf) if name == "H1").S = pikepdf.Name.H3


def _font(pdf: pikepdf.Pdf, key: str) -> None:
    font = next(one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/FontName" in one)
    if key == "inside":
        for name in ("/FontFile2", "/FontFile3"):
            if name in font:
                del font[name]
    else:
        font.FontName = pikepdf.Name("/WholeFontWithAllLetters")


def _link(pdf: pikepdf.Pdf) -> None:
    action = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("https://example.org"))
    pdf.pages[0].Annots = pdf.make_indirect([pikepdf.Dictionary(Subtype=pikepdf.Name.Link, A=action)])


def _script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary())


BROKEN: dict[str, Callable[[pikepdf.Pdf], object]] = {
    "not tagged": lambda pdf: pdf.Root.MarkInfo.__setitem__("/Marked", False),
    "not in its language": lambda pdf: pdf.Root.__setitem__("/Lang", pikepdf.String("sv")),
    "no title": lambda pdf: pdf.docinfo.__delitem__("/Title"),
    "no bookmarks": lambda pdf: pdf.Root.__delitem__("/Outlines"),
    "does not say that it is PDF/UA-1": lambda pdf: pdf.Root.__delitem__("/Metadata"),
    "acts by itself": lambda pdf: pdf.Root.__setitem__("/OpenAction", pikepdf.Dictionary()),
    "has a script": _script,
    "leads out of the clinic": _link,
    "headings out of order": _heading,
    "a figure without words": _figure,
    "an id twice": _twice,
    "a cell without its headers": _cell,
    "a font that is not inside": lambda pdf: _font(pdf, "inside"),
    "a font that is not cut to what it needs": lambda pdf: _font(pdf, "whole"),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_the_walk_refuses_each_fault_by_its_name(fault: str) -> None:
    with pikepdf.open(BytesIO(sound())) as pdf:
        BROKEN[fault](pdf)
        file = BytesIO()
        pdf.save(file)
    assert fault in faults(file.getvalue(), "en")


def test_a_file_of_400_kilobytes_is_refused() -> None:
    assert "400 kB or more" in faults(sound() + b"%" * 400_000, "en")
