"""Documents as PDF: made once from what was signed or approved, stored, and given out again byte for byte."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, Response, abort, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from clinic_app.domain.report import Report, ReportStatus
from clinic_app.exchange.report_json import sha256_of
from clinic_app.pdf import PrintError, Printout
from clinic_app.records.clinic import Clinic
from clinic_app.records.document import Document, Edition, Printed, find_document, store_document
from clinic_app.records.letter import Letter
from clinic_app.records.programme import Programme, approved_programme
from clinic_app.records.screening import Screening, load_screening
from clinic_app.web import current
from clinic_app.web.fit_to_print import why_not_to_print
from clinic_app.web.language import handout_languages
from clinic_app.web.letters.letter import with_letter
from clinic_app.web.papers import HandoutError, Look, Paper, PaperSize, PrintSize, html_of
from clinic_app.web.reporting import report_of, with_programme
from clinic_app.web.since_last import since_last

blueprint = Blueprint("documents", __name__)


@dataclass(frozen=True)
class Order:
    """One document that is asked for: what it is made from, and how it shall look."""

    paper: Paper
    report: Report
    look: Look
    screening: Screening
    programme: Programme | None = None
    letter: Letter | None = None

    @property
    def edition(self) -> Edition:
        """What makes it the same document as one printed before."""
        frozen = self.programme.frozen if self.programme else None
        source = {"report": self.screening.report_sha256, "programme": sha256_of(frozen) if frozen else ""}
        if self.letter and self.letter.frozen:
            source["letter"] = sha256_of(self.letter.frozen)
        return Edition(
            screening_id=self.screening.id,
            kind=self.paper.value,
            paper=self.look.paper.value,
            language=self.look.language,
            print_size=self.look.print_size.value,
            source_sha256=sha256_of(source),
        )


class NotPrintedError(Exception):
    """A document that was not printed: the sentences that say why, and the status of the answer."""

    def __init__(self, why: Iterable[str], code: int = 409) -> None:
        self.why, self.code = tuple(why), code
        super().__init__("; ".join(self.why))


@blueprint.app_errorhandler(NotPrintedError)
def _not_printed(error: NotPrintedError) -> Response:
    page = render_template("documents/refused.html", why=error.why, code=error.code)
    return Response(page, error.code)


@blueprint.get("/screenings/<int:screening_id>/summary.pdf")
def summary(screening_id: int) -> Response:
    """The therapist's summary; of a draft it says so on each page, and is not stored."""
    order = summary_order(_screening(screening_id), _look())
    return _draft(order) if order.report.status is ReportStatus.DRAFT else _given(order)


@blueprint.get("/screenings/<int:screening_id>/stopped.pdf")
def stopped(screening_id: int) -> Response:
    """The page of a stopped screen."""
    return _given(stopped_order(_screening(screening_id), _look()))


@blueprint.get("/letters/<int:letter_id>.pdf")
def letter(letter_id: int) -> Response:
    """The referral letter; while it is not signed it says so on each page, and is not stored."""
    written = current.session().get(Letter, letter_id) or abort(404)
    order = letter_order(_screening(written.screening_id), written, _look())
    return _given(order) if written.frozen else _draft(order)


@blueprint.get("/programmes/<int:programme_id>/handout.pdf")
def handout(programme_id: int) -> Response:
    """The patient's handout; refused while it is not approved, and when it is not safe any more."""
    programme = current.session().get(Programme, programme_id) or abort(404)
    row = _screening(programme.screening_id)
    return _given(handout_order(row, programme, handout_look(row)))


@blueprint.get("/documents/<int:document_id>.pdf")
def document(document_id: int) -> Response:
    """A document as it was given, byte for byte."""
    stored = current.session().get(Document, document_id) or abort(404)
    current.note_read(current_user.id, "document", stored.id, stored.patient_id)
    return _stored(stored)


def summary_order(row: Screening, look: Look) -> Order:
    """The summary of a screening, with its approved programme if there is one; of the look its paper."""
    programme = approved_programme(current.session(), row.id)
    report = with_programme(_report(row), programme)
    if report.status is ReportStatus.DRAFT:
        report = since_last(report, current.session(), row, current.library().rules)
    return Order(Paper.SUMMARY, report, Look(look.paper), row, programme)


def letter_order(row: Screening, written: Letter, look: Look) -> Order:
    """The referral letter of a screening. Of the look it takes the paper."""
    report = with_letter(_report(row), written, current.library())
    return Order(Paper.LETTER, report, Look(look.paper), row, letter=written)


def stopped_order(row: Screening, look: Look) -> Order:
    """The page of a stopped screen; 404 when it was not stopped. Of the look it takes the paper."""
    if row.status != ReportStatus.STOPPED:
        abort(404)
    return Order(Paper.STOPPED, _report(row), Look(look.paper), row)


def handout_order(row: Screening, programme: Programme, look: Look) -> Order:
    """The handout of a programme; `NotPrintedError` while it is not approved, or not safe any more."""
    report = with_programme(_report(row), programme)
    if report.programme is None:
        raise NotPrintedError([_("The programme is not approved yet")])
    if against := why_not_to_print(report.programme, row.patient.precautions, current.library()):
        raise NotPrintedError(against)
    return Order(Paper.HANDOUT, report, look, row, programme)


def _screening(screening_id: int) -> Screening:
    row = load_screening(current.session(), screening_id) or abort(404)
    current.note_read(current_user.id, "screening", row.id, row.patient_id)
    return row


def _report(row: Screening) -> Report:
    return report_of(row, _clinic(), current.library())


def _clinic() -> Clinic:
    return current.clinic() or abort(404)


def _look() -> Look:
    """English, in the size asked for, else on the clinic's paper."""
    try:
        return Look(PaperSize(request.args.get("size", _clinic().paper)))
    except ValueError:
        return abort(400, description=_("The paper is A4 or Letter"))


def handout_look(row: Screening) -> Look:
    """As asked for, else as the patient reads: language and print size of the record."""
    patient = row.patient
    language = request.args.get("language", patient.language)
    if language not in handout_languages():
        if "language" in request.args:
            abort(400, description=_("There is no handout in this language"))
        language = "en"
    try:
        size = PrintSize(request.args.get("print_size", patient.print_size))
    except ValueError:
        return abort(400, description=_("The print size is normal or large"))
    return replace(_look(), language=language, print_size=size)


def _draft(order: Order) -> Response:
    """What may still change is printed anew each time."""
    return _pdf(printed(order).content, f"{order.paper.value}-draft")


def _given(order: Order) -> Response:
    return _stored(made(order))


def made(order: Order) -> Document:
    """The stored document of this edition; printed and stored first when there is none."""
    stored = find_document(current.session(), order.edition)
    if stored is not None:
        return stored
    out = printed(order)
    programme_id = order.programme.id if order.programme else None
    with current.new_session() as own:
        document = store_document(
            own, order.edition, Printed(out.content, out.pages), current_user.id, programme_id
        )
        own.commit()
    return document


def printed(order: Order, **more: Any) -> Printout:
    """The printed document, with what `more` adds to its page; `NotPrintedError` says why there is none."""
    try:
        return current.printer().print_pages(html_of(order.paper, order.report, order.look, **more))
    except HandoutError as error:
        raise NotPrintedError([str(error)]) from None
    except PrintError as error:
        raise NotPrintedError([str(error)], 503) from None


def _stored(stored: Document) -> Response:
    response = _pdf(stored.content, f"{stored.kind}-{stored.id}")
    response.set_etag(stored.sha256)
    response.make_conditional(request)
    return response


def _pdf(content: bytes, name: str) -> Response:
    response = Response(content, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response
