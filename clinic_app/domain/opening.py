"""Which conditional items are open, and because of what."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from clinic_app.domain.assessment import OpenItem
from clinic_app.domain.grade import Grade
from clinic_app.domain.library import Library
from clinic_app.domain.protocol import Inclusion, Side
from clinic_app.domain.screening import Screening
from clinic_app.domain.trigger import AgeFrom, GradeAtMost, PrecautionHeld, SitesNamed, Trigger
from clinic_app.domain.usable import Usable


def opened_items(screening: Screening, usable: Usable, library: Library) -> tuple[OpenItem, ...]:
    """The conditional items of the protocol that something opens, each with the first reason found."""
    opened: list[OpenItem] = []
    for line in library.protocols[screening.protocol].lines:
        if line.inclusion is Inclusion.CONDITIONAL:
            opened.extend(_opened(line.item, screening, usable, library))
    return tuple(opened)


def _opened(item: str, screening: Screening, usable: Usable, library: Library) -> Iterable[OpenItem]:
    for trigger in library.items[item].opened_by:
        because = _BECAUSE[type(trigger)](trigger, screening, usable)
        if because:
            return [OpenItem(item, because, trigger.because)]
    return []


def _sites(trigger: SitesNamed, _screening: Screening, usable: Usable) -> str:
    for side in Side:
        finding = usable.get("symptom_location", side)
        sites = finding.values.get("sites") if finding else None
        named = [site for site in trigger.sites if isinstance(sites, tuple) and site in sites]
        if named:
            return f"symptom_location {side} {named[0]}"
    return ""


def _age(trigger: AgeFrom, screening: Screening, _usable: Usable) -> str:
    age = screening.subject.age
    return f"age {age}" if age >= trigger.age_from else ""


def _grade(trigger: GradeAtMost, _screening: Screening, usable: Usable) -> str:
    for side in Side:
        finding = usable.get(trigger.graded_item, side)
        if finding:
            grade = Grade(str(finding.values["grade"]))
            if grade.at_most(Grade(trigger.grade)):
                return f"{trigger.graded_item} {side} {grade}"
    return ""


def _precaution(trigger: PrecautionHeld, screening: Screening, _usable: Usable) -> str:
    rows = (row.id for row in screening.precautions.rows)
    return next((row for row in rows if row in trigger.precautions), "")


_BECAUSE: Mapping[type[Trigger], Callable[[Any, Screening, Usable], str]] = {
    SitesNamed: _sites,
    AgeFrom: _age,
    GradeAtMost: _grade,
    PrecautionHeld: _precaution,
}
