"""Changing a programme by hand: doses within their limits, order, removing, and adding with a reason."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask_login import current_user

from clinic_app.domain.neighbours import neighbours_of
from clinic_app.domain.prescribe import prescription_for
from clinic_app.domain.report import ChosenLine, Origin
from clinic_app.domain.safe import why_unsafe
from clinic_app.exchange.chosen_lines import lines_to_json
from clinic_app.records.programme import APPROVED, Lines, save_lines
from clinic_app.web import current
from clinic_app.web.programmes.agreed import typed_agreed
from clinic_app.web.programmes.blueprint import Answer, blueprint
from clinic_app.web.programmes.doses import Errors, Sheet, does_not_fit, typed_lines
from clinic_app.web.programmes.drawer import chosen_filters
from clinic_app.web.programmes.plan import Plan, open_plan
from clinic_app.web.programmes.proposals import undecided
from clinic_app.web.programmes.revision import typed_revision
from clinic_app.web.programmes.showing import approved_meanwhile, editor
from clinic_app.web.programmes.starting_from import keep_as_template, start_from_last, start_from_template
from clinic_app.web.reporting import treated
from clinic_app.web.wording.language import say as _


@blueprint.post("/programmes/<int:programme_id>")
def edit(programme_id: int) -> Answer:
    """Save the sheet as it was typed, then do what the button said."""
    plan = open_plan(programme_id)
    if plan.row.status == APPROVED:
        return approved_meanwhile(plan)
    lines, wrong = typed_lines(plan)
    agreed, errors = typed_agreed(plan.row)
    verb, _colon, which = request.form.get("do", "save").partition(":")
    if not (errors := [*errors, *wrong]):
        lines, errors = _DO.get(verb, _unknown)(plan, lines, which)
    if errors:
        return editor(plan, plan.lines, errors), 422
    circumstances = plan.row.circumstances
    if verb in _STARTING_ANEW:
        circumstances = undecided(circumstances)
    entered = Lines(dict(circumstances), lines_to_json(lines), typed_revision(), agreed)
    save_lines(current.session(), plan.row, entered, current_user.id)
    current.session().commit()
    return redirect(_next_page(programme_id, verb, which), 303)


def _next_page(programme_id: int, verb: str, which: str) -> str:
    """The editor again, as it was filtered, at what was just done; or the circumstances, when asked for."""
    if verb == "circumstances":
        return url_for("programmes.circumstances", programme_id=programme_id)
    told: dict[str, Any] = chosen_filters()
    if verb == "template":
        told["template"] = which or request.form.get("template", "")
    if verb == "keep":
        flash(_("The template is kept."), "info")
    return url_for("programmes.show", programme_id=programme_id, _anchor=_PLACES.get(verb), **told)


def _save(_plan: Plan, lines: Sheet, _exercise: str) -> tuple[Sheet, Errors]:
    return lines, []


def _remove(_plan: Plan, lines: Sheet, exercise: str) -> tuple[Sheet, Errors]:
    return tuple(line for line in lines if line.prescription.exercise != exercise), []


def _move(by: int) -> Callable[[Plan, Sheet, str], tuple[Sheet, Errors]]:
    def move(_plan: Plan, lines: Sheet, exercise: str) -> tuple[Sheet, Errors]:
        order = list(lines)
        here = next((n for n, line in enumerate(order) if line.prescription.exercise == exercise), None)
        if here is None or not 0 <= here + by < len(order):
            return lines, []
        order.insert(here + by, order.pop(here))
        return tuple(order), []

    return move


def _order(_plan: Plan, lines: Sheet, exercises: str) -> tuple[Sheet, Errors]:
    """Put the lines into that order, given as ids with commas; one that is not of this sheet is refused."""
    by_id = {line.prescription.exercise: line for line in lines}
    order = exercises.split(",")
    if sorted(order) != sorted(by_id):
        abort(400)
    return tuple(by_id[exercise] for exercise in order), []


def _same_days(_plan: Plan, lines: Sheet, _which: str) -> tuple[Sheet, Errors]:
    """Every exercise on the same number of days a week."""
    least, most = current.library().exercises.dosage.limits.days_per_week
    text = request.form.get("days_for_all", "").strip()
    if not (text.isascii() and text.isdecimal() and least <= int(text) <= most):
        return lines, [{"href": "#days_for_all", "text": does_not_fit(_("Days a week"), text, least, most)}]
    days = int(text)
    return tuple(
        replace(line, prescription=replace(line.prescription, days_per_week=days)) for line in lines
    ), []


def _add(plan: Plan, lines: Sheet, exercise_id: str) -> tuple[Sheet, Errors]:
    """Add an exercise; one that a filter forbids only with the typed reason, which prints."""
    exercises = current.library().exercises
    exercise = exercises.by_id.get(exercise_id) or abort(404)
    if len(lines) >= exercises.selection.size.most or not plan.open:
        most = exercises.selection.size.most
        return lines, [{"href": "#add", "text": _("A programme holds at most %(most)s exercises", most=most)}]
    if any(line.prescription.exercise == exercise_id for line in lines):
        return lines, []
    beside = [line.prescription for line in lines]
    prescription = prescription_for(exercise, plan.circumstances, exercises, beside)
    against = why_unsafe(exercise, plan.circumstances, exercises, treated(prescription))
    reason = request.form.get(f"reason-{exercise_id}", "").strip()
    if (against or exercise_id in plan.suggested.excluded) and not reason:
        said = _("%(exercise)s was left out: write why it is added all the same", exercise=_(exercise.name))
        return lines, [{"href": f"#reason-{exercise_id}", "text": said}]
    return (*lines, ChosenLine(prescription, Origin.ADDED, reason)), []


def _swap(plan: Plan, lines: Sheet, which: str) -> tuple[Sheet, Errors]:
    """Put a safe neighbour in the place of an exercise, with its own dose; any other is refused."""
    old, _colon, new = which.partition(":")
    place = next((n for n, line in enumerate(lines) if line.prescription.exercise == old), None)
    if place is None or not plan.open:
        return lines, []
    exercises, sheet = current.library().exercises, [line.prescription for line in lines]
    found = neighbours_of(sheet.pop(place), plan.circumstances, exercises, sheet).find(new) or abort(404)
    if not found.offered:
        said = _("%(exercise)s is not offered here", exercise=_(found.exercise.name))
        return lines, [{"href": f"#line-{old}", "text": said}]
    made = prescription_for(found.exercise, plan.circumstances, exercises, sheet)
    return (*lines[:place], ChosenLine(made, Origin.ADDED), *lines[place + 1 :]), []


_STARTING_ANEW = frozenset({"template", "last"})
_PLACES = {"filter": "add", "add": "add", "keep": "start-from"}


def _unknown(_plan: Plan, _lines: Sheet, _exercise: str) -> tuple[Sheet, Errors]:
    abort(400)


_DO: Mapping[str, Callable[[Plan, Sheet, str], tuple[Sheet, Errors]]] = {
    "save": _save,
    "remove": _remove,
    "up": _move(-1),
    "down": _move(1),
    "order": _order,
    "days": _same_days,
    "add": _add,
    "swap": _swap,
    "filter": _save,
    "circumstances": _save,
    "template": start_from_template,
    "last": start_from_last,
    "keep": keep_as_template,
}
