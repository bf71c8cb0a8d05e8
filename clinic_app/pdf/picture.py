"""One page of a PDF as a picture for the screen. Loading this module loads PDFium, which is not safe for
threads: only the printing process does."""

from io import BytesIO

import pypdfium2

from clinic_app.pdf.printer import PrintError

# Sharp on a tablet that shows two pages beside each other, and no taller than a page that is three times as
# high as it is wide.
WIDTH_PX = 960
HEIGHT_PX = 3 * WIDTH_PX


def picture_of(pdf: bytes, page: int) -> bytes:
    """The page, counted from 1, as WebP without loss; `PrintError` when there is no such page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        if not 1 <= page <= len(document):
            raise PrintError(f"there is no page {page}")
        shown = document[page - 1]
        width, height = shown.get_size()
        picture = shown.render(scale=min(WIDTH_PX / width, HEIGHT_PX / height)).to_pil()
    finally:
        document.close()
    made = BytesIO()
    picture.save(made, "WEBP", lossless=True, method=1)
    return made.getvalue()
