"""From one reading to its flags: which rules it meets, at which level, and what pain leaves of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from clinic_app.domain.assessment import Flag, Information, Note, NotInterpretable
from clinic_app.domain.grade import Grade
from clinic_app.domain.library import Library
from clinic_app.domain.protocol import Group, Side
from clinic_app.domain.readings import Reading
from clinic_app.domain.rules import Limits, Rule, Step
from clinic_app.domain.screening import Subject

LABELS = {4: "strong", 3: "strong", 2: "supporting", 1: "screening", 0: "info"}


@dataclass(frozen=True)
class Weighed:
    """What one reading says of one group on one side; `silent` names rules met that raise no flag.

    `stopped`: a positive strength test that pain left as information.
    """

    item: str
    group: Group
    side: Side
    flags: tuple[Flag, ...] = ()
    information: tuple[Information, ...] = ()
    not_interpretable: tuple[NotInterpretable, ...] = ()
    notes: tuple[Note, ...] = ()
    silent: tuple[str, ...] = ()
    grade: Grade | None = None
    stopped: bool = False


def weigh(reading: Reading, subject: Subject, library: Library) -> Iterator[Weighed]:
    """What a reading says, once per group; one without side is of both."""
    limits = limits_for(subject, library)
    for group, rules in library.rules.by_group(reading.item, reading.reads).items():
        of_age = [rule for rule in rules if rule.is_for(subject.age)]
        for side in (reading.side,) if reading.side else Side:
            yield _weigh(reading, group, side, of_age, limits)


def informing(reading: Reading, subject: Subject, library: Library) -> Iterator[Information]:
    """The rules without group that a reading meets: they only inform."""
    for rule in library.rules.informing.get(reading.item, ()):
        if rule.step(reading.values, reading.quantity, limits_for(subject, library)):
            yield Information(rule.id, reading.side, reading.shown, reading.item)


def limits_for(subject: Subject, library: Library) -> Limits:
    """The limit of each name for this person: a setting, or a cut-off for the age and sex."""

    def limit(name: str) -> Decimal | None:
        number = library.rules.number(name)
        norm = library.norms.get(name)
        return norm.limit(subject.age, subject.sex) if number is None and norm else number

    return limit


def _weigh(reading: Reading, group: Group, side: Side, rules: list[Rule], limits: Limits) -> Weighed:
    effect = reading.effect
    positive = [
        _flag(reading, rule, step, limits)
        for rule in rules
        if (step := rule.step(reading.values, reading.quantity, limits))
    ]
    if not positive:
        return _unflagged(reading, group, side, rules)
    unusable = effect.unusable_by
    usable = not unusable and not effect.informs_only
    informs = positive if effect.informs_only else [flag for flag in positive if usable and not flag.level]
    return Weighed(
        reading.item,
        group,
        side,
        flags=tuple(flag for flag in positive if usable and flag.level),
        information=tuple(Information(flag.rule, side, flag.value, flag.item) for flag in informs),
        not_interpretable=(NotInterpretable(reading.item, unusable),) if unusable else (),
        notes=tuple(Note(n, group, side, reading.item) for n in (*effect.notes, *effect.notes_if_weak)),
        grade=None if unusable else reading.grade,
        stopped=effect.stopped,
    )


def _unflagged(reading: Reading, group: Group, side: Side, rules: list[Rule]) -> Weighed:
    """A reading that meets no step: a clean test, which may still be painful, or speak silently."""
    return Weighed(
        reading.item,
        group,
        side,
        notes=tuple(Note(note, group, side, reading.item) for note in reading.effect.notes),
        silent=tuple(rule.id for rule in rules if any(v in rule.silent for v in reading.values)),
        grade=reading.grade,
    )


def _flag(reading: Reading, rule: Rule, step: Step, limits: Limits) -> Flag:
    level = max(step.level - 1, rule.lowest) if reading.effect.lowered_by and step.level else step.level
    level = 0 if rule.id in reading.capped else level
    return Flag(
        rule=rule.id,
        version=rule.version,
        family=rule.family or "",
        level=level,
        label=LABELS[level],
        direct=rule.direct,
        item=reading.item,
        value=reading.shown,
        threshold=threshold_words(step, limits),
        basis=step.basis,
        sources=(*step.sources, *reading.sources),
        lowered_by=reading.effect.lowered_by,
    )


class _Filled(dict[str, str]):
    """The names in a threshold that are no limit of its step: settings, by name."""

    def __init__(self, step: Step, limits: Limits) -> None:
        super().__init__({kind: _plain(limits(name)) for kind, name in step.limits.items()})
        self._limits = limits

    def __missing__(self, name: str) -> str:
        return _plain(self._limits(name))


def threshold_words(step: Step, limits: Limits) -> str:
    """What a step asks for, with its limits as they are for this person."""
    if "{" not in step.threshold:
        return step.threshold
    return step.threshold.format_map(_Filled(step, limits))


def _plain(number: Decimal | None) -> str:
    return "" if number is None else f"{number:f}"
