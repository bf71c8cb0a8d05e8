"""What can be printed of a screening, and which of it was chosen."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import abort, request
from flask_babel import lazy_gettext as _
from wtforms import Form, RadioField, SelectField

from clinic_app.domain.report import ReportStatus
from clinic_app.records.document import Document, find_document
from clinic_app.records.draft import DRAFT
from clinic_app.records.letter import letters_of
from clinic_app.records.programme import Programme, approved_programme
from clinic_app.records.screening import Screening
from clinic_app.web import current
from clinic_app.web.documents import (
    NotPrintedError,
    Order,
    handout_look,
    handout_order,
    letter_order,
    stopped_order,
    summary_order,
)
from clinic_app.web.fields import options
from clinic_app.web.language import handout_languages, language_names
from clinic_app.web.papers import Look, Paper, PaperSize, PrintSize

NAMES: Mapping[str, Any] = {
    Paper.HANDOUT: _("Handout"),
    Paper.SUMMARY: _("Summary"),
    Paper.STOPPED: _("Stopped screen"),
    Paper.LETTER: _("Referral letter"),
}
PRINT_SIZES: Mapping[str, Any] = {PrintSize.NORMAL: _("Normal"), PrintSize.LARGE: _("Large")}


class PrintForm(Form):
    """What to print, and how; language and print size are the patient's, so only a handout has them."""

    kind = RadioField(_("What to print"))
    size = RadioField(_("Paper"), choices=options({size.value: size.value for size in PaperSize}))
    language = SelectField(_("Language"))
    print_size = RadioField(_("Print size"), choices=options(PRINT_SIZES))


@dataclass(frozen=True)
class Choice:
    """The document that the panel shows; `order` None where it cannot be printed, and `against` says why.

    `failed`: nothing speaks against printing it, but the printing went wrong.
    """

    row: Screening
    kinds: tuple[Paper, ...]
    paper: Paper
    look: Look
    order: Order | None
    against: tuple[str, ...] = ()
    failed: bool = False

    @property
    def document(self) -> Document | None:
        """The stored document, None before it was made."""
        return find_document(current.session(), self.order.edition) if self.order else None

    @property
    def address(self) -> dict[str, Any]:
        """The words of the address that ask for it."""
        look = self.look
        size = {"size": look.paper.value, "print_size": look.print_size.value}
        return {"kind": self.paper.value, "language": look.language, **size}

    @property
    def form(self) -> PrintForm:
        """The form as it stands."""
        form = PrintForm(data=self.address)
        form.kind.choices = options({kind.value: NAMES[kind] for kind in self.kinds})
        form.language.choices = options(language_names(handout_languages()))
        return form


def asked_for(row: Screening) -> Choice:
    """What the address asks for; where it names no kind, what the patient takes home, if there is any."""
    programme = approved_programme(current.session(), row.id)
    return _choice(row, programme, request.args.get("kind"), handout_look(row))


def choice_of(document: Document, row: Screening) -> Choice:
    """What a stored document was when it was chosen; whether it may be given is asked anew."""
    session = current.session()
    own = session.get(Programme, document.programme_id) if document.programme_id else None
    look = Look(PaperSize(document.paper), document.language, PrintSize(document.print_size))
    return _choice(row, own or approved_programme(session, row.id), document.kind, look)


def _choice(row: Screening, programme: Programme | None, kind: str | None, look: Look) -> Choice:
    orders = _orders(row, programme, look)
    kinds = tuple(orders)
    paper = next((one for one in kinds if kind in (one, None)), None) or abort(404)
    try:
        return Choice(row, kinds, paper, look, orders[paper]())
    except NotPrintedError as error:
        return Choice(row, kinds, paper, look, None, error.why)


def _orders(row: Screening, programme: Programme | None, look: Look) -> dict[Paper, Callable[[], Order]]:
    """How each document that there is of this screening is ordered, what the patient takes home first."""
    if row.status == DRAFT:
        abort(404)
    signed = next((one for one in letters_of(current.session(), row.id) if one.frozen), None)
    letter = {Paper.LETTER: partial(letter_order, row, signed, look)} if signed else {}
    if row.status == ReportStatus.STOPPED:
        return {Paper.STOPPED: partial(stopped_order, row, look), **letter}
    handout = {Paper.HANDOUT: partial(handout_order, row, programme, look)} if programme else {}
    return {**handout, Paper.SUMMARY: partial(summary_order, row, look), **letter}
