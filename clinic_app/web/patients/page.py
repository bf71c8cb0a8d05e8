"""A patient's page: what was last found, every screening, the documents, the programme, then beside now."""

from collections.abc import Sequence
from typing import Any

from flask import render_template
from flask_babel import gettext as _

from clinic_app.domain.report import Report
from clinic_app.records.document import documents_of
from clinic_app.records.draft import DRAFT
from clinic_app.records.giving import kept_documents
from clinic_app.records.programme import Programme, programme_for
from clinic_app.records.screening import SIGNED, Screening, screenings_of
from clinic_app.web import current
from clinic_app.web.banner import banner
from clinic_app.web.language import handout_languages, language_names
from clinic_app.web.looking_back import pairs_of, past_of
from clinic_app.web.patients.blueprint import Page, blueprint, the_patient, today
from clinic_app.web.printing.choice import NAMES
from clinic_app.web.reporting import report_of
from clinic_app.web.screenings.page import page_of, resume_url, sections
from clinic_app.web.then_and_now import then_and_now
from clinic_app.web.wording import headline, headline_more


@blueprint.get("/<int:patient_id>")
def show(patient_id: int) -> Page:
    """The patient's page."""
    patient = the_patient(patient_id)
    session = current.session()
    screenings = screenings_of(session, patient.id)
    signed = [row for row in screenings if row.status == SIGNED]
    reports = [signed_report(row) for row in signed[:2]]
    return render_template(
        "patients/patient.html",
        drafts=[_draft(row) for row in screenings if row.status == DRAFT],
        past=[past_of(row) for row in screenings if row.status != DRAFT],
        signed=signed[:2],
        compared=then_and_now(reports[1], reports[0], current.library().rules) if len(reports) > 1 else None,
        documents=kept_documents(session, documents_of(session, patient.id)),
        taken_on={row.id: row.taken_on for row in screenings},
        paper_names=NAMES,
        languages=language_names(handout_languages()),
        printable=next((row for row in screenings if row.status != DRAFT), None),
        programme=_programme(signed),
        **_found(screenings, reports),
        **banner(patient, today()),
    )


def signed_report(row: Screening) -> Report:
    """The report that was stored when the screening was signed."""
    return report_of(row, current.own_clinic(), current.library())


def _found(screenings: Sequence[Screening], reports: Sequence[Report]) -> dict[str, Any]:
    """The page's heading, what it leaves out, and the pairs below it, of the last signed screening."""
    if not reports:
        heading = _("No signed screening yet") if screenings else _("Not screened yet")
        return {"heading": heading, "more": "", "pairs": ()}
    last = reports[0]
    return {
        "heading": headline(last.assessment, last.terms),
        "more": headline_more(last.assessment, last.terms),
        "pairs": pairs_of(last.assessment),
    }


def _draft(row: Screening) -> dict[str, Any]:
    page = page_of(row)
    return {"row": row, "href": resume_url(page), "sections": sections(page)}


def _programme(signed: Sequence[Screening]) -> Programme | None:
    """The programme of the last signed screening."""
    return programme_for(current.session(), signed[0].id) if signed else None
