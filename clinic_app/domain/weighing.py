"""Weighs every usable finding of a screening, and gathers what is known of each group on each side."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from clinic_app.domain.assessment import Force, Information, Note, NotInterpretable, Symmetry
from clinic_app.domain.combine import Strength
from clinic_app.domain.course import Course
from clinic_app.domain.dynamometry import Dynamometry, dynamometry_of
from clinic_app.domain.finding import Finding
from clinic_app.domain.flags import Weighed, informing, weigh
from clinic_app.domain.hindrance import hindrance_of
from clinic_app.domain.pain import PainEffect
from clinic_app.domain.pairs import asymmetry, grades_in, led_by_tfl, shorter_bridge, uneven_side_bridge
from clinic_app.domain.protocol import Group, Side
from clinic_app.domain.readings import Reading, reading_of
from clinic_app.domain.rules import Family

Pair: TypeAlias = tuple[Group, Side]


@dataclass(frozen=True)
class Weighing:
    """What is known of each group on each side, what informs without counting, and the forces."""

    strengths: Mapping[Pair, Strength]
    information: tuple[Information, ...]
    notes: tuple[Note, ...]
    forces: tuple[Force, ...]
    symmetry: tuple[Symmetry, ...]


def weigh_all(course: Course) -> Weighing:
    """Weigh the usable findings, in the order of the protocol."""
    measured = dynamometry_of(course)
    readings = list(_readings(course, measured))
    subject, library = course.screening.subject, course.library
    everything = [weighed for reading in readings for weighed in weigh(reading, subject, library)]
    everything += _unread(measured, course)
    heard: dict[Pair, list[Weighed]] = {(group, side): [] for group in Group for side in Side}
    for weighed in everything:
        heard[weighed.group, weighed.side].append(weighed)
    in_order = [weighed for of_pair in heard.values() for weighed in of_pair]
    grades = grades_in(iter(in_order))
    informs = [information for weighed in in_order for information in weighed.information]
    remarks = [note for weighed in in_order for note in weighed.notes]
    general = [line for reading in readings for line in informing(reading, subject, library)]
    return Weighing(
        {pair: _strength(course, pair, of_pair, measured) for pair, of_pair in heard.items()},
        information=(
            *informs,
            *general,
            *uneven_side_bridge(course),
            *measured.information,
            *_set_aside_without_group(course),
        ),
        notes=tuple(dict.fromkeys((*remarks, *asymmetry(grades, course), *led_by_tfl(grades, course)))),
        forces=measured.forces,
        symmetry=measured.symmetry,
    )


def _readings(course: Course, measured: Dynamometry) -> Iterator[Reading]:
    """Every reading, in the order of the protocol; a positive that a precaution makes not valid informs."""
    for finding in course.usable.findings.values():
        if reading := reading_of(finding, course.library.rules):
            yield _checked(reading, finding, course)
    if bridge := shorter_bridge(course):
        yield bridge
    yield from measured.readings


def _checked(reading: Reading, finding: Finding, course: Course) -> Reading:
    not_valid_by = course.not_valid_by(finding)
    if not not_valid_by:
        return reading
    effect = PainEffect(not_valid_by, informs_only=True)
    return Reading(reading.item, reading.side, reading.shown, reading.values, effect=effect)


def _unread(measured: Dynamometry, course: Course) -> Iterable[Weighed]:
    """Forces that may not be read, of the group that they would have told of."""
    for unread in measured.unread:
        group = course.library.rules.groups[unread.item]
        yield Weighed(
            unread.item,
            group,
            unread.side,
            not_interpretable=(NotInterpretable(unread.item, unread.because),),
            notes=tuple(Note(note, group, unread.side, unread.item) for note in unread.notes),
        )


def _strength(course: Course, pair: Pair, heard: list[Weighed], measured: Dynamometry) -> Strength:
    group, side = pair
    flags = [flag for weighed in heard for flag in weighed.flags]
    grades = [weighed.grade for weighed in heard if weighed.grade]
    unread = [entry for weighed in heard for entry in weighed.not_interpretable]
    forces = [f for f in measured.forces if f.side is side and _tells_of(f.item, group, course)]
    readable = [force for force in forces if force.interpretable]
    scores = [force.score.z for force in readable if force.score.z is not None]
    items = {force.item for force in readable}
    ratios = [one.lsi for one in measured.symmetry if one.item in items and one.lsi is not None]
    return Strength(
        *pair,
        flags=tuple(flags),
        grade=min(grades, key=lambda grade: grade.rank, default=None),
        z=min(scores, default=None),
        lsi=min(ratios, default=None),
        lag=Family.LAG in [flag.family for flag in flags],
        force=bool(readable),
        silent=tuple([rule for weighed in heard for rule in weighed.silent]),
        not_interpretable=(*unread, *_set_aside(course, pair)),
        hindrance=hindrance_of(pair, heard, course),
    )


def _tells_of(item: str, group: Group, course: Course) -> bool:
    return course.library.rules.groups[item] is group


def _set_aside(course: Course, pair: Pair) -> list[NotInterpretable]:
    group, side = pair
    return [
        NotInterpretable(aside.named, aside.because)
        for aside in course.usable.set_aside
        if aside.finding.side in (side, None) and group in course.library.items[aside.finding.item].groups
    ]


def _set_aside_without_group(course: Course) -> list[Information]:
    return [
        Information(aside.because, aside.finding.side, item=aside.named)
        for aside in course.usable.set_aside
        if not course.library.items[aside.finding.item].groups
    ]
