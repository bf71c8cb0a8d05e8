"""The pages under a link: the birth year first, then the handout as a page and as the stored PDF."""

from pathlib import Path

from flask import Response, current_app, redirect, render_template, request, url_for
from flask_babel import force_locale

from clinic_app.records.document import Document
from clinic_app.records.programme import Programme
from clinic_app.web import current
from clinic_app.web.body_map import body_map
from clinic_app.web.logs.patient import patient_log
from clinic_app.web.papers.handout import handout_page
from clinic_app.web.share.blueprint import Answer, asked_page, shared
from clinic_app.web.share.opening import Opened, open_by_year, open_link
from clinic_app.web.share.paper import until_words
from clinic_app.web.share.year import YearForm, remember


@shared.get("")
def page(token: str) -> str:
    """The handout as a page for a phone."""
    opened = open_link(token)
    with force_locale(opened.look.language):
        return _handout(opened)


@shared.post("")
def open_page(token: str) -> Answer:
    """Take the birth year: only what is not four figures is told apart from everything that does not open."""
    form = YearForm()
    if not form.validate_on_submit():
        return asked_page(form)
    link = open_by_year(token, form.number)
    return remember(redirect(url_for("shared.page", token=token), 303), link)


@shared.get("/handout.pdf")
def handout(token: str) -> Response:
    """The stored document, byte for byte."""
    opened = open_link(token)
    content = current.session().get_one(Document, opened.document.id).content
    response = Response(content, mimetype="application/pdf")
    response.headers["Content-Disposition"] = 'inline; filename="handout.pdf"'
    return response


@shared.route("/log", methods=["GET", "POST"])
def log(token: str) -> Answer | str:
    """The patient's own log of the exercises."""
    opened = open_link(token)
    programme = current.session().get_one(Programme, opened.document.programme_id)
    return patient_log(programme, opened.look.language)


def _handout(opened: Opened) -> str:
    static = Path(str(current_app.static_folder))
    return render_template(
        "share/page.html",
        **handout_page(opened.report, opened.look, static),
        body=body_map(static),
        words=current.library().share.words,
        until=until_words(opened.link.expires_at),
        here=f"{request.script_root}{request.path}",
        log_title=current.library().exercises.log_words["title"],
    )
