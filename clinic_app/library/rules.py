"""Reads numbers.toml and rules/: the numbers that the rules share, and the rules."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Formatter

from clinic_app.domain.protocol import FieldKind, Group, Item
from clinic_app.domain.reference import Norm
from clinic_app.domain.rules import Grades, Numbers, Rule, Rules, Step
from clinic_app.library.errors import ContentError
from clinic_app.library.structure import read

NUMBERS = "numbers.toml"
FOLDER = "rules"

_NAMED_IN_THE_REASONING = (
    *("RF-URG", "RF-REF", "MMT-A4", "TFL-1", "TRN-2", "LLD-1", "HHD-L1", "HHD-X", "BRG-2", "SBR-1"),
    *("PAIN-1", "PAIN-2", "PAIN-3", "PAIN-4", "PAIN-5", "PAIN-6", "PAIN-7", "CHR-1", "CHR-2", "CHR-3"),
)


@dataclass(frozen=True)
class _NumbersFile:
    numbers: Numbers
    grades: Grades


@dataclass(frozen=True)
class _RulesFile:
    rules: tuple[Rule, ...]


def load_rules(folder: Path, items: Mapping[str, Item]) -> Rules:
    """Read `folder`/numbers.toml and rules/; `ContentError` names the file, the rule and what is wrong."""
    shared = read(folder / NUMBERS, _NumbersFile)
    by_id: dict[str, Rule] = {}
    for file in sorted((folder / FOLDER).glob("*.toml")):
        for rule in read(file, _RulesFile).rules:
            _check(file.name, rule, by_id)
            by_id[rule.id] = rule
    for name in _NAMED_IN_THE_REASONING:
        if name not in by_id:
            raise ContentError(FOLDER, name, "the rule is missing")
    groups = {item.id: item.groups[0] for item in items.values() if item.groups}
    return Rules(
        shared.numbers,
        shared.grades,
        by_id,
        _by_item(by_id.values()),
        _direct_items(by_id.values(), groups),
        groups,
    )


def rule_faults(
    rules: Rules, items: Mapping[str, Item], norms: Mapping[str, Norm]
) -> Iterator[tuple[str, str]]:
    """Each rule and what in it fits no test, no number and no norm, so that it would never fire."""
    for rule in rules.by_id.values():
        yield from ((rule.id, f"{value} is no answer of this test") for value in _unknown(rule, items))
        for step in rule.steps:
            yield from ((rule.id, reason) for reason in _step_faults(step, rules, norms))
        for item in rule.items:
            if any(step.level for step in rule.steps) and rules.group_of(rule, item) is None:
                yield rule.id, f"neither the rule nor {item} names a group"


def _unknown(rule: Rule, items: Mapping[str, Item]) -> Iterator[str]:
    """Answers are choices, or the key of a field that is answered yes or no."""
    fields = [field for item in rule.items if item in items for field in items[item].fields]
    known = {choice.id for field in fields for choice in field.choices}
    known |= {field.key for field in fields if field.kind is FieldKind.YES_NO}
    values = [value for step in rule.steps for value in step.values]
    return (value for value in (*values, *rule.silent) if not set(value.split()) <= known)


def _step_faults(step: Step, rules: Rules, norms: Mapping[str, Norm]) -> Iterator[str]:
    numbers = vars(rules.numbers)
    for name in step.limits.values():
        if name not in numbers and name not in norms:
            yield f"{name} is neither a number nor a norm"
    if bool(step.limits) == bool(step.values):
        yield "a step has values or limits"
    for _text, named, _spec, _conversion in Formatter().parse(step.threshold):
        name = named or ""
        if name and name not in step.limits and name not in numbers:
            yield f"the threshold names {name}, which is neither a limit of the step nor a number"


def _by_item(rules: Iterable[Rule]) -> dict[str, tuple[Rule, ...]]:
    by_item: dict[str, list[Rule]] = {}
    for rule in rules:
        for item in rule.items:
            by_item.setdefault(item, []).append(rule)
    return {item: tuple(reading) for item, reading in by_item.items()}


def _direct_items(rules: Iterable[Rule], groups: Mapping[str, Group]) -> dict[Group, tuple[str, ...]]:
    direct: dict[Group, dict[str, None]] = {group: {} for group in Group}
    for rule in rules:
        for item in rule.items if rule.direct else ():
            group = rule.group or groups.get(item)
            if group:
                direct[group][item] = None
    return {group: tuple(items) for group, items in direct.items()}


def _check(file: str, rule: Rule, known: dict[str, Rule]) -> None:
    values = [value for step in rule.steps for value in step.values]
    problems = {
        "the id is used twice": rule.id in known,
        "a value stands in two steps": len(values) != len(set(values)),
        "steps need a family, or inform only": any(step.level for step in rule.steps) and rule.family is None,
        "a level is a whole number from 0 to 4": any(step.level not in range(5) for step in rule.steps),
    }
    for reason, wrong in problems.items():
        if wrong:
            raise ContentError(file, rule.id, reason)
