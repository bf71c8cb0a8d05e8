"""Noting that a document was given: after teach-back, with the day and by whom."""

from flask import abort, flash, redirect, url_for
from flask_babel import gettext as _
from flask_babel import to_user_timezone
from flask_login import current_user

from clinic_app.records.document import Document
from clinic_app.records.giving import TO_TEACH_BACK, Handing, give
from clinic_app.web import current, language
from clinic_app.web.pages import day
from clinic_app.web.printing.blueprint import Answer, blueprint
from clinic_app.web.printing.choice import choice_of
from clinic_app.web.printing.giving_form import GivingForm
from clinic_app.web.printing.panel import panel_page, the_screening


@blueprint.post("/documents/<int:document_id>/given")
def given(document_id: int) -> Answer:
    """Note that this document was given; one that may not be printed any more may not be given either."""
    document = current.session().get(Document, document_id) or abort(404)
    choice = choice_of(document, the_screening(document.screening_id))
    if choice.order is None:
        return panel_page(choice, None), 409
    form = GivingForm()
    made_on = to_user_timezone(document.made_at).date()
    given_on = form.read_on(made_on, language.moment_here().date(), document.kind in TO_TEACH_BACK)
    if given_on is None:
        return panel_page(choice, document, form), 422
    taught_back = bool(form.taught_back.data)
    handing = Handing(given_on, current_user.id, current_user.signature, taught_back)
    give(current.session(), document, handing)
    current.session().commit()
    flash(_("Noted: given on %(day)s", day=day(given_on)))
    if document is choice.document:
        return redirect(url_for("printing.panel", screening_id=document.screening_id, **choice.address), 303)
    return redirect(url_for("printing.keeping", document_id=document.id), 303)
