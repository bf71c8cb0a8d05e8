"""Exchanging left and right of one test, when they were mistaken; the undo is the same again."""

from dataclasses import replace

from flask import abort, redirect, request, url_for
from flask_login import current_user

from clinic_app.domain.finding import Finding
from clinic_app.domain.progress import Step
from clinic_app.domain.protocol import Item, Side, Sides
from clinic_app.records.finding import Entry
from clinic_app.records.refusal import Conflict
from clinic_app.web import current
from clinic_app.web.entry import headline_number, save
from clinic_app.web.screening_forms import forms_of
from clinic_app.web.screenings.blueprint import Answer, blueprint
from clinic_app.web.screenings.keeping import Findings, said_elsewhere, typed_revision
from clinic_app.web.screenings.page import ScreeningPage, open_page
from clinic_app.web.screenings.steps import page_of_test, problems_of, read_sides, way_elsewhere


@blueprint.post("/screenings/<int:screening_id>/steps/<step>/swap")
def swap_sides(screening_id: int, step: str) -> Answer:
    """Save what the form holds for each side under the other one, both or none, and show the step again."""
    page = open_page(screening_id)
    shown = page.step(step)
    if shown.item.sides is Sides.NONE:
        abort(404)
    if away := way_elsewhere(page, shown):
        return redirect(away, 303)
    forms = forms_of(shown.item, request.form, {})
    entered = read_sides(shown, forms, page.findings_of(step))
    if problems_of(forms):
        return page_of_test(page, shown, forms), 422
    if _keep_exchanged(page, shown, entered):
        swapped = "" if request.form.get("do") == "undo" else "1"
        return redirect(
            url_for(".show_step", screening_id=screening_id, step=step, swapped=swapped or None), 303
        )
    now = open_page(screening_id)
    return page_of_test(now, shown, forms, said_elsewhere(now, shown)), 409


def exchanged(found: Findings) -> dict[Side, Finding | None]:
    """What each side holds after the exchange; None where nothing is recorded then."""
    return {side: replace(found[side.other], side=side) if side.other in found else None for side in Side}


def _keep_exchanged(page: ScreeningPage, step: Step, entered: Findings) -> bool:
    """Save both sides in one transaction; False, and none saved, when one changed elsewhere."""
    session, recorded = current.session(), page.findings_of(step.item.id)
    try:
        for side, finding in exchanged(entered).items():
            if finding != recorded.get(side):
                save(session, _entry(page, step.item, side, finding))
    except Conflict:
        session.rollback()
        return False
    session.commit()
    return True


def _entry(page: ScreeningPage, item: Item, side: Side, finding: Finding | None) -> Entry:
    kept = finding or Finding(item.id, side)
    return Entry(
        screening_id=page.row.id,
        finding=kept,
        user_id=current_user.id,
        expected_revision=typed_revision(side),
        number=headline_number(item, kept),
        taken_back=finding is None,
    )
