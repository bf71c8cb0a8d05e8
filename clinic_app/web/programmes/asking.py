"""Starting a programme, and asking what the exercises depend on and the screening does not hold."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from clinic_app.domain.circumstances import Circumstances
from clinic_app.domain.prescribe import prescribe
from clinic_app.domain.programme import Programme
from clinic_app.domain.report import ChosenLine
from clinic_app.exchange.chosen_lines import lines_to_json
from clinic_app.exchange.programme_json import read_circumstances
from clinic_app.records.programme import APPROVED, Lines, draft_programme, save_lines
from clinic_app.records.refusal import Frozen, Outdated
from clinic_app.records.screening import SIGNED, load_screening
from clinic_app.web import current
from clinic_app.web.banner import banner
from clinic_app.web.fields import problems
from clinic_app.web.programmes.asking_form import AskingForm, asking_form, falls_of
from clinic_app.web.programmes.blueprint import Answer, blueprint
from clinic_app.web.programmes.plan import Plan, completed, open_plan
from clinic_app.web.programmes.proposals import undecided
from clinic_app.web.programmes.revision import shown_revision, typed_revision


@blueprint.post("/screenings/<int:screening_id>/programme")
def start(screening_id: int) -> Answer:
    """Start the programme of a signed screening, or go on with the one begun."""
    session = current.session()
    row = load_screening(session, screening_id)
    if row is None or row.status != SIGNED:
        flash(_("A programme is made after the screening is signed."), "warn")
        return redirect(url_for("screenings.show", screening_id=screening_id), 303)
    programme = draft_programme(session, row, current_user.id)
    session.commit()
    return redirect(url_for("programmes.show", programme_id=programme.id), 303)


@blueprint.get("/programmes/<int:programme_id>/circumstances")
def circumstances(programme_id: int) -> Answer:
    """Ask, with what is known already filled in and marked."""
    plan = open_plan(programme_id)
    if plan.row.status == APPROVED:
        return redirect(url_for("programmes.show", programme_id=programme_id), 303)
    return _page(plan, asking_form(plan.answers or _known_answers(plan)))


@blueprint.post("/programmes/<int:programme_id>/circumstances")
def answer(programme_id: int) -> Answer:
    """Save the answers and suggest anew; what was changed on the sheet by hand is replaced."""
    plan = open_plan(programme_id)
    if plan.row.status == APPROVED:
        raise Frozen(programme_id)
    form = asking_form()
    if not form.check(_known(plan), plan.report.facts.findings):
        return _page(plan, form), 422
    given = form.given(plan.report.facts.findings)
    entered = {**plan.row.circumstances, "given": given, "answers": form.answers()}
    try:
        keep_suggestion(plan, entered, typed_revision())
    except Outdated:
        current.session().rollback()
        return _page(open_plan(programme_id), form, changed=True), 409
    return redirect(url_for("programmes.show", programme_id=programme_id), 303)


def keep_suggestion(plan: Plan, entered: dict[str, object], revision: int) -> None:
    """Store the circumstances with the exercises that they lead to, and nothing decided on them yet."""
    entered = undecided(entered)
    confirmed = entered.get("confirmed", {})
    whole, _waiting = completed(plan.report, read_circumstances(entered["given"]), dict(confirmed))  # type: ignore[call-overload]
    lines = _suggested_lines(prescribe(whole, current.library().exercises))
    save_lines(current.session(), plan.row, Lines(entered, lines_to_json(lines), revision), current_user.id)
    current.session().commit()


def _suggested_lines(suggested: Programme) -> list[ChosenLine]:
    return [ChosenLine(prescription) for prescription in suggested.prescriptions]


def _known(plan: Plan) -> Circumstances:
    """What the screening alone says."""
    return completed(plan.report, Circumstances(), {})[0]


def _known_answers(plan: Plan) -> dict[str, object]:
    """The answers that follow from the screening, to be seen and confirmed."""
    known = _known(plan)
    answers: dict[str, object] = {
        f"weight_bearing_{side}": status for side, status in known.weight_bearing.items() if status
    }
    if known.gate.post_op:
        answers["post_op"] = "yes"
    if known.patient.sport:
        answers["sport"] = known.patient.sport
    return answers


def _page(plan: Plan, form: AskingForm, *, changed: bool = False) -> str:
    return render_template(
        "programmes/circumstances.html",
        **banner(plan.row.screening.patient, plan.report.taken_on),
        programme=plan.row,
        form=form,
        known=_known(plan),
        known_falls=falls_of(plan.report.facts.findings),
        from_screening=frozenset(_known_answers(plan)),
        errors=problems(form),
        changed=changed,
        revision=shown_revision(plan.row, changed=changed),
        library=current.library(),
    )
