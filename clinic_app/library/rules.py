"""Reads rules.toml: the numbers that the rules share, and the rules."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from clinic_app.domain.protocol import Group, Item
from clinic_app.domain.rules import Grades, Numbers, Rule, Rules
from clinic_app.library.errors import ContentError
from clinic_app.library.structure import read

FILE = "rules.toml"

_NAMED_IN_THE_REASONING = (
    *("RF-URG", "RF-REF", "MMT-A4", "TRN-2"),
    *("PAIN-1", "PAIN-2", "PAIN-3", "PAIN-4", "PAIN-5", "PAIN-7"),
)


@dataclass(frozen=True)
class _RulesFile:
    numbers: Numbers
    grades: Grades
    rules: tuple[Rule, ...]


def load_rules(folder: Path) -> Rules:
    """Read `folder`/rules.toml; `ContentError` names the rule and what is wrong with it."""
    content = read(folder / FILE, _RulesFile)
    by_id: dict[str, Rule] = {}
    for rule in content.rules:
        _check(rule, by_id)
        by_id[rule.id] = rule
    for name in _NAMED_IN_THE_REASONING:
        if name not in by_id:
            raise ContentError(FILE, name, "the rule is missing")
    return Rules(
        content.numbers, content.grades, by_id, _by_item(by_id.values()), _direct_items(by_id.values())
    )


def unknown_values(rules: Rules, items: Mapping[str, Item]) -> Iterator[tuple[str, str]]:
    """Each rule and the value in it that no test it reads can have, so that the rule would never fire."""
    for rule in rules.by_id.values():
        fields = (field for item in rule.items if item in items for field in items[item].fields)
        known = {choice.id for field in fields for choice in field.choices}
        values = [value for step in rule.steps for value in step.values]
        for value in (*values, *rule.silent):
            if not set(value.split()) <= known:
                yield rule.id, value


def _by_item(rules: Iterable[Rule]) -> dict[str, tuple[Rule, ...]]:
    by_item: dict[str, list[Rule]] = {}
    for rule in rules:
        for item in rule.items:
            by_item.setdefault(item, []).append(rule)
    return {item: tuple(reading) for item, reading in by_item.items()}


def _direct_items(rules: Iterable[Rule]) -> dict[Group, tuple[str, ...]]:
    direct: dict[Group, dict[str, None]] = {group: {} for group in Group}
    for rule in rules:
        if rule.direct and rule.group:
            direct[rule.group].update(dict.fromkeys(rule.items))
    return {group: tuple(items) for group, items in direct.items()}


def _check(rule: Rule, known: dict[str, Rule]) -> None:
    values = [value for step in rule.steps for value in step.values]
    problems = {
        "the id is used twice": rule.id in known,
        "a value stands in two steps": len(values) != len(set(values)),
        "steps need a group and a family": bool(rule.steps) and None in (rule.group, rule.family),
        "a level is a whole number from 0 to 4": any(step.level not in range(5) for step in rule.steps),
    }
    for reason, wrong in problems.items():
        if wrong:
            raise ContentError(FILE, rule.id, reason)
