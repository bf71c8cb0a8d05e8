"""The panel: what to print and how, its pages as pictures, and when it was given."""

from dataclasses import replace

from flask import abort, redirect, render_template, url_for
from flask_login import current_user

from clinic_app.records.document import Document
from clinic_app.records.draft import DRAFT
from clinic_app.records.screening import Screening, load_screening
from clinic_app.web import current, language
from clinic_app.web.banner import banner
from clinic_app.web.documents import NotPrintedError, made
from clinic_app.web.printing.blueprint import Answer, blueprint
from clinic_app.web.printing.choice import NAMES, Choice, asked_for
from clinic_app.web.printing.giving_form import GivingForm
from clinic_app.web.printing.keeping import of_giving


@blueprint.get("/screenings/<int:screening_id>/print")
def panel(screening_id: int) -> Answer:
    """What was chosen, at once: its pages where it is made already, else the way to make it."""
    row = the_screening(screening_id)
    if row.status == DRAFT:
        return redirect(url_for("screenings.show", screening_id=row.id), 303)
    choice = asked_for(row)
    return panel_page(choice, choice.document)


@blueprint.get("/screenings/<int:screening_id>/print/pages")
def make_pages(screening_id: int) -> Answer:
    """Make what was chosen, then show it."""
    row = the_screening(screening_id)
    choice = asked_for(row)
    try:
        if choice.order:
            made(choice.order)
    except NotPrintedError as error:
        refused = replace(choice, order=None, against=error.why, failed=True)
        return panel_page(refused, None), error.code
    return redirect(url_for("printing.panel", screening_id=row.id, **choice.address), 303)


@blueprint.get("/screenings/<int:screening_id>/print.pdf")
def make_pdf(screening_id: int) -> Answer:
    """Make what was chosen, then open it."""
    choice = asked_for(the_screening(screening_id))
    if choice.order is None:
        raise NotPrintedError(choice.against)
    return redirect(url_for("documents.document", document_id=made(choice.order).id), 303)


def the_screening(screening_id: int) -> Screening:
    """The screening of that id; 404 when there is none. The reading is remembered."""
    row = load_screening(current.session(), screening_id) or abort(404)
    current.note_read(current_user.id, "screening", row.id, row.patient_id)
    return row


def panel_page(choice: Choice, document: Document | None, form: GivingForm | None = None) -> str:
    """The panel with this document, and with the form of its giving as it stands."""
    return render_template(
        "printing/panel.html",
        screening=choice.row,
        choice=choice,
        choosing=choice.form,
        names=NAMES,
        document=document,
        errors=form.problems() if form else [],
        **(of_giving(choice, document, form) if document else {}),
        **banner(choice.row.patient, language.moment_here().date()),
    )
