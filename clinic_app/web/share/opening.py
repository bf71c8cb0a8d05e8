"""Opening a link: who may, in which order it is asked, and what is then there to show."""

from dataclasses import dataclass
from datetime import timedelta

from flask import request
from sqlalchemy.orm import Session

from clinic_app.domain.report import Report
from clinic_app.records.attempt import Patience, count_one, wait_of
from clinic_app.records.document import Document
from clinic_app.records.programme import Programme, newer_than
from clinic_app.records.screening import load_screening
from clinic_app.records.share_link import (
    LinkRefused,
    ShareLink,
    Why,
    link_in_use,
    note_refusal,
    open_with_year,
)
from clinic_app.records.table import now
from clinic_app.web import current
from clinic_app.web.fit_to_print import why_not_to_print
from clinic_app.web.papers import Look, PaperSize, PrintSize
from clinic_app.web.reporting import report_of, with_programme
from clinic_app.web.share.year import link_remembered

# A stranger who tries address after address waits, so that they do not fill the audit either.
ADDRESS = Patience(free=20, longest=timedelta(seconds=5))


@dataclass(frozen=True)
class Opened:
    """What a link shows: its handout, the report that this was made from, and in which language and size."""

    link: ShareLink
    document: Document
    report: Report
    look: Look


def open_link(token: str) -> Opened:
    """What this link shows the phone that asks; call it first in every page under a link.

    `YearNotTyped` before the birth year was typed on it, `LinkRefused` when the link does not open any more:
    the blueprint `shared` answers both.
    """
    link_id = link_remembered()
    try:
        return _opened(current.session(), token, link_id)
    except LinkRefused as refusal:
        _note(refusal)
        raise


def open_by_year(token: str, year: int) -> ShareLink:
    """The link that this birth year opens; `LinkRefused`, counted, when it does not. It commits."""
    session, address, at = current.session(), f"link:{request.remote_addr}"[:200], now()
    if wait_of(session, address, ADDRESS, at):
        raise LinkRefused(Why.TOO_FAST, None)
    try:
        link = open_with_year(session, token, year, _most())
    except LinkRefused as refusal:
        count_one(session, address, at)
        _note(refusal)
        raise
    session.commit()
    return link


def _opened(session: Session, token: str, link_id: int) -> Opened:
    link = link_in_use(session, token, link_id, _most())
    document = link.document
    row = load_screening(session, document.screening_id)
    clinic = current.clinic()
    assert row  # noqa: S101
    assert clinic  # noqa: S101
    programme = session.get(Programme, document.programme_id)
    report = with_programme(report_of(row, clinic, current.library()), programme)
    if (
        programme is None
        or report.programme is None
        or why_not_to_print(report.programme, row.patient.precautions, current.library())
    ):
        raise LinkRefused(Why.UNSAFE, link)
    # Nobody looked at it again with what is known of the patient since.
    if newer_than(session, programme):
        raise LinkRefused(Why.SUPERSEDED, link)
    look = Look(PaperSize(document.paper), document.language, PrintSize(document.print_size))
    current.note_read(None, "document", document.id, document.patient_id)
    return Opened(link, document, report, look)


def _note(refusal: LinkRefused) -> None:
    """Keep the reason, although nothing else of the request is kept."""
    if request.method in current.READS:
        with current.new_session() as own:
            note_refusal(own, refusal)
            own.commit()
    else:
        note_refusal(current.session(), refusal)
        current.session().commit()


def _most() -> int:
    return current.library().share.wrong_years
