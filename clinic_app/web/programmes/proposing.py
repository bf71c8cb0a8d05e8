"""Accepting what a returned log proposes, or not; either is kept with who decided and on which facts."""

from dataclasses import asdict, replace
from typing import Any

from flask import abort, redirect, request, url_for
from flask_login import current_user

from clinic_app.domain.log_week import LogWeek
from clinic_app.domain.prescribe import prescription_for
from clinic_app.domain.progress_rules import Step
from clinic_app.domain.progress_ways import Way
from clinic_app.domain.report import ChosenLine, Origin
from clinic_app.exchange.chosen_lines import lines_to_json
from clinic_app.records.programme import APPROVED, Lines, save_lines
from clinic_app.records.refusal import Frozen
from clinic_app.records.table import now
from clinic_app.web import current
from clinic_app.web.programmes.agreed import typed_agreed
from clinic_app.web.programmes.blueprint import Answer, blueprint
from clinic_app.web.programmes.doses import Sheet, typed_lines
from clinic_app.web.programmes.plan import Plan, open_plan
from clinic_app.web.programmes.proposals import DECIDED, Offer, Offered, progress_proposals, stored_decisions
from clinic_app.web.programmes.revision import typed_revision
from clinic_app.web.programmes.showing import editor
from clinic_app.web.wording.language import say as _

MOST_REASON = 200


@blueprint.post("/programmes/<int:programme_id>/proposals/<exercise>")
def decide_proposal(programme_id: int, exercise: str) -> Answer:
    """Save the sheet as it was typed, then accept the proposal one way, decline it, or open it again."""
    plan = open_plan(programme_id)
    if plan.row.status == APPROVED:
        raise Frozen(programme_id)
    lines, wrong = typed_lines(plan)
    agreed, errors = typed_agreed(plan.row)
    proposals = progress_proposals(replace(plan, lines=lines or plan.lines)) or abort(404)
    offered = proposals.find(exercise) or abort(404)
    verb, _colon, key = request.form.get("decide", "").partition(":")
    decided = {name: said for name, said in stored_decisions(plan.row).items() if name != exercise}
    offer = offered.find(key) if verb == "accept" else None
    if errors := [*errors, *wrong] or _against(offered, verb, offer):
        return editor(plan, plan.lines, errors), 422
    if offer:
        lines = _done(offer.way, exercise, lines, plan)
        decided[exercise] = {**_said(offered, proposals.log.returned.programme.id), "accepted": offer.words}
    elif verb == "decline":
        declined = {"accepted": "", "reason": offered.reason}
        decided[exercise] = {**_said(offered, proposals.log.returned.programme.id), **declined}
    elif verb != "again":
        abort(400)
    circumstances = {**plan.row.circumstances, DECIDED: decided}
    entered = Lines(circumstances, lines_to_json(lines), typed_revision(), agreed)
    save_lines(current.session(), plan.row, entered, current_user.id)
    current.session().commit()
    return redirect(url_for("programmes.show", programme_id=programme_id, _anchor="proposals"), 303)


def _against(offered: Offered, verb: str, offer: Offer | None) -> list[dict[str, str]]:
    exercise = offered.view.exercise
    if verb == "accept" and offer is None:
        said = _(
            "%(exercise)s: this is not proposed, as the log and the sheet stand", exercise=_(exercise.name)
        )
        return [{"href": "#proposals", "text": said}]
    if offer and offered.asks_criterion and not offered.seen:
        said = _("%(exercise)s: tick what you have seen, it is not in the log", exercise=_(exercise.name))
        return [{"href": f"#seen-{exercise.id}", "text": said}]
    if len(offered.reason) > MOST_REASON:
        said = _("Why not: use at most %(most)s characters", most=MOST_REASON)
        return [{"href": f"#decline-{exercise.id}", "text": said}]
    return []


def _said(offered: Offered, log: int) -> dict[str, Any]:
    """Who decides and when, on which proposal, and the facts that it rests on."""
    proposal = offered.view.proposal
    weeks: dict[int, LogWeek] = {week.week: week for one in proposal.because for week in one.weeks}
    return {
        "log": log,
        "advice": proposal.advice.value if proposal.advice else "",
        "rules": [one.rule.value for one in proposal.because],
        "weeks": [asdict(week) for week in weeks.values()],
        "seen": offered.view.criterion if offered.asks_criterion and offered.seen else "",
        "by": current_user.signature,
        "at": now().isoformat(),
    }


def _done(way: Way, exercise: str, lines: Sheet, plan: Plan) -> Sheet:
    """The sheet with the step taken; a neighbour comes with its own dose, as by the editor's own buttons."""
    place = next(n for n, line in enumerate(lines) if line.prescription.exercise == exercise)
    line, others = lines[place], (*lines[:place], *lines[place + 1 :])
    if way.step is Step.REMOVE:
        return others
    if way.exercise:
        library = current.library().exercises
        beside = [other.prescription for other in others]
        made = prescription_for(library.by_id[way.exercise], plan.circumstances, library, beside)
        line = ChosenLine(made, Origin.ADDED)
    elif way.sets:
        line = replace(line, prescription=replace(line.prescription, sets=way.sets))
    return (*lines[:place], line, *lines[place + 1 :])
