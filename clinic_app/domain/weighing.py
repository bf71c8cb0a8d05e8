"""Weighs every usable finding of a screening, and gathers what is known of each group on each side."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from clinic_app.domain.assessment import Information, Note, NotInterpretable
from clinic_app.domain.combine import Strength
from clinic_app.domain.course import Course
from clinic_app.domain.finding import Finding
from clinic_app.domain.flags import Weighed, weigh
from clinic_app.domain.hindrance import hindrance_of
from clinic_app.domain.protocol import Group, Side

Pair: TypeAlias = tuple[Group, Side]
ASYMMETRY = "MMT-A4"


@dataclass(frozen=True)
class Weighing:
    """What is known of each group on each side, and what informs without counting."""

    strengths: Mapping[Pair, Strength]
    information: tuple[Information, ...]
    notes: tuple[Note, ...]


def weigh_all(course: Course) -> Weighing:
    """Weigh the usable findings, in the order of the protocol."""
    heard: dict[Pair, list[Weighed]] = {(group, side): [] for group in Group for side in Side}
    for item, side in course.places:
        finding = course.usable.get(item.id, side)
        if finding and side:
            for weighed in weigh(finding, course.library.rules, _not_valid_by(finding, course)):
                heard[weighed.group, side].append(weighed)
    everything = [weighed for of_pair in heard.values() for weighed in of_pair]
    informs = [information for weighed in everything for information in weighed.information]
    remarks = [note for weighed in everything for note in weighed.notes]
    return Weighing(
        {pair: _strength(course, pair, of_pair) for pair, of_pair in heard.items()},
        information=(*informs, *_set_aside_without_group(course)),
        notes=(*remarks, *_asymmetry(heard, course)),
    )


def _strength(course: Course, pair: Pair, heard: list[Weighed]) -> Strength:
    grades = [weighed.grade for weighed in heard if weighed.grade]
    unread = [entry for weighed in heard for entry in weighed.not_interpretable]
    return Strength(
        *pair,
        flags=tuple(flag for weighed in heard for flag in weighed.flags),
        grade=min(grades, key=lambda grade: grade.rank, default=None),
        silent=tuple(rule for weighed in heard for rule in weighed.silent),
        not_interpretable=(*unread, *_set_aside(course, pair)),
        hindrance=hindrance_of(pair, unread, course),
    )


def _not_valid_by(finding: Finding, course: Course) -> str:
    """The precaution that makes a positive result of this finding not valid."""
    for row in course.screening.precautions.rows:
        holds = not row.cleared and row.side in (None, finding.side)
        if holds and finding.item in course.library.precautions[row.id].not_valid:
            return row.id
    return ""


def _set_aside(course: Course, pair: Pair) -> list[NotInterpretable]:
    group, side = pair
    return [
        NotInterpretable(aside.named, aside.because)
        for aside in course.usable.set_aside
        if aside.finding.side is side and group in course.library.items[aside.finding.item].groups
    ]


def _set_aside_without_group(course: Course) -> list[Information]:
    return [
        Information(aside.because, aside.finding.side, item=aside.named)
        for aside in course.usable.set_aside
        if not course.library.items[aside.finding.item].groups
    ]


def _asymmetry(heard: Mapping[Pair, list[Weighed]], course: Course) -> Iterator[Note]:
    """MMT-A4: one side at least a grade below the other; it never adds a flag."""
    rule = course.library.rules.by_id[ASYMMETRY]
    for item in rule.items:
        grades = {
            side: weighed.grade
            for (_, side), of_pair in heard.items()
            for weighed in of_pair
            if weighed.item == item and weighed.grade
        }
        if len(set(grades.values())) == 2:
            weaker = min(grades, key=lambda side: grades[side].rank)
            yield Note(ASYMMETRY, rule.group, weaker, item)
