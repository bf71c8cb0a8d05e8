"""What changed since the patient's last signed screening, kept in the report when it is signed."""

from dataclasses import replace

from sqlalchemy.orm import Session

from clinic_app.domain.change import Since
from clinic_app.domain.compare import compare
from clinic_app.domain.report import Report
from clinic_app.domain.rules import Rules
from clinic_app.exchange.report_json import report_from_json
from clinic_app.records.screening import Screening, report_before
from clinic_app.web.then_and_now import occasion


def since_last(report: Report, session: Session, row: Screening, rules: Rules) -> Report:
    """The report with the changes of what it holds, each judged by the limits of `rules`.

    Of a patient who was not screened before it is the same report.
    """
    found = report_before(session, row)
    if found is None:
        return report
    on, stored = found
    changes = compare(occasion(report_from_json(stored)), occasion(report), rules)
    recorded = {(finding.item, finding.side) for finding in report.facts.findings}
    kept = tuple(change for change in changes if (change.item, change.side) in recorded)
    return replace(report, since=Since(on, kept))
