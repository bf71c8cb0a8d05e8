"""The documents: what each prints and how it becomes HTML. One line here makes a document printable."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

from flask import current_app, render_template
from flask_babel import force_locale
from markupsafe import Markup, escape

from clinic_app.domain.report import Report
from clinic_app.web.body_map import body_map
from clinic_app.web.language import direction
from clinic_app.web.papers.handout import HandoutError, handout_page
from clinic_app.web.papers.letter import letter_page
from clinic_app.web.papers.look import Look, PaperSize, PrintSize
from clinic_app.web.papers.stopped import stopped_page
from clinic_app.web.papers.summary import summary_page
from clinic_app.web.wording.language import say as _

__all__ = ["HandoutError", "Look", "Paper", "PaperSize", "PrintSize", "html_of"]


class Paper(StrEnum):
    """The documents that may be printed."""

    SUMMARY = "summary"
    STOPPED = "stopped"
    HANDOUT = "handout"
    LETTER = "letter"


Page = Callable[[Report, Look, Path], dict[str, Any]]

_PAGES: Mapping[Paper, tuple[str, Page]] = {
    Paper.SUMMARY: ("therapist", lambda report, _look, _static: summary_page(report)),
    Paper.STOPPED: ("therapist", lambda report, _look, _static: stopped_page(report)),
    Paper.LETTER: ("therapist", lambda report, _look, _static: letter_page(report)),
    Paper.HANDOUT: ("handout", handout_page),
}


def html_of(paper: Paper, report: Report, look: Look, **more: Any) -> str:
    """The document as HTML, whole in the language of `look`, files named relative to the static folder.

    `more` is what its template prints beside the report.
    """
    sheet, page = _PAGES[paper]
    sheets = [sheet, *(["large"] if look.print_size is PrintSize.LARGE else []), look.paper.value]
    with force_locale(look.language):
        static = Path(str(current_app.static_folder))
        values = page(report, look, static)
        return render_template(
            f"documents/{paper}.html",
            language=look.language,
            direction=direction(),
            sheets=sheets,
            made_on=_made_on(report),
            side_head=_side_head,
            body=body_map(static),
            **values,
            **more,
        )


def _made_on(report: Report) -> str:
    """The moment that the file itself tells; of the record, never of the printer, so that bytes repeat."""
    if report.programme is not None:
        return report.programme.approved_at.isoformat()
    ended = report.letter.signed_at if report.letter else report.signed_at
    return ended.isoformat() if ended else report.taken_on.isoformat()


def _side_head(side: str) -> Markup:
    """The head of a column of one side: its badge and its word."""
    word = {"left": _("Left"), "right": _("Right")}[side]
    return Markup('<span class="side side-{}">{}</span>{}').format(side, escape(word[:1]), word)
