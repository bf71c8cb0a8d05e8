"""Where a screening stands: for each step what is done, missing or closed, and how long the rest takes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from clinic_app.domain.closing import Closing
from clinic_app.domain.course import REVIEW, WITHOUT_FINDING, Course, course_of, is_missing, lines_of
from clinic_app.domain.library import Library
from clinic_app.domain.protocol import Inclusion, Item, Line, Side
from clinic_app.domain.safety_gate import PRECAUTIONS, check_safety
from clinic_app.domain.screening import Screening


class State(StrEnum):
    """What stands recorded for a step on one side. Not done is an answer; missing is none."""

    DONE = "done"
    NOT_DONE = "not_done"
    MISSING = "missing"
    CLOSED = "closed"


@dataclass(frozen=True)
class Step:
    """One line of the protocol for this screening, or an item opened by hand beside it.

    `included`: core, opened, or optional and taken up. `opened_because` says in words what opened it;
    `states` and `closed` are by side (None where the item has none); `closed_parts` are fields that are
    closed, or of which an answer is, with the reason.
    """

    item: Item
    inclusion: Inclusion
    included: bool
    minutes: Decimal
    opened_because: str
    states: Mapping[Side | None, State]
    closed: Mapping[Side | None, Closing]
    closed_parts: Mapping[str, str]

    @property
    def open_sides(self) -> tuple[Side | None, ...]:
        """The sides on which something is still to be recorded."""
        return tuple(side for side, state in self.states.items() if state is State.MISSING)

    @property
    def finished(self) -> bool:
        """Nothing is left to record here."""
        return not self.open_sides


def steps(screening: Screening, library: Library) -> tuple[Step, ...]:
    """The steps of the screening's protocol in order; what was opened beside it comes before the review."""
    course = course_of(screening, library)
    return tuple(_step(line, course) for line in lines_of(course))


def minutes_left(of: tuple[Step, ...]) -> Decimal:
    """The minutes of what is included and still to be recorded; half a step done leaves half its minutes."""
    return sum((_share(step) for step in of if step.included), Decimal())


def first_gap(of: tuple[Step, ...]) -> Step | None:
    """The first included step with something to record; None when only the review is left."""
    asked = (step for step in of if step.included and step.item.id not in _NO_GAP)
    return next((step for step in asked if not step.finished), None)


_NO_GAP = frozenset({"demographics", REVIEW})


def _share(step: Step) -> Decimal:
    return step.minutes * len(step.open_sides) / len(step.states)


def _step(line: Line, course: Course) -> Step:
    item = course.library.items[line.item]
    opened = next((one for one in course.opened if one.item == line.item), None)
    sides = item.keys()
    recorded = any((item.id, side) in course.recorded for side in sides)
    return Step(
        item=item,
        inclusion=line.inclusion,
        included=line.inclusion is Inclusion.CORE or opened is not None or recorded,
        minutes=item.minutes if line.minutes is None else line.minutes,
        opened_because=opened.reason if opened else "",
        states={side: _state(item, side, course) for side in sides},
        closed={side: closing for side in sides if (closing := course.closing(item.id, side))},
        closed_parts=_closed_parts(item, course),
    )


def _closed_parts(item: Item, course: Course) -> dict[str, str]:
    closed = course.closed.get(item.id, ())
    return {field: closing.reason for closing in closed for field in closing.parts}


def _state(item: Item, side: Side | None, course: Course) -> State:
    if item.id in WITHOUT_FINDING:
        return State.DONE if _ANSWERED[item.id](course) else State.MISSING
    finding = course.recorded.get((item.id, side))
    if finding:
        return State.DONE if finding.done else State.NOT_DONE
    return State.MISSING if is_missing(course, item.id, side) else State.CLOSED


def _red_flags_answered(course: Course) -> bool:
    return set(check_safety(course.screening, course.library).unanswered) <= {PRECAUTIONS}


def _measured(course: Course) -> bool:
    subject = course.screening.subject
    given = (subject.height_cm, subject.mass_kg, subject.kicking_leg, subject.activity, subject.sport)
    return ("demographics", None) in course.recorded or any(value is not None for value in given)


_ANSWERED: Mapping[str, Callable[[Course], bool]] = {
    "red_flags": _red_flags_answered,
    "precautions": lambda course: course.screening.precautions.answered,
    "demographics": _measured,
    REVIEW: lambda _course: False,
}
