"""A letter as its document prints it: stored once it is signed, as it stands while it is a draft."""

from dataclasses import replace
from datetime import datetime

from clinic_app.domain.letter import ReportLetter
from clinic_app.domain.library import Library
from clinic_app.domain.report import Report
from clinic_app.domain.safety import Advice
from clinic_app.exchange.report_json import letter_from_json
from clinic_app.records.letter import TYPED, Letter


def with_letter(report: Report, row: Letter, library: Library) -> Report:
    """The report of the screening together with this letter about it."""
    return replace(report, letter=letter_from_json(row.frozen) if row.frozen else as_typed(row, library))


def signed_letter(row: Letter, library: Library, signature: str, at: datetime) -> ReportLetter:
    """The letter as it is stored when it is signed: by whom, and when."""
    return replace(as_typed(row, library), signed_by=signature, signed_at=at)


def as_typed(row: Letter, library: Library) -> ReportLetter:
    """What stands in the draft now."""
    typed = {name: getattr(row, name) for name in TYPED if name != "urgency"}
    urgency = Advice(row.urgency)
    return ReportLetter(**typed, urgency=urgency, urgency_words=library.words["urgency"][urgency])
