"""Two signed screenings of one patient beside each other: plain values, and how each change is judged."""

from collections.abc import Sequence
from dataclasses import dataclass

from clinic_app.domain.change import Change, Occasion
from clinic_app.domain.compare import compare
from clinic_app.domain.protocol import Item, Side
from clinic_app.domain.report import Report
from clinic_app.domain.rules import Rules
from clinic_app.web.wording import finding_words, item_name
from clinic_app.web.wording.change import Judgement, class_changes, judgement, real_changes


@dataclass(frozen=True)
class Cell:
    """One test on one side, in words, then and now, with a judgement for each number of it."""

    then: str
    now: str
    judged: tuple[Judgement, ...] = ()


@dataclass(frozen=True)
class Row:
    """One test: a cell for left and right, a single one where it has no side, or all three."""

    name: str
    left: Cell | None = None
    right: Cell | None = None
    whole: Cell | None = None


@dataclass(frozen=True)
class ThenAndNow:
    """Every test that was recorded in either; the classes that changed, and what changed beyond error."""

    rows: tuple[Row, ...]
    classes: tuple[str, ...]
    real: tuple[str, ...]


def then_and_now(then: Report, now: Report, rules: Rules) -> ThenAndNow:
    """Set the later report beside the earlier one; both as they were signed, the limits those of `rules`."""
    changes = compare(occasion(then), occasion(now), rules)
    items = {**then.terms.items, **now.terms.items}
    recorded = {finding.item for report in (then, now) for finding in report.facts.findings}
    order = dict.fromkeys((*now.terms.order, *then.terms.order, *items))
    rows = tuple(
        _row(items[item], then, now, changes) for item in order if item in recorded and item in items
    )
    return ThenAndNow(
        rows,
        tuple(class_changes(then.assessment, now.assessment, now.terms)),
        tuple(real_changes(changes, items)),
    )


def occasion(report: Report) -> Occasion:
    """The screening of a report as `compare` reads it."""
    return Occasion(report.facts, report.assessment, report.examiner, report.terms.items)


def _row(item: Item, then: Report, now: Report, changes: Sequence[Change]) -> Row:
    held = {f.side for report in (then, now) for f in report.facts.findings if f.item == item.id}
    keys = item.keys()
    sides = [side for side in keys if side or None in held]
    cells = {side: _cell(item, side, then, now, changes) for side in sides}
    return Row(item_name(item), cells.get(Side.LEFT), cells.get(Side.RIGHT), cells.get(None))


def _cell(item: Item, side: Side | None, then: Report, now: Report, changes: Sequence[Change]) -> Cell:
    before, after = (occasion(report).finding(item.id, side) for report in (then, now))
    return Cell(
        finding_words(before, item, then.terms.words),
        finding_words(after, item, now.terms.words),
        tuple(judgement(change, item) for change in changes if (change.item, change.side) == (item.id, side)),
    )
