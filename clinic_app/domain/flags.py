"""From one usable finding to its flags: which rules it meets, at which level, and what pain leaves of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from clinic_app.domain.assessment import Flag, Information, Note, NotInterpretable
from clinic_app.domain.finding import Finding
from clinic_app.domain.grade import Grade
from clinic_app.domain.pain import PainEffect, function_test, manual_test, stance_test
from clinic_app.domain.protocol import Group
from clinic_app.domain.rules import Rule, Rules, Step

LABELS = {4: "strong", 3: "strong", 2: "supporting", 1: "screening", 0: "info"}


@dataclass(frozen=True)
class Weighed:
    """What one finding says of one group on its side; `silent` names rules met that raise no flag."""

    item: str
    group: Group
    flags: tuple[Flag, ...] = ()
    information: tuple[Information, ...] = ()
    not_interpretable: tuple[NotInterpretable, ...] = ()
    notes: tuple[Note, ...] = ()
    silent: tuple[str, ...] = ()
    grade: Grade | None = None


@dataclass(frozen=True)
class _Test:
    """How an item is read: the values that rules know, the value shown, and what pain does to it."""

    values: Callable[[Finding], tuple[str, ...]]
    shown: Callable[[Finding], str]
    pain: Callable[[Finding, Rules], PainEffect]
    graded: bool = False


def _grade(finding: Finding) -> str:
    return str(finding.values["grade"])


def _result(finding: Finding) -> str:
    return str(finding.values["result"])


def _rating(finding: Finding) -> str:
    return str(finding.values.get("rating", ""))


def _gait_patterns(finding: Finding) -> tuple[str, ...]:
    patterns = finding.values["patterns"]
    return tuple(map(str, patterns)) if isinstance(patterns, tuple) else ()


def _degree(finding: Finding) -> str:
    return str(finding.values.get("degree") or "mild")


def _gait(finding: Finding) -> tuple[str, ...]:
    degree = _degree(finding)
    return tuple(f"{pattern} {degree}" for pattern in _gait_patterns(finding))


def _gait_shown(finding: Finding) -> str:
    return ", ".join((*_gait_patterns(finding), _degree(finding)))


def _one(read: Callable[[Finding], str]) -> Callable[[Finding], tuple[str, ...]]:
    return lambda finding: (read(finding),)


_MANUAL = _Test(_one(_grade), _grade, manual_test, graded=True)

_TESTS: Mapping[str, _Test] = {
    "mmt_hip_abduction": _MANUAL,
    "mmt_hip_extension": _MANUAL,
    "trendelenburg_30s": _Test(_one(_result), _result, stance_test),
    "gait_observation": _Test(_gait, _gait_shown, stance_test),
    "single_leg_squat": _Test(_one(_rating), _rating, function_test),
}


def weigh(finding: Finding, rules: Rules, not_valid_by: str = "") -> tuple[Weighed, ...]:
    """What a usable finding says, once per group; `not_valid_by` makes a positive result not valid."""
    test = _TESTS.get(finding.item)
    if test is None:
        return ()
    seen = _Seen(finding, test, rules, not_valid_by)
    groups = dict.fromkeys(rule.group for rule in rules.reading(finding.item) if rule.group is not None)
    return tuple(_weigh(seen, group) for group in groups)


class _Seen:
    """A finding as its test reads it."""

    def __init__(self, finding: Finding, test: _Test, rules: Rules, not_valid_by: str) -> None:
        self.finding = finding
        self.graded = test.graded
        self.rules = rules.reading(finding.item)
        self.values = test.values(finding)
        self.shown = test.shown(finding)
        pain = test.pain(finding, rules)
        self.effect = PainEffect(not_valid_by, informs_only=True) if not_valid_by else pain

    def flags(self, group: Group) -> list[Flag]:
        """The flags that the finding raises for this group, information included."""
        steps = ((rule, rule.step(self.values)) for rule in self.rules if rule.group is group)
        return [_flag(self, rule, step) for rule, step in steps if step]

    def silent(self, group: Group) -> tuple[str, ...]:
        """The rules of this group that the finding meets without raising a flag."""
        rules = (rule for rule in self.rules if rule.group is group)
        return tuple(rule.id for rule in rules if not set(self.values).isdisjoint(rule.silent))


def _weigh(seen: _Seen, group: Group) -> Weighed:
    positive = seen.flags(group)
    unusable = seen.effect.unusable_by if positive else ""
    usable = not unusable and not seen.effect.informs_only
    finding, side = seen.finding, seen.finding.side
    informs = (
        positive if seen.effect.informs_only else [flag for flag in positive if usable and not flag.level]
    )
    return Weighed(
        finding.item,
        group,
        flags=tuple(flag for flag in positive if usable and flag.level),
        information=tuple(Information(flag.rule, side, flag.value, flag.item) for flag in informs),
        not_interpretable=(NotInterpretable(finding.item, unusable),) if unusable else (),
        notes=tuple(Note(note, group, side, finding.item) for note in seen.effect.notes),
        silent=seen.silent(group),
        grade=Grade(seen.shown) if seen.graded and not unusable else None,
    )


def _flag(seen: _Seen, rule: Rule, step: Step) -> Flag:
    level = max(step.level - 1, rule.lowest) if seen.effect.lowered_by else step.level
    return Flag(
        rule=rule.id,
        version=rule.version,
        family=rule.family or "",
        level=level,
        label=LABELS[level],
        direct=rule.direct,
        item=seen.finding.item,
        value=seen.shown,
        threshold=step.threshold,
        basis=step.basis,
        sources=step.sources,
        lowered_by=seen.effect.lowered_by,
    )
