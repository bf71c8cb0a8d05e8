"""All steps as a page, and the further tests: those that the therapist adds to what the protocol asks."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from clinic_app.domain.course import WITHOUT_FINDING
from clinic_app.domain.protocol import Item
from clinic_app.records.decision import TAKE_UP, Subject, decide, undo_decision
from clinic_app.records.draft import DRAFT
from clinic_app.records.user import User
from clinic_app.web import current
from clinic_app.web.screenings.blueprint import Answer, blueprint
from clinic_app.web.screenings.page import ScreeningPage, frame, open_page, resume_url

# Stored as the reason: none is asked of a therapist who does more than the protocol wants.
REASON = "Therapist's choice"


@blueprint.get("/screenings/<int:screening_id>/steps")
def all_steps(screening_id: int) -> Answer:
    """All steps, for whoever has no script, and the tests that may be added."""
    page = open_page(screening_id)
    if page.row.status != DRAFT:
        return redirect(url_for("screenings.show", screening_id=screening_id), 303)
    further = further_tests(page)
    own = {step.item.id for step in page.steps}
    return render_template(
        "screenings/steps.html",
        **frame(page, "review"),
        offered=[item for item in further if item.id in own],
        others=[item for item in further if item.id not in own],
        resume=resume_url(page),
    )


@blueprint.post("/screenings/<int:screening_id>/further/<item>")
def take_up(screening_id: int, item: str) -> Answer:
    """Add a test to the steps and go to it, or take it back while it is empty."""
    page = open_page(screening_id)
    if request.form.get("do") == "undo":
        return _take_back(page, item)
    if item not in {test.id for test in further_tests(page)}:
        abort(404)
    session = current.session()
    me = session.get_one(User, current_user.id)
    decide(session, Subject(screening_id, TAKE_UP, item), REASON, me)
    session.commit()
    return redirect(url_for("screenings.show_step", screening_id=screening_id, step=item), 303)


def further_tests(page: ScreeningPage) -> list[Item]:
    """The tests that are not among the steps: offered, not opened so far, or of no line of the protocol."""
    asked = {step.item.id for step in page.asked} | WITHOUT_FINDING
    own = (step.item for step in page.steps)
    known = {item.id: item for item in (*own, *current.library().items.values())}
    return [item for item in known.values() if item.id not in asked]


def _take_back(page: ScreeningPage, item: str) -> Answer:
    """Only an empty one goes: what was recorded is never hidden."""
    if page.rows_of(item):
        flash(_("Something is recorded here, so the test stays."), "warn")
        return redirect(url_for("screenings.show_step", screening_id=page.row.id, step=item), 303)
    undo_decision(current.session(), Subject(page.row.id, TAKE_UP, item), current_user.id)
    current.session().commit()
    return redirect(url_for("screenings.all_steps", screening_id=page.row.id, _anchor="more"), 303)
