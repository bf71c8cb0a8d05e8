"""What a changed setting would have changed over the screenings signed last; the records stay as signed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from clinic_app.domain.assess import assess
from clinic_app.domain.assessment import Assessment
from clinic_app.domain.library import Library
from clinic_app.domain.protocol import Group, Side
from clinic_app.domain.screening import Class, Screening
from clinic_app.exchange.report_json import facts_from_json
from clinic_app.records.screening import last_signed

LAST = 100


@dataclass(frozen=True)
class ClassChange:
    """A class that would have been another."""

    group: Group
    side: Side
    before: Class
    after: Class


@dataclass(frozen=True)
class Changed:
    """A signed screening that would have come out otherwise; `beside` names what else differs."""

    screening_id: int
    taken_on: date
    classes: tuple[ClassChange, ...]
    beside: tuple[str, ...]


@dataclass(frozen=True)
class Effect:
    """How many screenings were worked out, which would have changed, and how many could not be."""

    looked_at: int
    changed: tuple[Changed, ...]
    passed_over: int


def effect_of(session: Session, now: Library, proposed: Library) -> Effect:
    """The last signed screenings, each with the content of today and with the proposed one."""
    signed = [(number, on, facts_from_json(report)) for number, on, report in last_signed(session, LAST)]
    known = [(number, on, facts) for number, on, facts in signed if _fits(facts, now)]
    found = (_changed(number, on, facts, now, proposed) for number, on, facts in known)
    return Effect(len(known), tuple(one for one in found if one), len(signed) - len(known))


def _fits(facts: Screening, library: Library) -> bool:
    """The content still has the protocol and every test that the record holds."""
    return facts.protocol in library.protocols and all(
        finding.item in library.items for finding in facts.findings
    )


def _changed(number: int, on: date, facts: Screening, now: Library, proposed: Library) -> Changed | None:
    before, after = assess(facts, now), assess(facts, proposed)
    classes = tuple(
        ClassChange(old.group, old.side, old.cls, new.cls)
        for old, new in zip(before.groups, after.groups, strict=True)
        if old.cls is not new.cls
    )
    beside = tuple(_beside(before, after))
    return Changed(number, on, classes, beside) if classes or beside else None


def _beside(before: Assessment, after: Assessment) -> Iterator[str]:
    """What differs beside the classes, a name for each."""
    read: dict[str, Any] = {
        "advice": lambda one: one.safety.advice,
        "patterns": lambda one: [(pattern.id, pattern.side) for pattern in one.patterns],
        "lower_limb": lambda one: one.lower_limb,
        "notes": lambda one: [(note.id, note.group, note.side) for note in one.notes],
        "closed": lambda one: [(closed.item, closed.side) for closed in one.closed],
        "confidence": lambda one: [result.confidence for result in one.groups],
        "reasons": lambda one: [{(flag.rule, flag.level) for flag in result.flags} for result in one.groups],
    }
    return (name for name, part in read.items() if part(before) != part(after))
