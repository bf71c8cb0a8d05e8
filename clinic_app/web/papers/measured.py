"""The measurements of a screening as rows, each side in words, and what was not tested with its reason."""

from collections.abc import Iterator
from dataclasses import dataclass

from clinic_app.domain.change import Change, Difference
from clinic_app.domain.finding import Finding
from clinic_app.domain.protocol import Item, Side, Sides
from clinic_app.domain.report import Report
from clinic_app.web.wording.change import judgement, real_changes
from clinic_app.web.wording.classes import WEAK
from clinic_app.web.wording.findings import (
    compensation_words,
    confirmed_words,
    finding_words,
    item_name,
    not_done_words,
    side_word,
)
from clinic_app.web.wording.language import say as _
from clinic_app.web.wording.reasons import because_words
from clinic_app.web.wording.values import lower_first


@dataclass(frozen=True)
class Value:
    """What was recorded of a test on one side, and each change of it since the last signed screening."""

    words: str
    changed: tuple[str, ...]


@dataclass(frozen=True)
class Measured:
    """One test: what was recorded on each side, or as `left` alone where it has none; what else was noted."""

    name: str
    left: Value
    right: Value | None
    seen: str


@dataclass(frozen=True)
class Remark:
    """A thing and what is said about it."""

    about: str
    words: str


# The section of the tests of strength.
STRENGTH = "strength"
_NEW = Difference.NOT_TESTED

Untested = tuple[str, Side | None, str]


def measured(report: Report) -> tuple[Measured, ...]:
    """The tests with something recorded; what has nothing stands under not tested.

    What gave a class comes first, the gravest first, then strength, then the rest as in the protocol.
    """
    items = [report.terms.items[item] for item in report.terms.order if item in report.terms.items]
    counted = _counted(report)
    items.sort(
        key=lambda item: (
            counted.index(item.id) if item.id in counted else len(counted),
            item.section != STRENGTH or not item.groups,
        )
    )
    return tuple(row for item in items if _shown(item, report) for row in _rows(item, report))


def real(report: Report) -> tuple[str, ...]:
    """What changed by more than measurement error since the last signed screening, or that nothing did."""
    if report.since is None:
        return ()
    told = real_changes(report.since.changes, report.terms.items)
    return tuple(told) or (_("No test changed by more than measurement error."),)


def not_tested(report: Report) -> tuple[Remark, ...]:
    """Each test that was not done, its sides, and why: not done, closed by a precaution, or left open."""
    sides: dict[tuple[str, str], list[Side | None]] = {}
    for item, side, why in [*_not_done(report), *_closed(report), *_missing(report)]:
        sides.setdefault((item, why), []).append(side)
    return tuple(Remark(_place(item, found, report), why) for (item, why), found in sides.items())


def finding_of(report: Report, item: str, side: Side | None) -> Finding | None:
    """What was recorded for a test on a side."""
    return next((f for f in report.facts.findings if (f.item, f.side) == (item, side)), None)


def _counted(report: Report) -> list[str]:
    """The tests that gave a class, those of the gravest class first."""
    gravest = sorted(
        (result for result in report.assessment.groups if result.final in WEAK),
        key=lambda result: WEAK.index(result.final),
    )
    return list(dict.fromkeys(flag.item for result in gravest for flag in result.flags if flag.counts))


def _shown(item: Item, report: Report) -> bool:
    return bool(item.fields) and any(finding.item == item.id for finding in report.facts.findings)


def _rows(item: Item, report: Report) -> Iterator[Measured]:
    """Both sides beside each other, and what was recorded of the whole person by itself."""
    found = {side: finding_of(report, item.id, side) for side in item.keys()}  # noqa: SIM118
    seen = "; ".join(filter(None, (_seen(finding, item) for finding in found.values() if finding)))
    if item.sides is not Sides.NONE:
        left, right = (_value(item, side, report) for side in Side)
        yield Measured(item_name(item), left, right, seen)
    if item.sides is Sides.NONE or found.get(None):
        yield Measured(item_name(item), _value(item, None, report), None, seen)


def _value(item: Item, side: Side | None, report: Report) -> Value:
    finding = finding_of(report, item.id, side)
    words = finding_words(finding, item, report.terms.words)
    changes = report.since.changes if report.since and finding and finding.done else ()
    here = (change for change in changes if (change.item, change.side) == (item.id, side))
    return Value(words, tuple(_changed(change, item) for change in here if _is_told(change)))


def _seen(finding: Finding, item: Item) -> str:
    parts = (compensation_words(finding, item), finding.note, confirmed_words(finding, item))
    told = ", ".join(part for part in parts if part)
    if not told:
        return ""
    return f"{side_word(finding.side)}: {told}" if finding.side else told


def _changed(change: Change, item: Item) -> str:
    told = judgement(change, item)
    return ", ".join(part for part in (told.words, told.measured, lower_first(told.basis)) if part)


def _is_told(change: Change) -> bool:
    """A number that moved, or why two do not compare; what was new or is no number need not be said."""
    return change.amount is not None or any(why.difference is not _NEW for why in change.unlike)


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
