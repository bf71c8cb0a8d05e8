"""Writing a letter: begun from a screening, saved as it is typed, filled in anew, signed."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from clinic_app.domain.report import Report
from clinic_app.exchange.report_json import letter_to_json
from clinic_app.records.draft import DRAFT
from clinic_app.records.letter import (
    SIGNED,
    Letter,
    LetterSigning,
    draft_letter,
    fill_in_letter,
    save_letter,
    sign_letter,
    throw_away_letter,
)
from clinic_app.records.refusal import Frozen, Outdated
from clinic_app.records.screening import Screening, load_screening
from clinic_app.records.table import now
from clinic_app.records.user import User
from clinic_app.web import current, identity
from clinic_app.web.banner import banner
from clinic_app.web.fields import problems
from clinic_app.web.letters.blueprint import Answer, blueprint
from clinic_app.web.letters.form import LetterForm, form_of
from clinic_app.web.letters.letter import signed_letter, with_letter
from clinic_app.web.letters.prefill import words_of
from clinic_app.web.reporting import report_of


@blueprint.post("/screenings/<int:screening_id>/letters")
def start(screening_id: int) -> Answer:
    """Open the draft of this screening's letter; a new one says what the screen found."""
    row = load_screening(current.session(), screening_id) or abort(404)
    words = words_of(_report(row), current.library())
    letter = draft_letter(current.session(), row, words, current_user.id)
    current.session().commit()
    return redirect(url_for("letters.show", letter_id=letter.id), 303)


@blueprint.get("/letters/<int:letter_id>")
def show(letter_id: int) -> Answer:
    """The form of a draft, or the letter as it was signed."""
    letter, row = _open(letter_id)
    if letter.status == SIGNED:
        report = with_letter(_report(row), letter, current.library())
        return _page("letters/signed.html", letter, row, report=report)
    return _page("letters/write.html", letter, row, form=form_of(letter), errors=[])


@blueprint.post("/letters/<int:letter_id>")
def save(letter_id: int) -> Answer:
    """Save the letter as it was typed, then do what the button said."""
    letter, row = _open(letter_id)
    if letter.status == SIGNED:
        raise Frozen(letter_id)
    form, do = LetterForm(), _DO.get(request.form.get("do", "save")) or abort(400)
    if not form.validate() or (do is _sign and _unfit(form, row)):
        return _page("letters/write.html", letter, row, form=form, errors=problems(form)), 422
    try:
        save_letter(current.session(), letter, form.words, form.shown_revision, current_user.id)
    except Outdated as outdated:
        form.revision.data = str(outdated.revision)
        return _page("letters/write.html", letter, row, form=form, errors=[], changed=True), 409
    where = do(letter, row)
    current.session().commit()
    return redirect(where, 303)


@blueprint.post("/letters/<int:letter_id>/throw-away")
def throw_away(letter_id: int) -> Answer:
    """The draft is gone, with what was typed; a letter that is begun anew says what the screen found."""
    letter, row = _open(letter_id)
    form = LetterForm()
    try:
        throw_away_letter(current.session(), letter, form.shown_revision, current_user.id)
    except Outdated:
        flash(
            _("This letter was also changed elsewhere. Read it as it is now; it was not thrown away."), "warn"
        )
        return redirect(url_for("letters.show", letter_id=letter_id), 303)
    current.session().commit()
    flash(_("The draft of the letter was thrown away."))
    return redirect(url_for("screenings.show", screening_id=row.id), 303)


def _keep(letter: Letter, _row: Screening) -> str:
    flash(_("The letter is saved"))
    return url_for("letters.show", letter_id=letter.id)


def _preview(letter: Letter, _row: Screening) -> str:
    return url_for("documents.letter", letter_id=letter.id)


def _fill_in(letter: Letter, row: Screening) -> str:
    """Replace all but the address by what the screening says now."""
    words = words_of(_report(row), current.library())
    fill_in_letter(current.session(), letter, words, current_user.id)
    return url_for("letters.show", letter_id=letter.id)


def _sign(letter: Letter, _row: Screening) -> str:
    me, at = current.session().get_one(User, current_user.id), now()
    frozen = letter_to_json(signed_letter(letter, current.library(), me.signature, at))
    sign_letter(current.session(), letter, LetterSigning(frozen, me, at, letter.revision))
    return url_for("letters.show", letter_id=letter.id)


_DO: Mapping[str, Callable[[Letter, Screening], str]] = {
    "save": _keep,
    "preview": _preview,
    "fill_in": _fill_in,
    "sign": _sign,
}


def _unfit(form: LetterForm, row: Screening) -> bool:
    """Put what stands in the way of a signature beside its field; the password is only then looked at."""
    if row.status == DRAFT:
        refused: str | None = _("The screening is not signed yet: a letter is signed after it")
    elif form.miss_what_a_signature_needs():
        return True
    else:
        refused = identity.password_refused(form.password.data or "")
    form.password.errors = [refused] if refused else []
    return bool(refused)


def _open(letter_id: int) -> tuple[Letter, Screening]:
    letter = current.session().get(Letter, letter_id) or abort(404)
    row = load_screening(current.session(), letter.screening_id) or abort(404)
    current.note_read(current_user.id, "letter", letter.id, letter.patient_id)
    return letter, row


def _report(row: Screening) -> Report:
    return report_of(row, current.own_clinic(), current.library())


def _page(template: str, letter: Letter, row: Screening, **shown: Any) -> str:
    older = row.signed_at is not None and letter.filled_at < row.signed_at
    on_bar = banner(row.patient, row.taken_on)
    return render_template(template, letter=letter, screening=row, begun_before=older, **on_bar, **shown)
