"""From the flags of one group on one side to its class; the same for every protocol and every family."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from clinic_app.domain.assessment import CannotSay, Confidence, Flag, GroupResult, NotInterpretable
from clinic_app.domain.grade import Grade
from clinic_app.domain.protocol import Group, Side
from clinic_app.domain.rules import Numbers
from clinic_app.domain.screening import Class


@dataclass(frozen=True)
class Strength:
    """What is known of one group on one side before it is classed.

    `grade` is the weakest interpretable manual grade, `z` the lowest standard score, `lsi` the side
    comparison in % (one decimal), `lag` a positive lag sign that may be read, `force` that a force may be
    read; `silent` names rules met without a flag; `hindrance` is why a test of the group was not done or
    not read, where one was not.
    """

    group: Group
    side: Side
    flags: tuple[Flag, ...] = ()
    grade: Grade | None = None
    z: Decimal | None = None
    lsi: Decimal | None = None
    lag: bool = False
    force: bool = False
    silent: tuple[str, ...] = ()
    not_interpretable: tuple[NotInterpretable, ...] = ()
    hindrance: CannotSay = CannotSay.NOT_TESTED

    @property
    def anchor(self) -> bool:
        """An absolute measure can be read: a manual grade or a standard score."""
        return self.grade is not None or self.z is not None

    @property
    def tested(self) -> bool:
        """A direct test can be read, be it only a side comparison."""
        return self.anchor or self.lsi is not None or self.lag


def combine(strength: Strength, numbers: Numbers) -> GroupResult:
    """Class one group on one side from its flags, of which only the highest of each family counts."""
    flags = mark_counting(strength.flags)
    cls = class_of([flag for flag in flags if flag.counts], strength)
    return GroupResult(
        group=strength.group,
        side=strength.side,
        cls=cls,
        cannot_say=_reason(strength) if cls is Class.CANNOT_SAY else None,
        confidence=_confidence(strength, numbers) if cls is Class.NONE_FOUND else None,
        flags=flags,
        not_interpretable=strength.not_interpretable,
        has_absolute_measure=strength.anchor,
        grade=strength.grade,
    )


def mark_counting(flags: Iterable[Flag]) -> tuple[Flag, ...]:
    """Put the highest level first, and mark in each family the first flag: it counts."""
    marked: list[Flag] = []
    families: set[str] = set()
    for flag in sorted(flags, key=lambda flag: -flag.level):
        counts = flag.family not in families
        marked.append(Flag(**{**vars(flag), "counts": True}) if counts else flag)
        families.add(flag.family)
    return tuple(marked)


def class_of(counting: list[Flag], strength: Strength) -> Class:
    """The class that the counting flags give; indirect tests alone cap at possible."""
    cls = _class_of_levels(counting)
    if cls is None:
        return Class.NONE_FOUND if strength.anchor else Class.CANNOT_SAY
    return cls if strength.tested else Class.POSSIBLE


def _class_of_levels(counting: list[Flag]) -> Class | None:
    levels = [flag.level for flag in counting]
    if not levels:
        return None
    strong = sum(level >= 3 for level in levels)
    supporting, screening = levels.count(2), levels.count(1)
    direct = {flag.level for flag in counting if flag.direct}
    if 4 in levels or strong >= 2 or (strong and supporting >= 2):
        return Class.MARKED
    if strong or (2 in direct and (supporting >= 2 or screening >= 2)):
        return Class.PROBABLE
    return Class.POSSIBLE if supporting or 1 in direct or screening >= 2 else None


def _reason(strength: Strength) -> CannotSay:
    force_only = strength.force and strength.hindrance is not CannotSay.PAIN_LIMITED
    return CannotSay.NO_ABSOLUTE_REFERENCE if force_only else strength.hindrance


def _confidence(strength: Strength, numbers: Numbers) -> Confidence:
    symmetric = strength.lsi is not None and strength.lsi >= numbers.lsi_1.value
    above_line = strength.z is not None and strength.z > numbers.z_1.value
    if strength.grade is Grade.G5 and symmetric and above_line:
        return Confidence.HIGHER
    return Confidence.MODERATE if symmetric or above_line else Confidence.LOW
