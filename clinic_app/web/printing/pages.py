"""The pages of a stored document as pictures: made from its bytes, never from another printing."""

from flask import Response, abort, request
from flask_login import current_user

from clinic_app.pdf import PrintError
from clinic_app.pdf.picture import picture_of
from clinic_app.records.document import Document
from clinic_app.web import current
from clinic_app.web.documents import NotPrintedError
from clinic_app.web.printing.blueprint import blueprint


@blueprint.get("/documents/<int:document_id>/pages/<int:page>.webp")
def page_picture(document_id: int, page: int) -> Response:
    """One page; the browser may keep it, and asks each time whether it may still show it."""
    document = current.session().get(Document, document_id) or abort(404)
    if not 1 <= page <= document.pages:
        abort(404)
    response = Response(mimetype="image/webp")
    response.headers["Cache-Control"] = "private, no-cache"
    response.set_etag(f"{document.sha256}-{page}")
    if request.if_none_match.contains(response.get_etag()[0] or ""):
        response.status_code = 304
        return response
    current.note_read(current_user.id, "document", document.id, document.patient_id)
    try:
        response.data = picture_of(document.content, page)
    except PrintError as error:
        raise NotPrintedError([str(error)], 503) from None
    return response
