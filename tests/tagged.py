"""What is wrong with a PDF that is to be read aloud and to do nothing by itself, as sentences."""

import itertools
from collections.abc import Iterator
from io import BytesIO

import page as page_validation
import pikepdf

from tests import papers

HEADINGS = ("H1", "H2", "H3")
OURS = {"Text", "Text-Bold", "Text-Semi-Bold", "Text-ext", "Text-ext-Bold", "Text-ext-Semi-Bold"}
MOST_BYTES = 400_000


def refused_by_validator(content: bytes) -> list[str]:
    """The rules of PDF/UA-1 that the independent validator finds broken."""
    checked = page_validation.validate_pdf_bytes(content, profile="ua1")
    return [f"{failure.rule_id}: {failure.message}" for failure in checked.failures]


def faults(content: bytes, language: str) -> list[str]:
    """What a walk through catalogue, tags and fonts finds wrong; the validator passes some of it."""
    with pikepdf.open(BytesIO(content)) as document:
        found = [*_catalogue(document, language), *_acts(document), *_structure(document), *_fonts(document)]
    return [*found, *(["400 kB or more"] if len(content) >= MOST_BYTES else [])]


def fonts_of(content: bytes) -> set[str]:
    """The names of the fonts inside, without their subset's prefix."""
    with pikepdf.open(BytesIO(content)) as document:
        return {str(one.FontName)[8:] for one in _descriptors(document)}


def _catalogue(document: pikepdf.Pdf, language: str) -> Iterator[str]:
    root = document.Root
    if not root.get("/MarkInfo", {}).get("/Marked", False):
        yield "not tagged"
    if str(root.get("/Lang", "")) != language:
        yield "not in its language"
    if not str(document.docinfo.get("/Title", "")) or not root.ViewerPreferences.get(
        "/DisplayDocTitle", False
    ):
        yield "no title"
    if not int(root.get("/Outlines", {}).get("/Count", 0)):
        yield "no bookmarks"
    with document.open_metadata() as metadata:
        if metadata.get("pdfuaid:part") != "1":
            yield "does not say that it is PDF/UA-1"


def _acts(document: pikepdf.Pdf) -> Iterator[str]:
    root = document.Root
    if any(key in root for key in ("/OpenAction", "/AA", "/AcroForm")):
        yield "acts by itself"
    if "/JavaScript" in root.get("/Names", {}):
        yield "has a script"
    links = [link for page in document.pages for link in page.get("/Annots", [])]
    if any(str(link.get("/A", {}).get("/URI", "")).startswith(("http", "file")) for link in links):
        yield "leads out of the clinic"


def _structure(document: pikepdf.Pdf) -> Iterator[str]:
    found = papers.tags(document)
    levels = [int(name[1]) for name, _ in found if name in HEADINGS]
    if levels[:1] != [1] or any(after - before > 1 for before, after in itertools.pairwise(levels)):
        yield "headings out of order"
    if not all(str(element.get("/Alt", "")).strip() for name, element in found if name == "Figure"):
        yield "a figure without words"
    ids = [str(element.ID) for _, element in found if "/ID" in element]
    if len(ids) != len(set(ids)):
        yield "an id twice"
    heads = {str(element.ID) for name, element in found if name == "TH" and "/ID" in element}
    for name, cell in found:
        named = {str(head) for head in cell.get("/A", {}).get("/Headers", [])} if name == "TD" else {""}
        if not named or (name == "TD" and not named <= heads):
            yield "a cell without its headers"
            return


def _fonts(document: pikepdf.Pdf) -> Iterator[str]:
    for font in _descriptors(document):
        if "/FontFile2" not in font and "/FontFile3" not in font:
            yield "a font that is not inside"
        if str(font.FontName)[7] != "+":
            yield "a font that is not cut to what it needs"


def _descriptors(document: pikepdf.Pdf) -> list[pikepdf.Object]:
    every = (one for one in document.objects if isinstance(one, pikepdf.Dictionary))
    return [one for one in every if one.get("/Type") == "/FontDescriptor"]
