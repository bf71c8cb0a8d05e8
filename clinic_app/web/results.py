"""An assessment as the review and the signed record show it: a row a muscle group, left and right of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from flask_babel import ngettext

from clinic_app.domain.assessment import Assessment, Flag, GroupResult, Note
from clinic_app.domain.finding import Finding
from clinic_app.domain.protocol import Group, Side, Sides
from clinic_app.domain.report import Report, ReportDecision, Terms
from clinic_app.web.wording import (
    Reason,
    cannot_say_sentence,
    class_word,
    compensation_words,
    finding_words,
    flag_reason,
    group_word,
    item_name,
    not_interpretable_sentence,
    note_sentence,
)
from clinic_app.web.wording.language import say as _

CONFLICT = "N-CONTRA"


@dataclass(frozen=True)
class Why:
    """One reason with the rule that it can be looked up under."""

    rule: str
    reason: Reason
    counts: bool


@dataclass(frozen=True)
class Cell:
    """One group on one side: the class to act on, the one computed, and everything that stands behind it."""

    side: Side
    cls: str
    computed: str
    conflict: bool
    sentence: str
    overruled: ReportDecision | None
    whys: tuple[Why, ...]
    more: tuple[str, ...]


@dataclass(frozen=True)
class GroupRow:
    """A muscle group with both of its sides."""

    id: str
    name: str
    muscles: str
    left: Cell
    right: Cell

    @property
    def sides(self) -> tuple[Cell, Cell]:
        """Left before right."""
        return self.left, self.right

    @property
    def summary(self) -> str:
        """What stands on the line that opens the reasons."""
        count = sum(len(cell.whys) for cell in self.sides)
        if not count:
            return _("Why")
        return str(ngettext("Why: %(num)d finding", "Why: %(num)d findings", count))


@dataclass(frozen=True)
class Recorded:
    """One test with what was recorded on each side."""

    name: str
    left: str
    right: str


def group_rows(report: Report) -> list[GroupRow]:
    """The four groups in their order."""
    return [_row(group, report) for group in Group]


def general_notes(report: Report) -> list[str]:
    """The notes that belong to no group."""
    return [note_sentence(note, report.terms) for note in report.assessment.notes if note.group is None]


def recorded(report: Report) -> list[Recorded]:
    """Everything recorded, test by test, in the order of the protocol; an unrecorded side says so."""
    by_place = {(finding.item, finding.side): finding for finding in report.facts.findings}
    items = [item for item in report.terms.order if any(place[0] == item for place in by_place)]
    return [row for item in items for row in _recorded(item, by_place, report.terms)]


def _recorded(
    item: str, by_place: dict[tuple[str, Side | None], Finding], terms: Terms
) -> Iterator[Recorded]:
    """One row with both sides, and one for what was recorded of the whole person."""
    known = terms.items[item]

    def said(side: Side | None) -> str:
        finding = by_place.get((item, side))
        seen = compensation_words(finding, known) if finding else ""
        parts = (finding_words(finding, known, terms.words), seen, finding.note if finding else "")
        return ". ".join(part for part in parts if part)

    if known.sides is not Sides.NONE and any((item, side) in by_place for side in Side):
        yield Recorded(item_name(known), said(Side.LEFT), said(Side.RIGHT))
    if (item, None) in by_place:
        yield Recorded(item_name(known), said(None), "")


def _row(group: Group, report: Report) -> GroupRow:
    terms = report.terms
    left, right = (_cell(report.assessment.result(group, side), report) for side in Side)
    return GroupRow(
        group.value, group_word(group, terms.words), _(terms.words["group_muscles"][group]), left, right
    )


def _cell(result: GroupResult, report: Report) -> Cell:
    terms, assessment = report.terms, report.assessment
    notes = [note for note in assessment.notes if (note.group, note.side) == (result.group, result.side)]
    return Cell(
        side=result.side,
        cls=result.final.value,
        computed=class_word(result.cls, terms.words),
        conflict=any(note.id == CONFLICT for note in notes),
        sentence=cannot_say_sentence(result, report.facts, terms)
        if result.cannot_say
        else _confidence(result, terms),
        overruled=report.decision("class", result.group, result.side),
        whys=tuple(_why(flag, result.side, terms) for flag in _counting_first(result.flags)),
        more=tuple(_more(result, notes, terms)),
    )


def _confidence(result: GroupResult, terms: Terms) -> str:
    return _(terms.words["confidence"][result.confidence]) if result.confidence else ""


def _counting_first(flags: Iterable[Flag]) -> list[Flag]:
    return sorted(flags, key=lambda flag: not flag.counts)


def _why(flag: Flag, side: Side, terms: Terms) -> Why:
    return Why(flag.rule, flag_reason(flag, side, terms), flag.counts)


def _more(result: GroupResult, notes: list[Note], terms: Terms) -> Iterator[str]:
    yield from (not_interpretable_sentence(unread, result, terms) for unread in result.not_interpretable)
    yield from (note_sentence(note, terms) for note in notes)


def missing_words(assessment: Assessment, terms: Terms) -> list[tuple[str, str]]:
    """What is not recorded, each item once with its sides: the item's id, and the words."""
    sides: dict[str, list[str]] = {}
    for missing in assessment.missing:
        sides.setdefault(missing.item, []).append(
            _(terms.words["side"][missing.side]).lower() if missing.side else ""
        )
    return [(item, _gap(terms, item, named)) for item, named in sides.items()]


def _gap(terms: Terms, item: str, sides: list[str]) -> str:
    name, named = item_name(terms.items[item]), [side for side in sides if side]
    return f"{name}, {_(' and ').join(named)}" if named else name
