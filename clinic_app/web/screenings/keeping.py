"""Keeping what a step's form held: all of its findings in one transaction, or none."""

from collections.abc import Mapping

from flask import request
from flask_babel import gettext as _
from flask_login import current_user

from clinic_app.domain.finding import Finding
from clinic_app.domain.progress import Step
from clinic_app.domain.protocol import Side
from clinic_app.records.finding import NO_SIDE, Entry
from clinic_app.records.refusal import Conflict
from clinic_app.web import current
from clinic_app.web.entry import headline_number, save
from clinic_app.web.pages import clock
from clinic_app.web.screenings.page import REVIEW, ScreeningPage, open_page, step_url
from clinic_app.web.wording import finding_words

Findings = Mapping[Side | None, Finding]


def keep(page: ScreeningPage, step: Step, findings: Findings) -> bool:
    """Save those that differ from what is recorded; False, and none saved, when one changed elsewhere."""
    session = current.session()
    recorded = page.findings_of(step.item.id)
    try:
        for side, finding in findings.items():
            if finding != recorded.get(side):
                save(session, _entry(page, step, side, finding))
    except Conflict:
        session.rollback()
        return False
    session.commit()
    return True


def onward(screening_id: int, step: Step) -> str:
    """The step after this one, as the steps are after what was just saved; an open stop comes first."""
    page = open_page(screening_id)
    _before, after = page.beside(step.item.id)
    if page.on_hold:
        return step_url(page, "red_flags")
    return step_url(page, after.item.id if after else REVIEW)


def said_elsewhere(now: ScreeningPage, step: Step) -> list[str]:
    """What was saved meanwhile, of which side and when; sending the form again keeps what was typed here."""
    words = current.library().words
    recorded = now.findings_of(step.item.id)
    return [
        _(
            "%(what)s was also changed elsewhere, at %(time)s: %(there)s. "
            "Send the form again to keep what stands below.",
            what=words["side"][side] if side else _(step.item.name),
            time=clock(row.saved_at),
            there=finding_words(recorded[side], step.item, words),
        )
        for side, row in now.rows_of(step.item.id).items()
        if row.revision != (typed_revision(side) or 0)
    ]


def _entry(page: ScreeningPage, step: Step, side: Side | None, finding: Finding) -> Entry:
    return Entry(
        screening_id=page.row.id,
        finding=finding,
        user_id=current_user.id,
        expected_revision=typed_revision(side),
        number=headline_number(step.item, finding),
    )


def typed_revision(side: Side | None) -> int | None:
    """The revision that the form was made from; None when nothing was recorded then."""
    return request.form.get(f"revision-{side or NO_SIDE}", type=int) or None
