"""Then and now: two signed screenings of a patient beside each other, and which change is a real one."""

from flask import abort, render_template, request

from clinic_app.records.screening import SIGNED, Screening, screenings_of
from clinic_app.web import current
from clinic_app.web.banner import banner
from clinic_app.web.looking_back import pairs_of
from clinic_app.web.patients.blueprint import Page, blueprint, the_patient, today
from clinic_app.web.patients.page import signed_report
from clinic_app.web.then_and_now import then_and_now

_SHORT = 12


@blueprint.get("/<int:patient_id>/compare")
def compare(patient_id: int) -> Page:
    """Every class and every test of two screenings, the earlier one first; the limits are those of today."""
    patient = the_patient(patient_id)
    signed = [row for row in screenings_of(current.session(), patient.id) if row.status == SIGNED]
    if len(signed) < 2:
        return render_template("patients/compare_nothing.html", signed=signed, **banner(patient, today()))
    then, now = sorted((_chosen(signed, "from", 1), _chosen(signed, "to", 0)), key=signed.index, reverse=True)
    reports, library = (signed_report(then), signed_report(now)), current.library()
    return render_template(
        "patients/compare.html",
        signed=signed,
        then=then,
        now=now,
        pairs=list(zip(*(pairs_of(report.assessment) for report in reports), strict=True)),
        compared=then_and_now(*reports, library.rules),
        content=library.version[:_SHORT],
        **banner(patient, today()),
    )


def _chosen(signed: list[Screening], name: str, default: int) -> Screening:
    """The screening that the address names; the last two when it names none."""
    if name not in request.args:
        return signed[default]
    wanted = request.args.get(name, type=int)
    return next((row for row in signed if row.id == wanted), None) or abort(404)
