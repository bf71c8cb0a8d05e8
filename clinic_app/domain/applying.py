"""A clinic's own settings laid over the content: a library like any other, with a version of its own."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from clinic_app.domain.evidence import Mark
from clinic_app.domain.library import Library
from clinic_app.domain.own import OwnLine, OwnSettings, OwnValue, number_faults
from clinic_app.domain.protocol import Inclusion, Line, Protocol
from clinic_app.domain.reference import Norm
from clinic_app.domain.rules import Basis, Rule, Rules

SAFETY = "safety"


def published_numbers(library: Library) -> dict[str, Decimal]:
    """Every number as it was published, whatever the clinic has set."""
    values: dict[str, Decimal] = {name: row.value for name, row in vars(library.rules.numbers).items()}
    return values | {own.name: own.published for own in library.own}


def with_numbers(library: Library, own: Mapping[str, Decimal]) -> Library:
    """The library with these numbers; those that may not be so are left as published.

    What the clinic set rests on no source: the number, and each step that it limits, is convention.
    """
    published = published_numbers(library)
    standing = {value.name: value.value for value in library.own} | dict(own)
    wrong = {fault.name for fault in number_faults(standing, published, library.own_limits)}
    taken = {n: v for n, v in standing.items() if n not in wrong and v != published[n]}
    numbers = vars(library.rules.numbers)
    changed = {
        name: replace(numbers[name], value=value, mark=Mark.CONVENTION) for name, value in taken.items()
    }
    back = {own.name: replace(numbers[own.name], value=own.published) for own in library.own}
    rules = replace(library.rules, numbers=replace(library.rules.numbers, **(back | changed)))
    told = (OwnValue(name, numbers[name].means, value, published[name]) for name, value in taken.items())
    return replace(library, rules=_as_convention(rules, frozenset(taken)), own=tuple(told))


def _as_convention(rules: Rules, names: frozenset[str]) -> Rules:
    by_id = {rule.id: _rule_as_convention(rule, names) for rule in rules.by_id.values()}
    by_item = {item: tuple(by_id[rule.id] for rule in reading) for item, reading in rules.by_item.items()}
    return replace(rules, by_id=by_id, by_item=by_item)


def _rule_as_convention(rule: Rule, names: frozenset[str]) -> Rule:
    if not any(names & set(step.limits.values()) for step in rule.steps):
        return rule
    steps = (
        replace(step, basis=Basis.CONVENTION) if names & set(step.limits.values()) else step
        for step in rule.steps
    )
    return replace(rule, steps=tuple(steps))


def applied(library: Library, own: OwnSettings, norms: Iterable[Norm] = ()) -> Library:
    """The library as this clinic has set it, with its own norms; nothing set: the library itself.

    What no longer fits the content, such as a test that was taken out of it, is passed over.
    """
    norms = tuple(norms)
    if own == OwnSettings() and not norms:
        return library
    protocols = {
        protocol.id: with_lines(protocol, own.protocols.get(protocol.id, ()), library)
        for protocol in library.protocols.values()
    }
    favourites = frozenset(own.favourites) & library.exercises.by_id.keys()
    exercises = library.exercises
    if favourites:
        exercises = replace(exercises, favourites=exercises.favourites | favourites)
    made = replace(with_numbers(library, own.numbers), protocols=protocols, exercises=exercises)
    return replace(made.with_norms(norms), version=_version(library.version, own, norms))


def with_lines(protocol: Protocol, own: tuple[OwnLine, ...], library: Library) -> Protocol:
    """The protocol in the clinic's order, with what is optional taken in or left out as the clinic chose.

    A line that is not optional is never left out: where the clinic's list lacks it, or where the order is
    not one that `may_swap` leads to, the protocol stays as published.
    """
    ours = {line.item: line for line in protocol.lines}
    lines = tuple(_line(ours[item], inclusion) for item, inclusion in own if item in ours)
    wanted = {line.item for line in protocol.lines if line.inclusion is not Inclusion.OPTIONAL}
    if not wanted <= {line.item for line in lines} or not _in_place(lines, protocol, library):
        return protocol
    return replace(protocol, lines=lines)


def _line(line: Line, inclusion: Inclusion) -> Line:
    chosen = line.inclusion is Inclusion.OPTIONAL and inclusion is not Inclusion.CONDITIONAL
    return replace(line, inclusion=inclusion) if chosen else line


def may_swap(first: str, second: str, library: Library) -> bool:
    """Whether two neighbours may change places: done in the same position, and neither is about safety."""
    one, two = library.items[first], library.items[second]
    return one.position is two.position and SAFETY not in (one.section, two.section)


def _in_place(lines: tuple[Line, ...], protocol: Protocol, library: Library) -> bool:
    """Every item stands among those of its position, and what is about safety where it was published."""
    items = [line.item for line in lines]
    published = [line.item for line in protocol.lines if line.item in items]
    return len(items) == len(published) and all(
        ours == item or may_swap(ours, item, library) for ours, item in zip(items, published, strict=True)
    )


def _version(base: str, own: OwnSettings, norms: tuple[Norm, ...]) -> str:
    said = (sorted(own.numbers.items()), sorted(own.protocols.items()), sorted(own.favourites), norms)
    return hashlib.sha256(f"{base}\0{said!r}".encode()).hexdigest()
