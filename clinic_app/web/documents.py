"""Documents as PDF: made once from what was signed or approved, stored, and given out again byte for byte."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from flask import Blueprint, Response, abort, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from clinic_app.domain.report import Report, ReportStatus
from clinic_app.exchange.report_json import sha256_of
from clinic_app.pdf import PrintError, Printout
from clinic_app.records.clinic import Clinic
from clinic_app.records.document import Document, Edition, Printed, find_document, store_document
from clinic_app.records.letter import Letter
from clinic_app.records.programme import Programme, programme_for
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


@blueprint.get("/screenings/<int:screening_id>/summary.pdf")
def summary(screening_id: int) -> Response:
    """The therapist's summary; of a draft it says so on each page, and is not stored."""
    row = _screening(screening_id)
    newest = programme_for(current.session(), row.id)
    programme = newest if newest and newest.frozen else None
    report = with_programme(report_of(row, _clinic(), current.library()), programme)
    if report.status is ReportStatus.DRAFT:
        report = since_last(report, current.session(), row, current.library().rules)
    order = Order(Paper.SUMMARY, report, _look(), row, programme)
    return _draft(order) if report.status is ReportStatus.DRAFT else _given(order)


@blueprint.get("/screenings/<int:screening_id>/stopped.pdf")
def stopped(screening_id: int) -> Response:
    """The page of a stopped screen."""
    row = _screening(screening_id)
    if row.status != ReportStatus.STOPPED:
        abort(404)
    return _given(Order(Paper.STOPPED, report_of(row, _clinic(), current.library()), _look(), row))


@blueprint.get("/letters/<int:letter_id>.pdf")
def letter(letter_id: int) -> Response:
    """The referral letter; while it is not signed it says so on each page, and is not stored."""
    written = current.session().get(Letter, letter_id) or abort(404)
    row = _screening(written.screening_id)
    report = with_letter(report_of(row, _clinic(), current.library()), written, current.library())
    order = Order(Paper.LETTER, report, _look(), row, letter=written)
    return _given(order) if written.frozen else _draft(order)


@blueprint.get("/programmes/<int:programme_id>/handout.pdf")
def handout(programme_id: int) -> Response:
    """The patient's handout; refused while it is not approved, and when it is not safe any more."""
    programme = current.session().get(Programme, programme_id) or abort(404)
    row = _screening(programme.screening_id)
    report = with_programme(report_of(row, _clinic(), current.library()), programme)
    if report.programme is None:
        return _refused([_("The programme is not approved yet")])
    if against := why_not_to_print(report.programme, row.patient.precautions, current.library()):
        return _refused(against)
    return _given(Order(Paper.HANDOUT, report, _handout_look(row), row, programme))


@blueprint.get("/documents/<int:document_id>.pdf")
def document(document_id: int) -> Response:
    """A document as it was given, byte for byte."""
    stored = current.session().get(Document, document_id) or abort(404)
    current.note_read(current_user.id, "document", stored.id, stored.patient_id)
    return _stored(stored)


def _screening(screening_id: int) -> Screening:
    row = load_screening(current.session(), screening_id) or abort(404)
    current.note_read(current_user.id, "screening", row.id, row.patient_id)
    return row


def _clinic() -> Clinic:
    return current.clinic() or abort(404)


def _look() -> Look:
    """English, in the size asked for, else on the clinic's paper."""
    try:
        return Look(PaperSize(request.args.get("size", _clinic().paper)))
    except ValueError:
        return abort(400, description=_("The paper is A4 or Letter"))


def _handout_look(row: Screening) -> Look:
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
    out = _print(order)
    return out if isinstance(out, Response) else _pdf(out.content, f"{order.paper.value}-draft")


def _given(order: Order) -> Response:
    """The stored document of this edition; printed and stored first when there is none."""
    stored = find_document(current.session(), order.edition)
    if stored is not None:
        return _stored(stored)
    out = _print(order)
    if isinstance(out, Response):
        return out
    printed = Printed(out.content, out.pages)
    programme_id = order.programme.id if order.programme else None
    with current.new_session() as own:
        made = store_document(own, order.edition, printed, current_user.id, programme_id)
        response = _stored(made)
        own.commit()
    return response


def _print(order: Order) -> Printout | Response:
    """The printed document, or the page that says why there is none."""
    try:
        return current.printer().print_pages(html_of(order.paper, order.report, order.look))
    except HandoutError as error:
        return _refused([str(error)])
    except PrintError as error:
        return _refused([str(error)], 503)


def _refused(why: Iterable[str], code: int = 409) -> Response:
    return Response(render_template("documents/refused.html", why=why, code=code), code)


def _stored(stored: Document) -> Response:
    response = _pdf(stored.content, f"{stored.kind}-{stored.id}")
    response.set_etag(stored.sha256)
    response.make_conditional(request)
    return response


def _pdf(content: bytes, name: str) -> Response:
    response = Response(content, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response
