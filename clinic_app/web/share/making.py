"""The therapist makes a link, which prints the handout with it; sees the patient's links, and revokes one."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from flask import abort, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from clinic_app.exchange.report_json import sha256_of
from clinic_app.records.document import Document, Printed, store_document
from clinic_app.records.programme import Programme, last_approved, newer_than
from clinic_app.records.screening import load_screening
from clinic_app.records.share_link import (
    HANDOUT,
    ShareLink,
    Terms,
    Why,
    hash_of,
    links_of,
    make_link,
    new_token,
    revoke_link,
    terms_now,
    why_shut,
)
from clinic_app.records.user import User
from clinic_app.web import current
from clinic_app.web.documents import Order, handout_look, handout_order, printed
from clinic_app.web.share.blueprint import links
from clinic_app.web.share.paper import drawn, end_of, last_day, way_to

Answer = str | AnyResponse | tuple[str, int]


@dataclass(frozen=True)
class LinkRow:
    """A link as its patient's list shows it; `shut` is why it does not open, empty while it does."""

    link: ShareLink
    until: date
    shut: str


@links.app_template_global()
def sharing_of(patient_id: int, programme_id: int | None) -> dict[str, Any]:
    """How the clinic shares now (None: it does not), the patient's links, and a newer programme than this."""
    session, last = current.session(), last_approved(current.session(), patient_id)
    theirs = links_of(session, patient_id)
    rows = [LinkRow(link, last_day(link.expires_at), _shut(link, last)) for link in theirs]
    newer = last if last and last.id != programme_id else None
    return {"terms": terms_now(session), "links": rows, "newer": newer}


@links.post("/programmes/<int:programme_id>/link")
def make(programme_id: int) -> Answer:
    """Print the handout with a new link on it and store both; the address is shown now and never again."""
    terms = terms_now(current.session()) or abort(404)
    programme = current.session().get(Programme, programme_id) or abort(404)
    if newer := newer_than(current.session(), programme):
        return _refused(newer)
    order = _order(programme)
    # Printing takes long: let go of what the session holds, so that nobody's save waits for it.
    current.session().commit()
    token, expires_at = new_token(), end_of(terms)
    address = _address(terms, order.look.language, token)
    out = printed(order, way=way_to(address, expires_at, order.look.language))
    session, token_hash = current.session(), hash_of(token)
    # The link is part of what the paper was made from: no other print is the same document.
    source = sha256_of({"document": order.edition.source_sha256, "link": token_hash})
    edition = replace(order.edition, source_sha256=source)
    document = store_document(
        session, edition, Printed(out.content, out.pages), current_user.id, programme_id
    )
    link = make_link(session, document, token_hash, expires_at, session.get_one(User, current_user.id))
    session.commit()
    return _shown(link, address, on_paper=True)


@links.post("/documents/<int:document_id>/link")
def make_for_kept(document_id: int) -> Answer:
    """A new link to a handout as it is kept; it stands on no paper: the patient takes it from the screen."""
    session = current.session()
    terms, document = terms_now(session) or abort(404), session.get(Document, document_id) or abort(404)
    if document.kind != HANDOUT or document.programme_id is None:
        abort(404)
    programme = session.get_one(Programme, document.programme_id)
    if newer := newer_than(session, programme):
        return _refused(newer)
    _order(programme)
    token, expires_at = new_token(), end_of(terms)
    link = make_link(session, document, hash_of(token), expires_at, session.get_one(User, current_user.id))
    session.commit()
    return _shown(link, _address(terms, document.language, token), on_paper=False)


@links.post("/links/<int:link_id>/revoke")
def revoke(link_id: int) -> Answer:
    """The link does not open any more."""
    session = current.session()
    link = session.get(ShareLink, link_id) or abort(404)
    revoke_link(session, link, session.get_one(User, current_user.id))
    session.commit()
    return redirect(url_for("programmes.show", programme_id=link.document.programme_id, _anchor="links"), 303)


def _shut(link: ShareLink, last: Programme | None) -> str:
    """Why the link does not open, empty while it does."""
    if why := why_shut(link, current.library().share.wrong_years):
        return why
    return Why.SUPERSEDED if last and link.document.programme_id != last.id else ""


def _refused(newer: Programme) -> Answer:
    """No link to an old sheet: the patient would follow it."""
    return render_template("share/not_made.html", newer=newer), 409


def _order(programme: Programme) -> Order:
    """The programme's handout as its patient reads it; `NotPrintedError` where it may not be handed out."""
    row = load_screening(current.session(), programme.screening_id) or abort(404)
    return handout_order(row, programme, handout_look(row))


def _address(terms: Terms, language: str, token: str) -> str:
    return terms.address + url_for("shared.page", language=language, token=token)


def _shown(link: ShareLink, address: str, *, on_paper: bool) -> str:
    """The link, this once: as a code and in letters."""
    return render_template(
        "share/made.html",
        link=link,
        until=last_day(link.expires_at),
        programme_id=link.document.programme_id,
        address=address,
        code=drawn(address, _("Code with the address of the patient's page")),
        on_paper=on_paper,
    )
