"""What every page of a document says: whose it is, who answers for it, how far it may be trusted."""

from dataclasses import dataclass

from clinic_app.domain.report import Report, ReportStatus
from clinic_app.web.wording.dates import moment_words, short_day
from clinic_app.web.wording.language import say as _

PRODUCT = "Gluteal Screen"


@dataclass(frozen=True)
class Foot:
    """The foot of each page; `mark` is what a reader must not miss, such as that it is a draft."""

    left: str
    right: str
    mark: str


def patient_line(report: Report) -> str:
    """Name, birth date and record number: "DUARTE, Marisol, born 4 Feb 1969, record 004 127 893"."""
    who = report.patient
    return _(
        "%(name)s, born %(born)s, record %(number)s",
        name=f"{who.family_name.upper()}, {who.given_names}",
        born=short_day(who.born_on),
        number=who.record_number,
    )


def signer_line(report: Report) -> str:
    """Who signed or stopped the screening, with role and licence, and when; of a draft who did it."""
    if report.signed_at is None:
        return _("Examined by %(who)s", who=report.examiner)
    at = moment_words(report.signed_at, report)
    if report.status is ReportStatus.STOPPED:
        return _("Stopped by %(who)s, %(at)s", who=report.signed_by, at=at)
    return _("Signed by %(who)s, %(at)s", who=report.signed_by, at=at)


def mark(report: Report) -> str:
    """What is printed on each page of a draft or a demonstration."""
    draft = _("Draft: not signed") if report.status is ReportStatus.DRAFT else ""
    return ". ".join(part for part in (draft, demonstration(report)) if part)


def demonstration(report: Report) -> str:
    """What is printed on each page of a demonstration."""
    return _("Demonstration: synthetic patient") if report.clinic.is_demo else ""


def foot(report: Report) -> Foot:
    """The foot of the therapist's documents."""
    return Foot(patient_line(report), signer_line(report), mark(report))


def own_line(report: Report) -> str:
    """The numbers that the clinic had set otherwise than published, empty when there are none."""
    told = [
        _("%(name)s %(own)s instead of %(published)s", name=own.name, own=own.value, published=own.published)
        for own in report.own
    ]
    return _("Own thresholds: %(list)s.", list="; ".join(told).replace("-", "−")) if told else ""


def content_line(report: Report) -> str:
    """Which content and which program the document was made with, and that nobody has reviewed it yet."""
    return _(
        "Clinical content: version %(content)s, reviewed by: not yet. %(product)s %(app)s.",
        content=report.content_version[:12],
        product=PRODUCT,
        app=report.app_version,
    )
