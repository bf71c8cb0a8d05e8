"""Signing: the report is stored as it is, and nothing of the screening changes from then on."""

from flask import redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from clinic_app.domain.assessment import Outcome
from clinic_app.domain.report import Report, ReportStatus
from clinic_app.exchange.report_json import report_to_json, sha256_of
from clinic_app.records.draft import DRAFT
from clinic_app.records.refusal import Frozen
from clinic_app.records.screening import Signing, change_screening, sign_screening, stop_screening
from clinic_app.records.table import now
from clinic_app.web import current, identity
from clinic_app.web.fields import problems
from clinic_app.web.reporting import final_report
from clinic_app.web.screenings.blueprint import Answer, blueprint
from clinic_app.web.screenings.page import REVIEW, ScreeningPage, open_page, step_url
from clinic_app.web.screenings.showing import review_page, the_report
from clinic_app.web.screenings.sign_form import SignForm
from clinic_app.web.since_last import since_last


@blueprint.post("/screenings/<int:screening_id>/sign")
def sign(screening_id: int) -> Answer:
    """Sign and lock, or only keep the words typed so far."""
    page = open_page(screening_id)
    if page.row.status != DRAFT:
        raise Frozen(screening_id)
    form = SignForm()
    if not form.validate():
        return review_page(page, form, problems(form)), 422
    if request.form.get("do") == "keep":
        _keep_words(page, form)
        current.session().commit()
        return redirect(step_url(page, REVIEW), 303)
    _check(the_report(page), form)
    if errors := problems(form):
        return review_page(page, form, errors), 422
    _keep_words(page, form)
    freeze(page, ReportStatus.SIGNED)
    return redirect(url_for("screenings.show", screening_id=screening_id), 303)


def freeze(page: ScreeningPage, status: ReportStatus) -> None:
    """Store the report of the screening as it stands now, and end it."""
    at = now()
    compared = since_last(the_report(page), current.session(), page.row, current.library().rules)
    report = final_report(compared, status, current_user.signature, at)
    document = report_to_json(report)
    signing = Signing(
        report=document,
        sha256=sha256_of(document),
        content_version=report.content_version,
        signature=current_user.signature,
        user_id=current_user.id,
        at=at,
    )
    _END[status](current.session(), page.row, signing)
    current.session().commit()


_END = {ReportStatus.SIGNED: sign_screening, ReportStatus.STOPPED: stop_screening}


def _check(report: Report, form: SignForm) -> None:
    """Put what stands in the way beside its field; the password is only looked at when all else fits."""
    assessment = report.assessment
    if assessment.outcome is not Outcome.ASSESSED:
        refusal = _("The safety questions are not all answered, or a stop is open: this cannot be signed")
        form.acknowledged.errors = [refusal]
    elif assessment.missing and not form.acknowledged.data:
        form.acknowledged.errors = [_("Say that you sign with something missing, or record it")]
    elif refused := identity.password_refused(form.password.data or ""):
        form.password.errors = [refused]


def _keep_words(page: ScreeningPage, form: SignForm) -> None:
    changes = {"reason": form.reason.data or "", "impression": form.impression.data or ""}
    change_screening(current.session(), page.row, changes, current_user.id)
