"""The course of one screening: what is closed, what may be read, what is open, and what is missing."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from clinic_app.domain.assessment import ClosedItem, Missing, OpenItem
from clinic_app.domain.closing import Closing, closings
from clinic_app.domain.finding import Finding
from clinic_app.domain.library import Library
from clinic_app.domain.opening import opened_items
from clinic_app.domain.protocol import Inclusion, Item, Line, Side
from clinic_app.domain.screening import Screening
from clinic_app.domain.usable import Usable, usable_findings

REVIEW = "review"
WITHOUT_FINDING = frozenset({"red_flags", "precautions", "demographics", REVIEW})


@dataclass(frozen=True)
class Course:
    """A screening beside what the precautions close in it and what its findings open.

    `places`: every item of the protocol in order, then those opened by hand, then others that hold a finding,
    each with its sides.
    """

    screening: Screening
    library: Library
    closed: Mapping[str, tuple[Closing, ...]]
    usable: Usable
    opened: tuple[OpenItem, ...]
    recorded: Mapping[tuple[str, Side | None], Finding]
    places: tuple[tuple[Item, Side | None], ...]

    def closing(self, item: str, side: Side | None) -> Closing | None:
        """What closes the item itself on this side, if anything does."""
        closed = self.closed.get(item, ())
        return next((closing for closing in closed if closing.whole and closing.on(side)), None)

    def not_valid_by(self, finding: Finding) -> str:
        """The precaution that makes a positive result of this finding not valid; empty when none does."""
        for row in self.screening.precautions.rows:
            holds = not row.cleared and row.side in (None, finding.side)
            if holds and finding.item in self.library.precautions[row.id].not_valid:
                return row.id
        return ""

    def included(self) -> dict[str, bool]:
        """Each item of the course that takes findings, and whether it is core or opened."""
        opened = {item.item for item in self.opened}
        return {
            line.item: line.inclusion is Inclusion.CORE or line.item in opened
            for line in lines_of(self)
            if line.item not in WITHOUT_FINDING
        }


def lines_of(course: Course) -> tuple[Line, ...]:
    """The lines of the protocol in order; items opened or recorded beside it stand before the review."""
    lines = course.library.protocols[course.screening.protocol].lines
    asked = course.library.protocols[course.screening.protocol].items
    beside = dict.fromkeys([item.id for item, _side in course.places if item.id not in asked])
    before = [line for line in lines if line.item != REVIEW]
    last = [line for line in lines if line.item == REVIEW]
    return (*before, *(Line(item, Inclusion.OPTIONAL) for item in beside), *last)


def course_of(screening: Screening, library: Library) -> Course:
    """Work out what is closed, readable and open."""
    places = _places(screening, library)
    screening = replace(screening, findings=_in_order(screening.findings, places))
    closed = closings(screening, library)
    usable = usable_findings(screening, library, closed)
    return Course(
        screening,
        library,
        closed,
        usable,
        opened=opened_items(screening, usable, library),
        recorded={(finding.item, finding.side): finding for finding in screening.findings},
        places=places,
    )


def _places(screening: Screening, library: Library) -> tuple[tuple[Item, Side | None], ...]:
    asked = library.protocols[screening.protocol].items
    others = sorted({finding.item for finding in screening.findings})
    names = dict.fromkeys((*asked, *screening.opened, *others))
    return tuple([place for name in names for place in library.items[name].places])


def _in_order(
    findings: tuple[Finding, ...], places: tuple[tuple[Item, Side | None], ...]
) -> tuple[Finding, ...]:
    """The findings as the protocol lists them, whatever the order of entry."""
    by_place = {(finding.item, finding.side): finding for finding in findings}
    in_order = [(item.id, side) for item, side in places]
    return tuple([by_place[place] for place in in_order if place in by_place])


def closed_items(course: Course) -> tuple[ClosedItem, ...]:
    """Each item and side that is closed, with every precaution that closes it."""
    closed = [
        ClosedItem(item.id, side, closing.because)
        for item, side in course.places
        for closing in course.closed.get(item.id, ())
        if closing.whole and closing.on(side)
    ]
    return tuple(dict.fromkeys(closed))


def missing_items(course: Course) -> tuple[Missing, ...]:
    """Each core or opened item and side that is not closed and holds no finding."""
    included = course.included()
    return tuple(
        [
            Missing(item.id, side)
            for item, side in course.places
            if included.get(item.id) and is_missing(course, item.id, side)
        ]
    )


def is_missing(course: Course, item: str, side: Side | None) -> bool:
    """Nothing was recorded here and nothing closes it."""
    return (item, side) not in course.recorded and course.closing(item, side) is None
