"""The measurements of a screening as rows, each side in words, and what was not tested with its reason."""

from collections.abc import Iterator
from dataclasses import dataclass

from clinic_app.domain.finding import Finding
from clinic_app.domain.protocol import Item, Side, Sides
from clinic_app.domain.report import Report
from clinic_app.web.wording.findings import (
    compensation_words,
    finding_words,
    item_name,
    not_done_words,
    side_word,
)
from clinic_app.web.wording.language import say as _
from clinic_app.web.wording.reasons import because_words


@dataclass(frozen=True)
class Measured:
    """One test: what was recorded on each side, or once where it has none; `seen` is what else was noted."""

    name: str
    left: str
    right: str
    seen: str
    whole: bool


@dataclass(frozen=True)
class Remark:
    """A thing and what is said about it."""

    about: str
    words: str


Untested = tuple[str, Side | None, str]


def measured(report: Report) -> tuple[Measured, ...]:
    """The tests with something recorded, in the order of the protocol; the rest stands under not tested."""
    items = [report.terms.items[item] for item in report.terms.order if item in report.terms.items]
    return tuple(row for item in items if _shown(item, report) for row in _rows(item, report))


def not_tested(report: Report) -> tuple[Remark, ...]:
    """Each test that was not done, its sides, and why: not done, closed by a precaution, or left open."""
    sides: dict[tuple[str, str], list[Side | None]] = {}
    for item, side, why in [*_not_done(report), *_closed(report), *_missing(report)]:
        sides.setdefault((item, why), []).append(side)
    return tuple(Remark(_place(item, found, report), why) for (item, why), found in sides.items())


def finding_of(report: Report, item: str, side: Side | None) -> Finding | None:
    """What was recorded for a test on a side."""
    return next((f for f in report.facts.findings if (f.item, f.side) == (item, side)), None)


def _shown(item: Item, report: Report) -> bool:
    return bool(item.fields) and any(finding.item == item.id for finding in report.facts.findings)


def _rows(item: Item, report: Report) -> Iterator[Measured]:
    """Both sides beside each other, and what was recorded of the whole person by itself."""
    found = {side: finding_of(report, item.id, side) for side in item.keys()}  # noqa: SIM118
    seen = "; ".join(filter(None, (_seen(finding, item) for finding in found.values() if finding)))
    words = report.terms.words
    if item.sides is not Sides.NONE:
        left, right = (finding_words(found[side], item, words) for side in Side)
        yield Measured(item_name(item), left, right, seen, whole=False)
    if item.sides is Sides.NONE or found.get(None):
        yield Measured(item_name(item), finding_words(found[None], item, words), "", seen, whole=True)


def _seen(finding: Finding, item: Item) -> str:
    told = ", ".join(part for part in (compensation_words(finding, item), finding.note) if part)
    if not told:
        return ""
    return f"{side_word(finding.side)}: {told}" if finding.side else told


def _not_done(report: Report) -> Iterator[Untested]:
    for finding in report.facts.findings:
        if not finding.done and finding.item in report.terms.items:
            yield finding.item, finding.side, not_done_words(finding.not_done_reason, report.terms.words)


def _closed(report: Report) -> Iterator[Untested]:
    for closed in report.assessment.closed:
        if closed.item in report.terms.order and finding_of(report, closed.item, closed.side) is None:
            why = because_words(closed.because, report.terms)
            yield closed.item, closed.side, _("Not tested: %(reason)s", reason=why)


def _missing(report: Report) -> Iterator[Untested]:
    for missing in report.assessment.missing:
        if missing.item in report.terms.items:
            yield missing.item, missing.side, _("Not recorded")


def _place(item: str, sides: list[Side | None], report: Report) -> str:
    words = _(" and ").join(side_word(side) for side in dict.fromkeys(sides) if side)
    name = item_name(report.terms.items[item])
    return f"{name}, {words}" if words else name
