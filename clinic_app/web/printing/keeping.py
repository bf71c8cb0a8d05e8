"""One document that is kept: when it was given, and taking back what was wrongly noted as given."""

from collections.abc import Mapping
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_login import current_user
from wtforms import Form

from clinic_app.records.document import Document, documents_of
from clinic_app.records.giving import LONGEST_WHY, TO_TEACH_BACK, Giving, kept_documents, take_back
from clinic_app.records.screening import load_screening
from clinic_app.records.user import User
from clinic_app.web import current, language
from clinic_app.web.banner import banner
from clinic_app.web.fields import problems, text
from clinic_app.web.language import handout_languages, language_names
from clinic_app.web.printing.blueprint import Answer, blueprint
from clinic_app.web.printing.choice import NAMES, Choice, choice_of
from clinic_app.web.printing.giving_form import GivingForm
from clinic_app.web.printing.teach_back import questions


class TakingBack(Form):
    """Why one note of a giving is taken back."""

    why = text(_("Why"), required=_("Write why it is taken back"), most=LONGEST_WHY)


@blueprint.get("/documents/<int:document_id>")
def keeping(document_id: int) -> Answer:
    """The document as it is kept."""
    return _page(current.session().get(Document, document_id) or abort(404))


@blueprint.post("/givings/<int:giving_id>/take-back")
def taking_back(giving_id: int) -> Answer:
    """The document was not given on that day after all."""
    session = current.session()
    giving = session.get(Giving, giving_id) or abort(404)
    form = TakingBack(request.form, prefix=_prefix(giving))
    if not form.validate():
        return _page(session.get_one(Document, giving.document_id), {giving.id: form}), 422
    take_back(session, giving, form.why.data or "", session.get_one(User, current_user.id))
    session.commit()
    flash(gettext("Taken back: it does not count as given."))
    return redirect(url_for("printing.keeping", document_id=giving.document_id), 303)


def of_giving(choice: Choice, document: Document, form: GivingForm | None = None) -> dict[str, Any]:
    """What `printing/given.html` shows of this document: its notes, and the form for another one."""
    session = current.session()
    listed = kept_documents(session, documents_of(session, document.patient_id))
    kept = next(one for one in listed if one.document.id == document.id)
    return {
        "kept": kept,
        "taking_back": {giving.id: TakingBack(prefix=_prefix(giving)) for giving in kept.givings},
        "form": form or GivingForm.on(language.moment_here().date()),
        "questions": questions(document.language) if choice.paper in TO_TEACH_BACK else (),
        "order": language.date_order(),
    }


def _prefix(giving: Giving) -> str:
    return f"giving-{giving.id}"


def _page(document: Document, typed: Mapping[int, TakingBack] | None = None) -> str:
    row = load_screening(current.session(), document.screening_id) or abort(404)
    current.note_read(current_user.id, "document", document.id, document.patient_id)
    choice, typed = choice_of(document, row), typed or {}
    shown = of_giving(choice, document)
    shown["taking_back"].update(typed)
    return render_template(
        "printing/kept.html",
        **shown,
        screening=row,
        choice=choice,
        document=document,
        errors=[problem for form in typed.values() for problem in problems(form)],
        names=NAMES,
        languages=language_names(handout_languages()),
        **banner(row.patient, language.moment_here().date()),
    )
