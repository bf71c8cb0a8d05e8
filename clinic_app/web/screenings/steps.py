"""One step: shown with what is recorded, and saved as a form, both sides at once."""

from collections.abc import Callable, Mapping

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from clinic_app.domain.closing import closings
from clinic_app.domain.finding import Finding
from clinic_app.domain.progress import Step
from clinic_app.domain.protocol import Side
from clinic_app.exchange.document import DocumentError
from clinic_app.records.draft import DRAFT
from clinic_app.records.facts import PRECAUTIONS, RED_FLAGS
from clinic_app.records.finding import NO_SIDE
from clinic_app.web import current
from clinic_app.web.entry import ASKED_BEFORE_LOADING, read_document
from clinic_app.web.problems import show
from clinic_app.web.screening_forms import Forms, asked_fields, forms_of
from clinic_app.web.screenings import safety
from clinic_app.web.screenings.asking import shown_doubts
from clinic_app.web.screenings.blueprint import Answer, blueprint
from clinic_app.web.screenings.forces import forces_shown
from clinic_app.web.screenings.keeping import Findings, keep, onward, said_elsewhere
from clinic_app.web.screenings.page import REVIEW, ScreeningPage, entry_frame, open_page, step_url
from clinic_app.web.timing import timing_of


@blueprint.get("/screenings/<int:screening_id>/steps/<step>")
def show_step(screening_id: int, step: str) -> Answer:
    """Show one step; while a stop is open, the red flags in place of a test."""
    page = open_page(screening_id)
    shown = page.step(step)
    if away := way_elsewhere(page, shown):
        return redirect(away, 303)
    return page_of_step(page, shown)


def page_of_step(page: ScreeningPage, step: Step) -> str:
    """The page of a step that can be worked on, with what is recorded."""
    return _SHOW.get(step.item.id, _show_test)(page, step)


@blueprint.post("/screenings/<int:screening_id>/steps/<step>")
def save_step(screening_id: int, step: str) -> Answer:
    """Save what was entered on either side and go on to the next step."""
    page = open_page(screening_id)
    shown = page.step(step)
    if away := way_elsewhere(page, shown):
        flash(_("Nothing was saved."), "warn")
        return redirect(away, 303)
    if request.form.get("do") == "usual" and (act := page.one_act(shown)):
        flash(_("Filled in here: nothing is saved before Next."))
        return page_of_test(page, shown, forms_of(shown.item, act.form(), {}))
    return _SAVE.get(step, _save_test)(page, shown)


def is_open(page: ScreeningPage, step: Step) -> bool:
    """The step can be worked on: while a stop is open, only what is asked before loading."""
    asked_now = not page.on_hold or step.item.section in ASKED_BEFORE_LOADING
    return page.row.status == DRAFT and step.item.id != REVIEW and asked_now


def way_elsewhere(page: ScreeningPage, step: Step) -> str:
    """Where to go when this step cannot be worked on."""
    if is_open(page, step):
        return ""
    if page.row.status != DRAFT:
        return url_for("screenings.show", screening_id=page.row.id)
    if step.item.id == REVIEW:
        return step_url(page, REVIEW)
    flash(_("Testing is on hold until the red flags are cleared."), "warn")
    return step_url(page, RED_FLAGS)


def _show_test(page: ScreeningPage, step: Step) -> str:
    return page_of_test(page, step, forms_of(step.item, None, page.findings_of(step.item.id)))


def _save_test(page: ScreeningPage, step: Step) -> Answer:
    forms = forms_of(step.item, request.form, {})
    entered = read_sides(step, forms, page.findings_of(step.item.id))
    if problems_of(forms):
        return page_of_test(page, step, forms), 422
    if keep(page, step, entered):
        return redirect(onward(page.row.id, step), 303)
    now = open_page(page.row.id)
    return page_of_test(now, step, forms, said_elsewhere(now, step)), 409


def read_sides(step: Step, forms: Forms, recorded: Findings) -> dict[Side | None, Finding]:
    """The findings of the sides on which something was entered; problems stand beside their fields."""
    entered: dict[Side | None, Finding] = {}
    sides = step.item.keys()
    for side in sides:
        form = forms[side or NO_SIDE]
        if form.blank and side not in recorded:
            continue
        try:
            entered[side] = read_document(step.item, side, form.document())
        except DocumentError as error:
            show(form, error.problems)
    return entered


def page_of_test(page: ScreeningPage, step: Step, forms: Forms, elsewhere: list[str] | None = None) -> str:
    """The page of a test with these forms, and what was saved elsewhere meanwhile."""
    return render_template(
        "screenings/step.html",
        **entry_frame(page, step),
        **(forces_shown(page, step, forms) if step.item.set_up_by else {}),
        timing=timing_of(step.item),
        fields=asked_fields(step.item),
        closed_fields=_closed_fields(page, step),
        forms=forms,
        errors=problems_of(forms),
        doubts=shown_doubts(page, step.item),
        elsewhere=elsewhere,
    )


def _closed_fields(page: ScreeningPage, step: Step) -> set[str]:
    """The fields that are closed as a whole, and not only one of their answers."""
    closed = closings(page.facts, current.library()).get(step.item.id, ())
    return {field for closing in closed for field in closing.fields}


def problems_of(forms: Forms) -> list[dict[str, str]]:
    """Every problem with its side, for the summary above the form."""
    sides = current.library().words["side"]
    return [
        {"href": f"#{field.id}", "text": f"{sides[side]}: {error}" if side in sides else str(error)}
        for side, form in forms.items()
        for field in form
        for error in field.errors
    ]


Work = Callable[[ScreeningPage, Step], Answer]

_SHOW: Mapping[str, Callable[[ScreeningPage, Step], str]] = {
    RED_FLAGS: safety.show_red_flags,
    PRECAUTIONS: safety.show_precautions,
}
_SAVE: Mapping[str, Work] = {
    RED_FLAGS: safety.save_red_flags,
    PRECAUTIONS: safety.save_precautions,
}
