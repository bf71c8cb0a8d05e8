"""Approving a programme: from here on it can be printed, and it does not change any more."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from flask import redirect, url_for
from flask_babel import gettext as _
from flask_login import current_user

from clinic_app.domain.report import ChosenLine, Origin, ReportDecision
from clinic_app.domain.safe import why_unsafe
from clinic_app.exchange.chosen_lines import lines_to_json
from clinic_app.exchange.report_json import programme_to_json
from clinic_app.records.programme import APPROVED, Agreed, Lines, approve, save_lines
from clinic_app.records.programme import Approval as Stored
from clinic_app.records.table import now
from clinic_app.records.user import User
from clinic_app.web import current
from clinic_app.web.programmes.agreed import typed_agreed
from clinic_app.web.programmes.blueprint import Answer, blueprint
from clinic_app.web.programmes.doses import typed_lines
from clinic_app.web.programmes.plan import Plan, open_plan
from clinic_app.web.programmes.proposals import stored_decisions
from clinic_app.web.programmes.revision import typed_revision
from clinic_app.web.programmes.showing import approved_meanwhile, editor
from clinic_app.web.reporting import Approval, programme_report, treated
from clinic_app.web.wording import exclusion_words


@blueprint.post("/programmes/<int:programme_id>/approve")
def approve_programme(programme_id: int) -> Answer:
    """Approve the sheet as it was typed; every filter is asked again, and only a typed reason passes one."""
    plan = open_plan(programme_id)
    if plan.row.status == APPROVED:
        return approved_meanwhile(plan)
    lines, wrong = typed_lines(plan)
    agreed, errors = typed_agreed(plan.row)
    if errors := [*errors, *wrong] or _against(replace(plan, lines=lines)):
        return editor(plan, plan.lines, errors), 422
    return _approved(replace(plan, lines=lines), agreed)


def _approved(plan: Plan, agreed: Agreed) -> Answer:
    exercises = current.library().exercises
    approval = _approval(plan, agreed)
    frozen = programme_report(plan.lines, plan.suggested, plan.circumstances, approval, exercises)
    me = current.session().get_one(User, current_user.id)
    entered = Lines(dict(plan.row.circumstances), lines_to_json(plan.lines), typed_revision(), agreed)
    save_lines(current.session(), plan.row, entered, me.id)
    stored = Stored(programme_to_json(frozen), me, approval.at, plan.row.revision)
    approve(current.session(), plan.row, stored)
    current.session().commit()
    return redirect(url_for("programmes.show", programme_id=plan.row.id), 303)


def _approval(plan: Plan, agreed: Agreed) -> Approval:
    return Approval(
        by=current_user.signature,
        at=now(),
        start_on=agreed.start_on,
        review_on=agreed.review_on,
        retest_on=agreed.retest_on,
        goal=agreed.goal,
        confirmed=tuple(_confirmed(plan)),
        proposals=tuple(_proposals(plan)),
    )


def _confirmed(plan: Plan) -> Iterator[ReportDecision]:
    for subject, said in plan.confirmed.items():
        at = datetime.fromisoformat(said["at"])
        yield ReportDecision("confirm", subject, said["reason"], said["by"], at)


def _proposals(plan: Plan) -> Iterator[ReportDecision]:
    known = current.library().exercises.by_id
    for exercise, said in stored_decisions(plan.row).items():
        name = known[exercise].name if exercise in known else exercise
        at = datetime.fromisoformat(said["at"])
        yield ReportDecision("progress", name, said.get("reason", ""), said["by"], at, value=said["accepted"])


def _against(plan: Plan) -> list[dict[str, str]]:
    if not plan.open or not plan.lines:
        return [{"href": "#sheet", "text": _("There is no exercise on the sheet to approve")}]
    return [error for line in plan.lines for error in _unsafe(line, plan)]


def _unsafe(line: ChosenLine, plan: Plan) -> list[dict[str, str]]:
    exercises = current.library().exercises
    exercise = exercises.by_id[line.prescription.exercise]
    codes = why_unsafe(exercise, plan.circumstances, exercises, treated(line.prescription))
    if not codes or (line.origin is Origin.ADDED and line.reason):
        return []
    why = "; ".join(exclusion_words(code, current.library().words) for code in codes)
    said = _("%(exercise)s is not safe here: %(why)s", exercise=_(exercise.name), why=why)
    return [{"href": f"#line-{exercise.id}", "text": said}]
