"""Starting a sheet from a clinic template or from the patient's last programme, and keeping a template."""

from collections.abc import Iterable
from dataclasses import replace

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from clinic_app.domain.programme import Prescription, WorkedSides
from clinic_app.domain.report import ChosenLine, Origin, ReportProgramme
from clinic_app.domain.taking_over import TakenOver, take_over
from clinic_app.exchange.chosen_lines import lines_from_json, lines_to_json
from clinic_app.exchange.report_json import programme_from_json
from clinic_app.records.programme import last_approved
from clinic_app.records.programme_template import (
    LONGEST_NAME,
    NewTemplate,
    ProgrammeTemplate,
    keep_template,
    remove_template,
)
from clinic_app.records.refusal import NameTaken
from clinic_app.records.user import User
from clinic_app.web import current
from clinic_app.web.programmes.blueprint import Answer, blueprint
from clinic_app.web.programmes.doses import Errors, Sheet
from clinic_app.web.programmes.plan import Plan


def start_from_template(plan: Plan, lines: Sheet, template: str) -> tuple[Sheet, Errors]:
    """The template's exercises in place of those on the sheet, as far as they are safe for this person."""
    row = template_of(template or request.form.get("template", ""))
    if row is None:
        return lines, [{"href": "#template", "text": _("Choose a template")}]
    return _in_place(plan, lines, (line.prescription for line in lines_from_json(row.lines)))


def start_from_last(plan: Plan, lines: Sheet, _which: str) -> tuple[Sheet, Errors]:
    """The exercises, doses and notes of the patient's last programme, as far as they are safe now."""
    last = last_programme(plan) or abort(404)
    taken, errors = _in_place(plan, lines, (line.prescription for line in last.lines))
    notes = {line.prescription.exercise: line.note for line in last.lines}
    return tuple(
        replace(line, note=notes.get(line.prescription.exercise, line.note)) for line in taken
    ), errors


def keep_as_template(_plan: Plan, lines: Sheet, _which: str) -> tuple[Sheet, Errors]:
    """The sheet as a template of the clinic; nothing of the person goes with it."""
    name = " ".join(request.form.get("template_name", "").split())
    if not lines or not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
        said = _("Name of the template: enter 1 to %(most)s characters", most=LONGEST_NAME)
        return lines, [{"href": "#template_name", "text": said}]
    me = current.session().get_one(User, current_user.id)
    try:
        keep_template(current.session(), NewTemplate(name, lines_to_json(_of_nobody(lines))), me)
    except NameTaken:
        said = _("Name of the template: there is a template %(name)s already", name=name)
        return lines, [{"href": "#template_name", "text": said}]
    return lines, []


@blueprint.post("/programmes/<int:programme_id>/templates/<int:template_id>/remove")
def remove(programme_id: int, template_id: int) -> Answer:
    """Take a template out of the clinic's list."""
    template = current.session().get(ProgrammeTemplate, template_id) or abort(404)
    name = template.name
    remove_template(current.session(), template, current_user.id)
    current.session().commit()
    flash(_("The template %(name)s was removed.", name=name), "info")
    return redirect(url_for("programmes.show", programme_id=programme_id), 303)


def last_programme(plan: Plan) -> ReportProgramme | None:
    """The patient's last approved programme, as it was approved."""
    row = last_approved(current.session(), plan.row.patient_id)
    return programme_from_json(row.frozen) if row and row.frozen else None


def template_of(template: str) -> ProgrammeTemplate | None:
    """The template of that id, None when there is none."""
    known = template.isascii() and template.isdecimal()
    return current.session().get(ProgrammeTemplate, int(template)) if known else None


def taken_from(plan: Plan, before: Iterable[Prescription]) -> TakenOver:
    """What of these may be taken over for this person, and why the rest may not; nothing while withheld."""
    if not plan.open:
        return TakenOver()
    return take_over(before, plan.circumstances, current.library().exercises)


def _in_place(plan: Plan, lines: Sheet, before: Iterable[Prescription]) -> tuple[Sheet, Errors]:
    taken = taken_from(plan, before)
    if not taken.lines:
        return lines, [{"href": "#start-from", "text": _("None of these exercises is safe here")}]
    suggested = {line.exercise for line in plan.suggested.prescriptions}
    return tuple(
        ChosenLine(line, Origin.SUGGESTED if line.exercise in suggested else Origin.ADDED)
        for line in taken.lines
    ), []


def _of_nobody(lines: Sheet) -> list[ChosenLine]:
    return [ChosenLine(_without_person(line.prescription)) for line in lines]


def _without_person(line: Prescription) -> Prescription:
    return replace(line, group=None, sides=WorkedSides(line.sides.mode), caution_keys=(), other=None)
