"""What a request may reach: its database session, the library, the clinic, the printer."""

from typing import Any, cast

from flask import Flask, Response, abort, current_app, g, has_request_context, request
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from clinic_app.domain.applying import applied
from clinic_app.domain.library import Library
from clinic_app.library import ContentError, Opened
from clinic_app.pdf import Printer
from clinic_app.records import audit
from clinic_app.records.clinic import Clinic, the_clinic
from clinic_app.records.engine import sessions
from clinic_app.records.norm_tables import own_norms
from clinic_app.records.setting import own_settings, settings_now

READS = frozenset({"GET", "HEAD", "OPTIONS"})


def init_app(app: Flask, engine: Engine, content: Opened, printer: Printer) -> None:
    """Hand the long-lived parts to the app, and close each request's session when it ends."""
    read, write = sessions(engine)
    app.extensions["clinic"] = {
        "engine": engine,
        "read": read,
        "write": write,
        "library": content.library,
        "refused": content.refused,
        "as_set": (0, content.library),
        "printer": printer,
    }
    app.after_request(_record_reads)
    app.teardown_appcontext(_close)


def library() -> Library:
    """The content as this clinic has set it; read anew in each process after a change in any of them."""
    if "library" not in g:
        row = clinic()
        g.library = _as_set(row.content_revision if row else 0)
    return cast(Library, g.library)


def content() -> Library:
    """The content as it was read at start: what is published, with the clinic's own files."""
    return cast(Library, _part("library"))


def refused() -> ContentError | None:
    """What was wrong with the clinic's own files at start, so that none of them is in use."""
    return cast("ContentError | None", _part("refused"))


def printer() -> Printer:
    """The process that makes PDFs."""
    return cast(Printer, _part("printer"))


def session() -> Session:
    """The request's session: for reading in a GET, for writing in everything else. Views commit."""
    kind = "read" if not has_request_context() or request.method in READS else "write"
    if "session" not in g:
        g.session = new_session(kind)
    return cast(Session, g.session)


def new_session(kind: str = "write") -> Session:
    """A session of its own, beside the request's; the caller closes it."""
    return cast("sessionmaker[Session]", _part(kind))()


def clinic() -> Clinic | None:
    """The clinic's row, None before it was set up."""
    if "clinic_row" not in g:
        g.clinic_row = the_clinic(session())
    return cast("Clinic | None", g.clinic_row)


def own_clinic() -> Clinic:
    """The clinic's row, on pages that only somebody signed in can open: no account is without a clinic."""
    row = clinic()
    if row is None:
        abort(404)
    return row


def note_read(user_id: int | None, noun: str, noun_id: int | None, patient_id: int | None) -> None:
    """Remember that a patient's data was read; written to the audit when the page is ready.

    `user_id` None: by the patient, through a link.
    """
    g.setdefault("reads", []).append(
        {"user_id": user_id, "action": "read", "noun": noun, "noun_id": noun_id, "patient_id": patient_id}
    )


def _as_set(revision: int) -> Library:
    parts = current_app.extensions["clinic"]
    known, made = parts["as_set"]
    if known == revision:
        return cast(Library, made)
    own = own_settings(settings_now(session()).values())
    made = applied(content(), own, own_norms(session()))
    # Two threads may both make it; either is right, and one assignment keeps the pair together.
    parts["as_set"] = (revision, made)
    return made


def _part(name: str) -> Any:
    return current_app.extensions["clinic"][name]


def _record_reads(response: Response) -> Response:
    if reads := g.pop("reads", None):
        # The page is made: let go of what its session holds, or the two would wait for each other.
        _close(None)
        with new_session() as own:
            for read in reads:
                audit.record(own, **read)
            own.commit()
    return response


def _close(_error: BaseException | None) -> None:
    if (own := g.pop("session", None)) is not None:
        own.close()
