"""The programme: the editor of a draft, and the sheet as it was approved."""

from typing import Any

from flask import jsonify, redirect, render_template, request, url_for

from clinic_app.domain.remarks import LONG, MANY
from clinic_app.exchange.chosen_lines import lines_from_json
from clinic_app.exchange.report_json import programme_from_json
from clinic_app.records.programme import APPROVED, programmes_of
from clinic_app.records.programme_template import LONGEST_NAME, templates
from clinic_app.records.refusal import Outdated
from clinic_app.web import current
from clinic_app.web.banner import banner
from clinic_app.web.programmes.agreed import agreed_now, day_views
from clinic_app.web.programmes.blueprint import Answer, blueprint
from clinic_app.web.programmes.differences import differences
from clinic_app.web.programmes.doses import Errors, Sheet
from clinic_app.web.programmes.drawer import drawer_of
from clinic_app.web.programmes.lines import line_views
from clinic_app.web.programmes.patient_words import by_field, patient_language, sheet_words
from clinic_app.web.programmes.plan import Plan, open_plan
from clinic_app.web.programmes.revision import shown_revision
from clinic_app.web.programmes.since_last import gone, reasons_words
from clinic_app.web.programmes.starting_from import last_programme, taken_from, template_of
from clinic_app.web.security import wants_json
from clinic_app.web.wording import group_word, prescription_words, worked_sides_words
from clinic_app.web.wording.language import say as _


@blueprint.get("/programmes/<int:programme_id>")
def show(programme_id: int) -> Answer:
    """The editor; first what it depends on; once approved, what was approved."""
    plan = open_plan(programme_id)
    if plan.row.status == APPROVED:
        return _approved_page(plan)
    if not plan.asked:
        return redirect(url_for("programmes.circumstances", programme_id=programme_id), 303)
    return editor(plan, plan.lines, [])


@blueprint.errorhandler(Outdated)
def _changed_elsewhere(_error: Outdated) -> Answer:
    """The sheet as it is now with what was typed, which is not saved: the next save keeps it."""
    current.session().rollback()
    if wants_json():
        return jsonify(error="outdated"), 409
    plan = open_plan((request.view_args or {})["programme_id"])
    return editor(plan, plan.lines, [], changed=True), 409


def editor(plan: Plan, lines: Sheet, errors: Errors, *, changed: bool = False) -> str:
    """The sheet as it stands with what was typed, every other exercise, and why it is not on the sheet."""
    rules, last = current.library().exercises.selection, last_programme(plan)
    return render_template(
        "programmes/editor.html",
        **_shared(plan),
        **sheet_words(lines),
        lines=list(line_views(lines, plan, last)),
        last=last,
        gone=gone(lines, last, plan),
        days=day_views(plan.row, request.form),
        goal=request.form.get("goal", agreed_now(plan.row).goal),
        texts=rules.texts,
        days_limits=current.library().exercises.dosage.limits.days_per_week,
        patient_language=patient_language(plan),
        drawer=drawer_of(lines, plan),
        templates=templates(current.session()),
        longest_name=LONGEST_NAME,
        not_taken=_not_taken(plan),
        waiting=[(one, _name(one), _action(one)) for one in plan.waiting],
        confirmed=[(_name(one), said) for one, said in plan.confirmed.items()],
        errors=errors,
        changed=changed,
        differences=differences(plan) if changed else [],
        revision=shown_revision(plan.row, changed=changed),
        wrong=by_field(errors),
        full=len(lines) >= rules.size.most,
    )


def approved_meanwhile(plan: Plan) -> Answer:
    """What was approved, and what was typed in vain since: nobody finds that anywhere else."""
    return _approved_page(plan, differences(plan)), 423


def _approved_page(plan: Plan, unsaved: list[str] | None = None) -> str:
    frozen = programme_from_json(plan.row.frozen or {})
    lines = [
        (line, prescription_words(line.prescription, line.unit), worked_sides_words(line.prescription.sides))
        for line in frozen.lines
    ]
    shared = _shared(plan)
    return render_template(
        "programmes/approved.html", **shared, approved=frozen, lines=lines, unsaved=unsaved or []
    )


def _shared(plan: Plan) -> dict[str, Any]:
    words, selection = current.library().words, current.library().exercises.selection
    # How much the sheet holds is told of the sheet as it stands, not of what was suggested.
    notices = [notice for notice in plan.suggested.notices if notice not in (MANY, LONG)]
    return {
        **banner(plan.row.screening.patient, plan.report.taken_on),
        "programme": plan.row,
        "plan": plan,
        "status": _(words["programme_status"][plan.suggested.status]),
        "message": plan.suggested.message,
        "notices": [_(selection.notices.get(notice, notice)) for notice in notices],
        "uncovered": [group_word(group, words) for group in plan.suggested.uncovered],
        "deferred": [group_word(group, words) for group in plan.suggested.deferred],
        "versions": programmes_of(current.session(), plan.row.patient_id),
    }


def _not_taken(plan: Plan) -> list[tuple[str, str]]:
    """What the template that the sheet was just started from holds, and this person may not do; and why."""
    row = template_of(request.args.get("template", ""))
    if row is None:
        return []
    refused = taken_from(plan, (line.prescription for line in lines_from_json(row.lines))).refused
    known = current.library().exercises.by_id
    return [
        (_(known[exercise].name) if exercise in known else exercise, reasons_words(codes))
        for exercise, codes in refused.items()
    ]


def _action(subject: str) -> str:
    """What the pattern or the red flag asks for, to be read before anything is confirmed."""
    library = current.library()
    if subject in library.patterns:
        return _(library.patterns[subject].action)
    return _(library.red_flags[subject].do_now) if subject in library.red_flags else ""


def _name(subject: str) -> str:
    """The pattern, red flag or precaution that withholds the programme."""
    library = current.library()
    for known in (library.patterns, library.red_flags, library.precautions):
        if subject in known:
            return _(known[subject].name)
    return subject
