"""The numbers and rules of the screen as data: what each rule reads, the level it gives, and who says so."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from operator import ge, gt, le, lt
from typing import TypeAlias

from clinic_app.domain.evidence import Mark
from clinic_app.domain.grade import Grade
from clinic_app.domain.protocol import Group


class Basis(StrEnum):
    """Whether a threshold was published or is a clinical convention."""

    PUBLISHED = "published"
    CONVENTION = "convention"


class Family(StrEnum):
    """Findings that tell of the same thing: of each family only the highest level counts."""

    MMT = "mmt"
    HHD_NORM = "hhd_norm"
    HHD_LSI = "hhd_lsi"
    LAG = "lag"
    STANCE = "stance"
    DYNAMIC = "dynamic"
    BALANCE = "balance"
    ENDURANCE = "endurance"
    GLOBAL = "global"

    @property
    def direct(self) -> bool:
        """The family measures strength itself: manual test, dynamometer or lag sign."""
        return self in _DIRECT


_DIRECT = frozenset({Family.MMT, Family.HHD_NORM, Family.HHD_LSI, Family.LAG})


@dataclass(frozen=True)
class Number:
    """One setting: its value, how it is known, and where it comes from."""

    value: Decimal
    mark: Mark
    means: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Numbers:
    """The settings that the rules share; a clinic may edit them. What each means stands beside its value."""

    pain_ni: Number
    trend_pain_ni: Number
    function_pain_ni: Number
    lsi_1: Number
    lsi_2: Number
    lsi_3: Number
    lsi_error: Number
    z_1: Number
    z_2: Number
    stepdown_poor: Number
    stepdown_medium: Number
    stance_falls_s: Number
    bridge_min_s: Number
    bridge_asym_s: Number
    bridge_asym_ratio: Number
    side_bridge_s: Number
    leg_length_mm: Number
    tfl_steps: Number
    lag_drop_cm: Number
    trial_spread_pct: Number
    trials_asked: Number
    athlete_abduction_pct: Number
    athlete_rotation_pct: Number
    soccer_abduction_pct: Number
    gt_pain: Number
    tear_age: Number
    oa_age: Number
    oa_stiffness_min: Number
    oa_rotation_deg: Number
    oa_difference_deg: Number
    chg_pct: Number
    chg_rough_pct: Number
    chg_chair_stands: Number
    chg_five_stands_s: Number
    chg_pain: Number
    chg_grade_steps: Number
    bp_defer_sbp: Number
    bp_defer_dbp: Number
    bp_ask_sbp: Number
    bp_ask_dbp: Number
    rest_s: Number
    beats_per_minute: Number


@dataclass(frozen=True)
class Grades:
    """The manual grades at which something changes; each cut is inclusive."""

    severe_pain_loss: Grade
    alternative_reliable: Grade
    nerve_root: Grade
    tear: Grade


Limits: TypeAlias = Callable[[str], Decimal | None]


@dataclass(frozen=True)
class Step:
    """What meets a rule, the level it gives, and who says so.

    Either `values`, the answers that meet it, or limits on a quantity, each the name of a number or of a
    norm with cut-offs; every limit that is given must hold. `threshold` may name them in braces.
    """

    level: int
    threshold: str
    basis: Basis
    values: tuple[str, ...] = ()
    at_least: str = ""
    above: str = ""
    at_most: str = ""
    below: str = ""
    sources: tuple[str, ...] = ()

    @cached_property
    def limits(self) -> dict[str, str]:
        """The limits that are given, by kind."""
        kinds = {"at_least": self.at_least, "above": self.above, "at_most": self.at_most, "below": self.below}
        return {kind: name for kind, name in kinds.items() if name}

    def met_by(self, values: tuple[str, ...], quantity: Decimal | None, limits: Limits) -> bool:
        """Whether these answers, or this quantity, meet the step; a limit that nobody knows is not met."""
        if self.values:
            return any(value in self.values for value in values)
        if quantity is None:
            return False
        for kind, name in self.limits.items():
            limit = limits(name)
            if limit is None or not _HOLDS[kind](quantity, limit):
                return False
        return True


_HOLDS: Mapping[str, Callable[[Decimal, Decimal], bool]] = {
    "at_least": ge,
    "above": gt,
    "at_most": le,
    "below": lt,
}


@dataclass(frozen=True)
class Rule:
    """One rule of the screen, with the items that it reads and the group that it speaks of.

    Without `group` it speaks of the group of the item that it read. `reads` names the quantity that its
    limits are for (`result` for the item's own). `lowest` is the level under which pain or an alternative
    position may not lower it; `against` names sources that speak against the rule; `silent` answers meet it
    without raising a flag. `ages` is the first and last age it is for; `example` a worked example.
    """

    id: str
    version: str
    name: str
    basis: Basis
    sources: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    group: Group | None = None
    family: Family | None = None
    reads: str = "result"
    ages: tuple[int, int] | None = None
    lowest: int = 0
    steps: tuple[Step, ...] = ()
    silent: tuple[str, ...] = ()
    example: str = ""

    @cached_property
    def direct(self) -> bool:
        """The rule reads strength itself."""
        return self.family is not None and self.family.direct

    def step(
        self, values: tuple[str, ...], quantity: Decimal | None = None, limits: Limits = lambda _name: None
    ) -> Step | None:
        """The highest step that these answers or this quantity meet, if any."""
        for step in self._gravest_first:
            if step.met_by(values, quantity, limits):
                return step
        return None

    @cached_property
    def _gravest_first(self) -> tuple[Step, ...]:
        """The steps by their level; among steps of one level the order of the file stands."""
        return tuple(sorted(self.steps, key=lambda step: -step.level))

    def is_for(self, age: int) -> bool:
        """The rule is for people of this age."""
        return self.ages is None or self.ages[0] <= age <= self.ages[1]


@dataclass(frozen=True)
class Rules:
    """All rules by id, the settings they share, and the rules that read each item.

    `direct_items` names for each group the items that measure its strength itself; `groups` the group that
    each item speaks of first.
    """

    numbers: Numbers
    grades: Grades
    by_id: Mapping[str, Rule]
    by_item: Mapping[str, tuple[Rule, ...]]
    direct_items: Mapping[Group, tuple[str, ...]]
    groups: Mapping[str, Group]

    def reading(self, item: str) -> tuple[Rule, ...]:
        """The rules that read this item."""
        return self.by_item.get(item, ())

    def by_group(self, item: str, reads: str) -> Mapping[Group, tuple[Rule, ...]]:
        """The rules that read this quantity of the item, by the group that they speak of."""
        return self._by_quantity.get((item, reads), {})

    @cached_property
    def informing(self) -> dict[str, tuple[Rule, ...]]:
        """For each item the rules that read it and speak of no group."""
        reading = {
            item: tuple(rule for rule in rules if self.group_of(rule, item) is None)
            for item, rules in self.by_item.items()
        }
        return {item: rules for item, rules in reading.items() if rules}

    @cached_property
    def _by_quantity(self) -> dict[tuple[str, str], dict[Group, tuple[Rule, ...]]]:
        found: dict[tuple[str, str], dict[Group, tuple[Rule, ...]]] = {}
        for item, reading in self.by_item.items():
            for rule in reading:
                if group := self.group_of(rule, item):
                    of_group = found.setdefault((item, rule.reads), {})
                    of_group[group] = (*of_group.get(group, ()), rule)
        return found

    def group_of(self, rule: Rule, item: str) -> Group | None:
        """The group that the rule speaks of when it reads this item."""
        return rule.group or self.groups.get(item)

    def number(self, name: str) -> Decimal | None:
        """The value of the setting of that name, if there is one."""
        number: Number | None = getattr(self.numbers, name, None)
        return number.value if number else None

    @property
    def versions(self) -> dict[str, str]:
        """The version of every rule, as a signed record keeps it."""
        return {rule.id: rule.version for rule in self.by_id.values()}
