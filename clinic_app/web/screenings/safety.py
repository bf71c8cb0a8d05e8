"""The two safety lists as steps: red flags with the stop panel, and precautions as the record suggests."""

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from flask import redirect, render_template, request
from flask_babel import gettext as _

from clinic_app.domain.assessment import OpenFlag
from clinic_app.domain.progress import Step
from clinic_app.domain.safety import Consequence, RedFlag
from clinic_app.domain.screening import Answer as Answered
from clinic_app.records.facts import PRECAUTIONS, RED_FLAGS
from clinic_app.web import current
from clinic_app.web.entry import STOPS, read_list
from clinic_app.web.fields import problems
from clinic_app.web.safety_forms import (
    PrecautionsForm,
    RedFlagsForm,
    asked_rows,
    own_fields,
    precautions_form,
    red_flags_form,
)
from clinic_app.web.screenings.blueprint import Answer
from clinic_app.web.screenings.keeping import keep, onward, said_elsewhere
from clinic_app.web.screenings.page import ScreeningPage, entry_frame, open_page, step_url


def show_red_flags(page: ScreeningPage, step: Step) -> str:
    """The list as it is recorded."""
    return _red_flags_page(page, step, red_flags_form(None, page.findings_of(RED_FLAGS).get(None)))


def save_red_flags(page: ScreeningPage, step: Step) -> Answer:
    """Save every answer given; go on only when all rows are answered."""
    form = red_flags_form(request.form, None)
    if group := request.form.get("no_to"):
        form.say_no(group)
    complete = not group and form.check()
    if not keep(page, step, {None: read_list(RED_FLAGS, form.document())}):
        return _red_flags_page(open_page(page.row.id), step, form), 409
    if group:
        return redirect(step_url(page, RED_FLAGS), 303)
    if complete:
        return redirect(onward(page.row.id, step), 303)
    return _red_flags_page(open_page(page.row.id), step, form), 422


def show_precautions(page: ScreeningPage, step: Step) -> str:
    """The list as it is recorded, or with what the patient's record suggests, to be confirmed."""
    finding = page.findings_of(PRECAUTIONS).get(None)
    rows: Any = finding.values["rows"] if finding else _on_record(page)
    return _precautions_page(page, step, precautions_form(None, rows, finding))


def save_precautions(page: ScreeningPage, step: Step) -> Answer:
    """Save the list once it was asked whole."""
    form = precautions_form(request.form, (), None)
    if not form.check():
        return _precautions_page(page, step, form), 422
    if not keep(page, step, {None: read_list(PRECAUTIONS, form.document())}):
        return _precautions_page(open_page(page.row.id), step, form), 409
    return redirect(onward(page.row.id, step), 303)


def _on_record(page: ScreeningPage) -> tuple[Mapping[str, Any], ...]:
    """What holds by the patient's record: a suggestion, until the therapist has asked."""
    held = (row for row in page.row.patient.precautions if not row.cleared)
    return tuple({"id": row.precaution, "side": row.side or None, **row.extra} for row in held)


def _red_flags_page(page: ScreeningPage, step: Step, form: RedFlagsForm) -> str:
    stops = [flag for flag in page.safety.open if flag.consequence in STOPS]
    rows = current.library().red_flags
    return render_template(
        "screenings/red_flags.html",
        **entry_frame(page, step, held=_("Testing is on hold") if stops else ""),
        form=form,
        groups=_groups(),
        errors=problems(form),
        elsewhere=said_elsewhere(page, step) if request.method == "POST" else [],
        stop=_stop(stops) if stops else None,
        clearable=[rows[flag.row] for flag in page.safety.open if _may_be_cleared(rows[flag.row])],
        referrals=[rows[flag.row] for flag in page.safety.open if flag.consequence is Consequence.REFER],
        way_back=_way_back(page),
        overridden=[d for d in page.row.decisions if d.kind == "red_flag"],
        red_flags=rows,
    )


def _groups() -> list[tuple[str, str, list[RedFlag]]]:
    """The rows by the group that they stand in, with its name."""
    words = current.library().words["red_flag_group"]
    return [(group, _(words[group]), list(rows)) for group, rows in groupby(asked_rows(), lambda r: r.group)]


def _way_back(page: ScreeningPage) -> dict[str, str] | None:
    """The step on which the red flag came up, when the way here says so."""
    came = next((step.item for step in page.steps if step.item.id == request.args.get("from")), None)
    return {"href": step_url(page, came.id), "name": _(came.rail_name or came.name)} if came else None


def _may_be_cleared(row: RedFlag) -> bool:
    return row.consequence in (Consequence.STOP_REFER, Consequence.REFER)


def _stop(stops: list[OpenFlag]) -> dict[str, Any]:
    """The stop panel: red for a yes; amber when every open row is only unsure."""
    rows = [current.library().red_flags[flag.row] for flag in stops]
    sure = any(flag.answer is Answered.YES for flag in stops)
    return {
        "title": _("Stop. Do not load-test today.") if sure else _("Clear this first"),
        "tone": "stop" if sure else "unsure",
        "because": [_(row.name) for row in rows],
        "do_now": list(dict.fromkeys(_(row.do_now) for row in rows)),
        "urgent": any(row.consequence is Consequence.STOP_URGENT for row in rows),
    }


def _precautions_page(page: ScreeningPage, step: Step, form: PrecautionsForm) -> str:
    recorded = PRECAUTIONS in {finding.item for finding in page.row.findings}
    suggested = set() if recorded else {str(row["id"]) for row in _on_record(page)}
    return render_template(
        "screenings/precautions.html",
        **entry_frame(page, step),
        form=form,
        precautions=current.library().precautions.values(),
        own_fields=own_fields,
        suggested=suggested,
        errors=problems(form),
        elsewhere=said_elsewhere(page, step) if request.method == "POST" else [],
    )
