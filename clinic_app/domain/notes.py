"""Remarks added after the classes; none of them changes a class."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from clinic_app.domain.assessment import Flag, GroupResult, LowerLimb, Note
from clinic_app.domain.combine import Strength
from clinic_app.domain.protocol import Group, Side
from clinic_app.domain.rules import Family, Rules
from clinic_app.domain.screening import Class

_WEAK = (Class.POSSIBLE, Class.PROBABLE, Class.MARKED)
_MEASURED = (Family.MMT, Family.HHD_NORM)
_STRONG_LEVEL = 3


@dataclass(frozen=True)
class Classed:
    """A group on one side: what was known of it, and the class it got."""

    strength: Strength
    result: GroupResult

    @property
    def counting(self) -> list[Flag]:
        """The flags that count, one of each family."""
        return [flag for flag in self.result.flags if flag.counts]

    @property
    def weak(self) -> bool:
        """The class is possible or worse."""
        return self.result.cls in _WEAK


Pairs: TypeAlias = Mapping[tuple[Group, Side], Classed]


def notes_on(classed: Pairs, rules: Rules, limb: LowerLimb) -> tuple[Note, ...]:
    """All notes of section 5.5: of each side, of the two sides of a group, of the whole leg."""
    notes: list[Note] = []
    for group in Group:
        left, right = classed[group, Side.LEFT], classed[group, Side.RIGHT]
        for one in (left, right):
            notes.extend(_side_notes(one))
        notes.extend(_pair_notes(left, right, rules))
    if limb is LowerLimb.REDUCED:
        notes.append(Note("N-GENERAL"))
    return tuple(notes)


def _side_notes(one: Classed) -> Iterator[Note]:
    for note, (holds, suggest) in _SIDE.items():
        if holds(one):
            yield Note(note, one.result.group, one.result.side, suggest=suggest)


def _contradicts(one: Classed) -> bool:
    flags = one.result.flags
    return one.strength.anchor and bool(flags) and not any(flag.direct for flag in flags)


def _false_negative(one: Classed) -> bool:
    direct_strong = any(flag.direct and flag.level >= _STRONG_LEVEL for flag in one.result.flags)
    return direct_strong and "TRN-2" in one.strength.silent


def _within_error(one: Classed) -> bool:
    return [flag.rule for flag in one.counting] == ["HHD-L1"]


def _some_pain_limited(one: Classed) -> bool:
    stopped = any(entry.because == "PAIN-1" for entry in one.strength.not_interpretable)
    return stopped and one.result.cls is not Class.CANNOT_SAY


def _indirect_alone(one: Classed) -> bool:
    return one.weak and not one.strength.tested


_SIDE: Mapping[str, tuple[Callable[[Classed], bool], str]] = {
    "N-CONTRA": (_contradicts, "hhd"),
    "N-DIRECT": (_false_negative, ""),
    "N-LSIERR": (_within_error, ""),
    "N-PAINLIMITED": (_some_pain_limited, ""),
    "N-INDIRECT": (_indirect_alone, ""),
}


def _pair_notes(left: Classed, right: Classed, rules: Rules) -> Iterator[Note]:
    holds = {
        "N-BILAT": _measured_weak(left) and _measured_weak(right),
        "N-SYM": _symmetry_alone(left, right, rules),
        "N-STRONGASYM": _strong_asymmetry(left, right, rules),
    }
    for note, true in holds.items():
        if true:
            yield Note(note, left.result.group)


def _measured_weak(one: Classed) -> bool:
    return one.weak and any(flag.family in _MEASURED for flag in one.result.flags)


def _symmetry_alone(left: Classed, right: Classed, rules: Rules) -> bool:
    lsi = left.strength.lsi
    symmetric = lsi is not None and lsi >= rules.numbers.lsi_1.value
    return symmetric and not left.strength.anchor and not right.strength.anchor


def _strong_asymmetry(left: Classed, right: Classed, rules: Rules) -> bool:
    lsi, scores = left.strength.lsi, (left.strength.z, right.strength.z)
    asymmetric = lsi is not None and rules.numbers.lsi_2.value <= lsi < rules.numbers.lsi_1.value
    return asymmetric and all(z is not None and z >= 0 for z in scores)
