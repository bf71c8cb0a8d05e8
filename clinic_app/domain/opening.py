"""Which conditional items are open, and because of what."""

from collections.abc import Iterable, Iterator
from functools import cache

from clinic_app.domain.assessment import OpenItem
from clinic_app.domain.finding import Value
from clinic_app.domain.grade import Grade
from clinic_app.domain.library import Library
from clinic_app.domain.protocol import Inclusion, Side
from clinic_app.domain.screening import Screening
from clinic_app.domain.trigger import Trigger
from clinic_app.domain.usable import Usable

BY_HAND = "therapist"

_SIDES = (*Side, None)


def opened_items(screening: Screening, usable: Usable, library: Library) -> tuple[OpenItem, ...]:
    """The items that something opens, each with the first reason found; then those opened by hand."""
    opened: dict[str, OpenItem] = {}
    for line in library.protocols[screening.protocol].lines:
        if line.inclusion is Inclusion.CONDITIONAL:
            for found in _opened(line.item, screening, usable, library):
                opened[line.item] = found
    for item in screening.opened:
        opened.setdefault(item, OpenItem(item, BY_HAND))
    return tuple(opened.values())


def _opened(item: str, screening: Screening, usable: Usable, library: Library) -> Iterable[OpenItem]:
    for trigger in library.items[item].opened_by:
        reasons = list(_reasons(trigger, screening, usable))
        if all(reasons):
            return [OpenItem(item, ", ".join(reasons), trigger.because)]
    return []


def _reasons(trigger: Trigger, screening: Screening, usable: Usable) -> Iterator[str]:
    """For each condition that is given, what meets it, or nothing."""
    age, answered = screening.subject.age, trigger.answered
    if trigger.sites:
        yield _first("symptom_location", "sites", trigger.sites, usable)
    if trigger.age_from is not None:
        yield f"age {age}" if age >= trigger.age_from else ""
    if trigger.graded_item:
        yield _first(trigger.graded_item, "grade", _at_most(trigger.grade), usable)
    if trigger.precautions:
        rows = [row.id for row in screening.precautions.rows]
        yield next((row for row in rows if row in trigger.precautions), "")
    if answered:
        yield _first(answered.item, answered.field, answered.answers, usable)


@cache
def _at_most(cut: str) -> tuple[str, ...]:
    return tuple(grade.value for grade in Grade if grade.at_most(Grade(cut)))


def _first(item: str, field: str, answers: tuple[str, ...], usable: Usable) -> str:
    """The first usable finding that gives one of the answers, as `item side answer`."""
    for side in _SIDES:
        finding = usable.get(item, side)
        words = _words(finding.values.get(field)) if finding else ()
        for answer in answers:
            if answer in words:
                return " ".join(part for part in (item, side, answer) if part)
    return ""


def _words(value: Value) -> tuple[str, ...]:
    if isinstance(value, bool):
        return ("yes" if value else "no",)
    return tuple(map(str, value)) if isinstance(value, tuple) else (str(value),)
