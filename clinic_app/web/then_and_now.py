"""Two signed screenings of one patient beside each other: plain values, and what is not compared and why."""

from dataclasses import dataclass

from clinic_app.domain.finding import Finding
from clinic_app.domain.protocol import Item, Side
from clinic_app.domain.report import Report
from clinic_app.web.wording import because_words, finding_words, item_name
from clinic_app.web.wording.language import say as _

ALTERNATIVE = "alt_position"


@dataclass(frozen=True)
class Cell:
    """One test on one side, in words, then and now; `not_compared` says why the two may not be set beside."""

    then: str
    now: str
    not_compared: str = ""


@dataclass(frozen=True)
class Row:
    """One test: a cell for left and right, or a single one where the test has no side."""

    name: str
    left: Cell | None = None
    right: Cell | None = None
    whole: Cell | None = None


def rows_of(then: Report, now: Report) -> tuple[Row, ...]:
    """Every test that was recorded in either, in the order of the later screening."""
    items = {**then.terms.items, **now.terms.items}
    recorded = {finding.item for report in (then, now) for finding in report.facts.findings}
    order = dict.fromkeys((*now.terms.order, *then.terms.order))
    return tuple(_row(items[item], then, now) for item in order if item in recorded and item in items)


def _row(item: Item, then: Report, now: Report) -> Row:
    sides = item.keys()
    cells = {side: _cell(item, side, then, now) for side in sides}
    return Row(item_name(item), cells.get(Side.LEFT), cells.get(Side.RIGHT), cells.get(None))


def _cell(item: Item, side: Side | None, then: Report, now: Report) -> Cell:
    before, after = (_finding(report, item.id, side) for report in (then, now))
    return Cell(
        finding_words(before, item, then.terms.words),
        finding_words(after, item, now.terms.words),
        _why_not(item, side, (then, before), (now, after)),
    )


def _finding(report: Report, item: str, side: Side | None) -> Finding | None:
    return next((f for f in report.facts.findings if (f.item, f.side) == (item, side)), None)


def _why_not(item: Item, side: Side | None, *told: tuple[Report, Finding | None]) -> str:
    findings = [finding for _report, finding in told]
    if not all(finding and finding.done for finding in findings):
        return _("Not compared: it was not tested both times")
    unread = [why for report, _finding in told if (why := _unreadable(report, item.id, side))]
    if unread:
        return _("Not compared: %(because)s", because=unread[0])
    if len({bool(finding and finding.values.get(ALTERNATIVE)) for finding in findings}) > 1:
        return _("Not compared: the position was not the same")
    return ""


def _unreadable(report: Report, item: str, side: Side | None) -> str:
    """Why this finding was kept and not used, in words; empty when it was used."""
    reasons = (
        unread.because
        for result in report.assessment.groups
        for unread in result.not_interpretable
        if (unread.item, result.side) == (item, side)
    )
    because = next(reasons, None)
    return because_words(because, report.terms) if because else ""
