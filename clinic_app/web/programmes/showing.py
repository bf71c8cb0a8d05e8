"""The programme: the editor of a draft, and the sheet as it was approved."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import redirect, render_template, url_for

from clinic_app.domain.exercise import Exercise, Unit
from clinic_app.domain.minutes import session_minutes
from clinic_app.domain.neighbours import Neighbour, neighbours_of
from clinic_app.domain.report import ChosenLine
from clinic_app.exchange.report_json import programme_from_json
from clinic_app.records.programme import APPROVED
from clinic_app.web import current
from clinic_app.web.banner import banner
from clinic_app.web.programmes.blueprint import Answer, blueprint
from clinic_app.web.programmes.plan import Plan, open_plan
from clinic_app.web.wording import exclusion_words, group_word, prescription_words, worked_sides_words
from clinic_app.web.wording.language import say as _


@dataclass(frozen=True)
class BesideView:
    """The way to an easier or a harder exercise: those offered, and for the others why not."""

    way: str
    offered: tuple[Exercise, ...]
    refused: tuple[tuple[Exercise, str], ...]


@dataclass(frozen=True)
class LineView:
    """One exercise on the sheet, with what may be changed and what was typed."""

    exercise: Exercise
    line: ChosenLine
    unit: Unit
    why: str
    sides: str
    dose: Mapping[str, Any]
    beside: tuple["BesideView", ...] = ()


@blueprint.get("/programmes/<int:programme_id>")
def show(programme_id: int) -> Answer:
    """The editor; first what it depends on; once approved, what was approved."""
    plan = open_plan(programme_id)
    if plan.row.status == APPROVED:
        return _approved_page(plan)
    if not plan.asked:
        return redirect(url_for("programmes.circumstances", programme_id=programme_id), 303)
    return editor(plan, plan.lines, [])


def editor(
    plan: Plan,
    lines: tuple[ChosenLine, ...],
    errors: list[dict[str, str]],
    typed: Mapping[str, str] | None = None,
) -> str:
    """The sheet as it stands, what may be added, and on request what was left out and why."""
    library = current.library()
    exercises = library.exercises
    chosen = {line.prescription.exercise for line in lines}
    others = [exercise for exercise in exercises.exercises if exercise.id not in chosen]
    excluded = plan.suggested.excluded
    return render_template(
        "programmes/editor.html",
        **_shared(plan),
        lines=[_view(line, typed or {}, _beside(line, lines, plan)) for line in lines],
        minutes=session_minutes((line.prescription for line in lines), exercises),
        limits=exercises.dosage.limits,
        addable=[
            (exercise, _passed_over(exercise.id, plan))
            for exercise in others
            if plan.open and exercise.id not in excluded
        ],
        left_out=[
            (exercise, _reasons(excluded[exercise.id])) for exercise in others if exercise.id in excluded
        ],
        waiting=[(one, _name(one), _action(one)) for one in plan.waiting],
        confirmed=[(_name(one), said) for one, said in plan.confirmed.items()],
        errors=errors,
        full=len(lines) >= exercises.selection.size.most,
    )


def _approved_page(plan: Plan) -> str:
    frozen = programme_from_json(plan.row.frozen or {})
    lines = [
        (line, prescription_words(line.prescription, line.unit), worked_sides_words(line.prescription.sides))
        for line in frozen.lines
    ]
    return render_template("programmes/approved.html", **_shared(plan), approved=frozen, lines=lines)


def _shared(plan: Plan) -> dict[str, Any]:
    words, selection = current.library().words, current.library().exercises.selection
    return {
        **banner(plan.row.screening.patient, plan.report.taken_on),
        "programme": plan.row,
        "plan": plan,
        "status": _(words["programme_status"][plan.suggested.status]),
        "message": plan.suggested.message,
        "notices": [_(selection.notices.get(notice, notice)) for notice in plan.suggested.notices],
        "uncovered": [group_word(group, words) for group in plan.suggested.uncovered],
        "deferred": [group_word(group, words) for group in plan.suggested.deferred],
    }


def _view(line: ChosenLine, typed: Mapping[str, str], beside: tuple[BesideView, ...]) -> LineView:
    exercises, prescription = current.library().exercises, line.prescription
    exercise = exercises.by_id[prescription.exercise]
    recorded = {key: getattr(prescription, key) for key in DOSE}
    return LineView(
        exercise=exercise,
        line=line,
        unit=exercises.dose_class(exercise).unit,
        why=_why(line),
        sides=worked_sides_words(prescription.sides),
        dose={key: typed.get(f"{exercise.id}-{key}", value) for key, value in recorded.items()},
        beside=beside,
    )


def _beside(line: ChosenLine, lines: tuple[ChosenLine, ...], plan: Plan) -> tuple[BesideView, ...]:
    """The easier and the harder exercises, safe for this person or not, while the sheet can be changed."""
    if not plan.open:
        return ()
    on_sheet = [other.prescription for other in lines]
    found = neighbours_of(line.prescription, plan.circumstances, current.library().exercises, on_sheet)
    return (_way(_("Easier"), found.easier), _way(_("Harder"), found.harder))


def _way(way: str, found: tuple[Neighbour, ...]) -> BesideView:
    return BesideView(
        way,
        tuple(one.exercise for one in found if one.offered),
        tuple((one.exercise, _reasons(one.against)) for one in found if not one.offered),
    )


def _passed_over(exercise: str, plan: Plan) -> str:
    """Why the suggestion passed it over; one that it held was taken off by hand."""
    codes = plan.suggested.not_offered.get(exercise)
    return _reasons(codes) if codes else _("Taken off the sheet by hand")


DOSE = ("sets", "reps", "hold_s", "days_per_week")


def _why(line: ChosenLine) -> str:
    words = current.library().words
    prescription = line.prescription
    if prescription.group is None:
        return _(words["slot"][prescription.slot])
    name = group_word(prescription.group, words)
    return _("%(group)s, worked indirectly", group=name) if prescription.indirect else name


def _reasons(codes: tuple[str, ...]) -> str:
    library = current.library()
    names = {exercise.id: exercise.name for exercise in library.exercises.exercises}
    return "; ".join(exclusion_words(code, library.words, names) for code in codes)


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
