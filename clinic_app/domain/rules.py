"""The numbers and rules of the screen as data: what each rule reads, the level it gives, and who says so."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

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
    """The settings that the rules share; a clinic may edit them."""

    pain_ni: Number
    trend_pain_ni: Number
    function_pain_ni: Number
    lsi_1: Number
    lsi_2: Number
    lsi_3: Number
    z_1: Number
    z_2: Number
    stepdown_poor: Number
    bridge_min_s: Number
    bridge_asym_s: Number
    bridge_asym_ratio: Number
    gt_pain: Number
    chg_pct: Number
    bp_defer_sbp: Number
    bp_defer_dbp: Number
    bp_ask_sbp: Number
    bp_ask_dbp: Number


@dataclass(frozen=True)
class Grades:
    """The manual grades at which something changes; each cut is inclusive."""

    severe_pain_loss: Grade
    alternative_reliable: Grade
    nerve_root: Grade


@dataclass(frozen=True)
class Step:
    """The values that meet a rule, the level they give, and who says so."""

    values: tuple[str, ...]
    level: int
    threshold: str
    basis: Basis
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rule:
    """One rule of the screen, with the items that it reads and the group that it speaks of.

    `lowest` is the level under which pain or an alternative position may not lower it; `against` names
    sources that speak against the rule; `silent` values meet it without raising a flag.
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
    lowest: int = 0
    steps: tuple[Step, ...] = ()
    silent: tuple[str, ...] = ()

    @property
    def direct(self) -> bool:
        """The rule reads strength itself."""
        return self.family is not None and self.family.direct

    def step(self, values: tuple[str, ...]) -> Step | None:
        """The highest step that one of these values meets, if any."""
        met = (step for step in self.steps if not set(values).isdisjoint(step.values))
        return max(met, key=lambda step: step.level, default=None)


@dataclass(frozen=True)
class Rules:
    """All rules by id, the settings they share, and the rules that read each item.

    `direct_items` names for each group the items that measure its strength itself.
    """

    numbers: Numbers
    grades: Grades
    by_id: Mapping[str, Rule]
    by_item: Mapping[str, tuple[Rule, ...]]
    direct_items: Mapping[Group, tuple[str, ...]]

    def reading(self, item: str) -> tuple[Rule, ...]:
        """The rules that read this item."""
        return self.by_item.get(item, ())

    @property
    def versions(self) -> dict[str, str]:
        """The version of every rule, as a signed record keeps it."""
        return {rule.id: rule.version for rule in self.by_id.values()}
