"""The handout, from request to bytes, against WeasyPrint alone on the same HTML in a warm process."""

import pypdfium2
from sqlalchemy import text
from weasyprint import HTML

from clinic_app.app import FILES
from tests.bench.place import Place
from tests.bench.timing import Row, in_turns

ROUNDS = 21


def handout_rows(place: Place) -> list[Row]:
    """Both in turns; what was stored is taken away before each request, so that each one prints."""
    client = place.app.test_client()
    for name, value in place.caller().cookies.items():
        client.set_cookie(name, value)
    path = f"/programmes/{place.programme_id}/handout.pdf"
    engine = place.app.extensions["clinic"]["engine"]
    page = _html(place, client, path)
    with engine.begin() as connection:
        for (name,) in connection.execute(_TRIGGERS).all():
            connection.execute(text(f"DROP TRIGGER {name}"))

    def forget() -> None:
        with engine.begin() as connection:
            connection.execute(text("DELETE FROM document"))

    def ask() -> None:
        assert client.get(path).status_code == 200

    def plain() -> None:
        HTML(string=page, base_url=f"{FILES / 'static'}/").write_pdf(pdf_variant="pdf/ua-1")

    _look_the_same(page, client.get(path).data)
    acts = {"forget": forget, "handout": ask, "plain": plain}
    taken = in_turns(acts, ROUNDS)
    again = in_turns({"again": ask}, ROUNDS)
    ratio = taken["handout"] / taken["plain"]
    return [
        Row(
            "handout, from request to bytes",
            taken["handout"],
            "plain write_pdf()",
            taken["plain"],
            ratio,
            "0.75",
        ),
        Row("handout, printed again", again["again"], remark="the stored bytes"),
    ]


def _look_the_same(page: str, ours: bytes) -> None:
    """What is made faster is the same to the eye: dot by dot, on every page."""
    plainly = HTML(string=page, base_url=f"{FILES / 'static'}/").write_pdf(pdf_variant="pdf/ua-1")
    one, other = pypdfium2.PdfDocument(ours), pypdfium2.PdfDocument(plainly)
    assert len(one) == len(other)
    for n in range(len(one)):
        assert one[n].render().to_pil().tobytes() == other[n].render().to_pil().tobytes(), f"page {n + 1}"


_TRIGGERS = text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'document'")


def _html(place: Place, client: object, path: str) -> str:
    """The very HTML that the app hands to its printer."""
    seen: list[str] = []
    printer = place.app.extensions["clinic"]["printer"]
    printed = printer.print_pages
    printer.print_pages = lambda html, *args: seen.append(html) or printed(html, *args)
    try:
        assert client.get(path).status_code == 200  # type: ignore[attr-defined]
    finally:
        del printer.print_pages
    return seen[0]
