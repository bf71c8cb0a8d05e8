"""The page on which a patient fills in their own log, in their language; it asks for no sign-in.

Whoever shows it has made sure already that the visitor may see this programme, and gives it an address.
"""

from flask import abort, redirect, render_template, request
from flask_babel import force_locale
from werkzeug.wrappers import Response

from clinic_app.exchange.report_json import programme_from_json
from clinic_app.records.programme import APPROVED, Programme
from clinic_app.records.refusal import Outdated
from clinic_app.records.returned_log import PATIENT, Author, Written, log_of, revision_of, save_log
from clinic_app.web import current
from clinic_app.web.logs.blueprint import Answer
from clinic_app.web.logs.form import LogForm
from clinic_app.web.wording.dates import log_day
from clinic_app.web.wording.language import say

THE_PATIENT = Author()
# What stands on the page beside the form, since nobody reads it at once.
SAFETY_BLOCKS = ("stop_and_call", "urgent_help")


def patient_log(programme: Programme, language: str) -> Answer:
    """Answer this request for the log of an approved programme: show the form, or save it and look again."""
    if programme.status != APPROVED:
        abort(404)
    with force_locale(language):
        return _save(programme) if request.method == "POST" else _page(_form(programme))


def _save(programme: Programme) -> Answer:
    session, form = current.session(), _form(programme, typed=True)
    entries = form.read()
    if form.errors:
        return _page(form), 422
    try:
        save_log(session, programme, Written(entries, request.form.get("revision", 0, type=int)), THE_PATIENT)
    except Outdated:
        session.rollback()
        return _page(_form(programme, typed=True), changed=True), 409
    session.commit()
    return _see_again()


def _see_again() -> Response:
    return redirect(f"{request.script_root}{request.path}?saved=1", 303)


def _form(programme: Programme, *, typed: bool = False) -> LogForm:
    """The form with the patient's own rows; what the clinic entered is not theirs to see."""
    rows = tuple(row for row in log_of(current.session(), programme.id) if row.author == PATIENT)
    words = {key: say(text) for key, text in current.library().exercises.log_words.items()}
    sheet = programme_from_json(programme.frozen or {})
    return LogForm(sheet, rows, THE_PATIENT, words, request.form if typed else None)


def _page(form: LogForm, *, changed: bool = False) -> str:
    clinic = current.own_clinic()
    blocks = [form.sheet.handout.block(block) for block in SAFETY_BLOCKS if block in form.sheet.blocks]
    return render_template(
        "logs/patient.html",
        form=form,
        revision=revision_of(form.rows, THE_PATIENT),
        errors=[{"href": f"#{name}", "text": text} for name, text in form.errors.items()],
        changed=changed,
        saved="saved" in request.args,
        days={week.number: f"{log_day(week.first)} – {log_day(week.last)}" for week in form.weeks},
        safety=[
            (
                say(block.text).format(emergency_number=clinic.emergency_number),
                tuple(say(item) for item in block.items),
            )
            for block in blocks
        ],
    )
