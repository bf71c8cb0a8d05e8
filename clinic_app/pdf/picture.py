"""One page of a PDF as a picture for the screen."""

from io import BytesIO
from threading import Lock

import pypdfium2
from PIL.Image import Image

from clinic_app.pdf.printer import PrintError

# Sharp on a tablet that shows two pages beside each other; no picture is higher than three times its width.
WIDTH_PX = 960
HEIGHT_PX = 3 * WIDTH_PX
# PDFium is not made for threads: one thing at a time, whatever document it is about.
_pdfium = Lock()


def picture_of(pdf: bytes, page: int) -> bytes:
    """The page, counted from 1, as WebP without loss; `PrintError` when it is no PDF or has no such page."""
    made = BytesIO()
    _drawn(pdf, page).save(made, "WEBP", lossless=True, method=0)
    return made.getvalue()


def _drawn(pdf: bytes, page: int) -> Image:
    with _pdfium:
        try:
            document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError as error:
            raise PrintError(f"the document cannot be shown: {error}") from None
        try:
            if not 1 <= page <= len(document):
                raise PrintError(f"there is no page {page}")
            shown = document[page - 1]
            width, height = shown.get_size()
            bitmap = shown.render(scale=min(WIDTH_PX / width, HEIGHT_PX / height))
            drawn: Image = bitmap.to_pil().copy()
            bitmap.close()
        finally:
            document.close()
    return drawn
