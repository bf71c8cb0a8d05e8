"""A person whose circumstances are complete and known: what they need and what they may not do."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from clinic_app.domain.circumstances import (
    Circumstances,
    FallsRisk,
    Goal,
    Irritability,
    Pathway,
    Sport,
    Stage,
    TaggedPrecaution,
    TagSide,
    WeightBearing,
)
from clinic_app.domain.exercise import Load
from clinic_app.domain.exercise_library import ExerciseLibrary
from clinic_app.domain.needs import Need, needs_of
from clinic_app.domain.protocol import Side
from clinic_app.domain.selection import LevelRules

_LOADS = tuple(Load)
_RISKS = tuple(FallsRisk)


@dataclass(frozen=True)
class Case:
    """What the selector knows. `tags` maps a precaution to its sides.

    `most_load`, `balance` and `highest_level` are caps; the late stage opens the highest level.
    """

    age: int
    irritability: Irritability
    falls_risk: FallsRisk
    sport: bool
    highest_level: int
    cleared_for_impact: bool
    floor: bool
    after_surgery: bool
    most_exercises: int | None
    equipment: frozenset[str]
    not_tolerated: frozenset[str]
    tags: Mapping[str, frozenset[Side]]
    sore_sides: frozenset[Side]
    most_load: Mapping[Side, Load]
    balance: int
    pathways: frozenset[Pathway]
    needs: tuple[Need, ...]

    @cached_property
    def limited(self) -> bool:
        """Some leg may not carry everything."""
        return any(load is not Load.SINGLE_LEG for load in self.most_load.values())

    @cached_property
    def sides(self) -> tuple[Side, ...]:
        """Every flagged side of the person, right first."""
        flagged = {side for need in self.needs for side in need.sides}
        return tuple(side for side in (Side.RIGHT, Side.LEFT) if side in flagged)

    @cached_property
    def highest_ceiling(self) -> int:
        """The highest level that any flagged group may reach."""
        return max(need.ceiling for need in self.needs)


def case_of(circumstances: Circumstances, library: ExerciseLibrary) -> Case:
    """Read circumstances in which `why_withheld` finds nothing missing or unknown."""
    patient = circumstances.patient
    tags = _sides_by_tag(circumstances.precautions or ())
    falls_risk = _falls_risk(circumstances, tags, library)
    most_load = _most_load(circumstances, tags, library)
    sport = patient.goal == Goal.SPORT
    levels = library.selection.levels
    irritability = Irritability(circumstances.irritability or "")
    age = patient.age or 0
    return Case(
        age=age,
        irritability=irritability,
        falls_risk=falls_risk,
        sport=sport,
        highest_level=_highest_level(circumstances, levels),
        cleared_for_impact=bool(circumstances.cleared_for_impact),
        floor=bool(circumstances.floor_transfer_ok),
        after_surgery=bool(circumstances.gate.post_op) or any(library.tags[tag].surgical for tag in tags),
        most_exercises=circumstances.max_exercises,
        equipment=frozenset(circumstances.equipment or ()),
        not_tolerated=frozenset(circumstances.positions_not_tolerated),
        tags=tags,
        sore_sides=frozenset(
            side for tag, sides in tags.items() if library.tags[tag].sore_side for side in sides
        ),
        most_load=most_load,
        balance=_balance(falls_risk, tags, most_load, library),
        pathways=_pathways(circumstances, tags, falls_risk, library),
        needs=needs_of(circumstances, falls_risk, levels),
    )


def _highest_level(circumstances: Circumstances, levels: LevelRules) -> int:
    return levels.highest if circumstances.stage == Stage.LATE else levels.late_stage_only_from - 1


def _sides_by_tag(precautions: tuple[TaggedPrecaution, ...]) -> dict[str, frozenset[Side]]:
    tags: dict[str, frozenset[Side]] = {}
    for row in precautions:
        side = row.side or TagSide.BOTH
        sides = frozenset(Side) if side == TagSide.BOTH else frozenset({Side(side)})
        tags[row.tag or ""] = tags.get(row.tag or "", frozenset()) | sides
    return tags


def _falls_risk(
    circumstances: Circumstances, tags: Mapping[str, frozenset[Side]], library: ExerciseLibrary
) -> FallsRisk:
    risks = [FallsRisk(circumstances.patient.falls_risk or "")]
    risks += [risk for tag in tags if (risk := library.tags[tag].falls_risk)]
    return max(risks, key=_RISKS.index)


def _most_load(
    circumstances: Circumstances, tags: Mapping[str, frozenset[Side]], library: ExerciseLibrary
) -> dict[Side, Load]:
    most = library.selection.load.most
    loads = {side: most[WeightBearing(circumstances.weight_bearing[side] or "")] for side in Side}
    for tag, sides in tags.items():
        cap = library.tags[tag].most_load
        for side in sides if cap else ():
            loads[side] = min(loads[side], cap or loads[side], key=_LOADS.index)
    return loads


def _balance(
    falls_risk: FallsRisk,
    tags: Mapping[str, frozenset[Side]],
    most_load: Mapping[Side, Load],
    library: ExerciseLibrary,
) -> int:
    rules = library.selection.balance
    caps = [rules.by_falls_risk[falls_risk]]
    caps += [cap for tag in tags if (cap := library.tags[tag].balance) is not None]
    if Load.NONE in most_load.values():
        caps.append(rules.non_weight_bearing)
    return min(caps)


def _pathways(
    circumstances: Circumstances,
    tags: Mapping[str, frozenset[Side]],
    falls_risk: FallsRisk,
    library: ExerciseLibrary,
) -> frozenset[Pathway]:
    patient = circumstances.patient
    active = {Pathway(name) for name in circumstances.pathways}
    active |= {pathway for tag in tags if (pathway := library.tags[tag].pathway)}
    if (patient.age or 0) >= library.selection.size.older_from_age or falls_risk is not FallsRisk.LOW:
        active.add(Pathway.FALLS)
    if patient.goal == Goal.SPORT and patient.sport == Sport.RUNNING:
        active.add(Pathway.RUNNER)
    return frozenset(active)
