"""What a person needs: one need for each flagged group, with its sides, severity and load levels."""

from dataclasses import dataclass

from clinic_app.domain.circumstances import (
    Circumstances,
    FallsRisk,
    Goal,
    Irritability,
    Severity,
    Stage,
    Weakness,
)
from clinic_app.domain.protocol import Group, Side
from clinic_app.domain.selection import LevelRules

_SEVERITIES = tuple(Severity)
_GROUPS = tuple(Group)


@dataclass(frozen=True)
class Need:
    """One flagged group, its sides worse first. `target` is the load level of round 1; the rounds
    after it aim at `ceiling`, which nothing may exceed.
    """

    group: Group
    sides: tuple[Side, ...]
    severities: tuple[tuple[Side, Severity, bool], ...]
    severity: Severity
    antigravity: bool
    target: int
    ceiling: int


def needs_of(circumstances: Circumstances, falls_risk: FallsRisk, rules: LevelRules) -> tuple[Need, ...]:
    """Collapse the interpretable findings to one need a group, in the order in which they are served."""
    found: dict[Group, dict[Side, tuple[Severity, bool]]] = {}
    for weakness in circumstances.findings or ():
        if weakness.interpretable:
            sides = found.setdefault(Group(weakness.group or ""), {})
            side = Side(weakness.side or "")
            sides[side] = _worse(sides.get(side), weakness)
    needs = [_need(group, sides, circumstances, falls_risk, rules) for group, sides in found.items()]
    return tuple(sorted(needs, key=_served_before))


def worse_first(severities: tuple[tuple[Side, Severity, bool], ...]) -> tuple[Side, ...]:
    """The sides, the worse first: by severity, then a limb that cannot lift, then the right."""
    ordered = sorted(severities, key=lambda s: (-_SEVERITIES.index(s[1]), s[2], s[0] is Side.LEFT))
    return tuple(dict.fromkeys(side for side, _, _ in ordered))


def _worse(known: tuple[Severity, bool] | None, weakness: Weakness) -> tuple[Severity, bool]:
    severity = Severity(weakness.severity or "")
    antigravity = weakness.antigravity is not False
    if known is None:
        return severity, antigravity
    return max(known[0], severity, key=_SEVERITIES.index), known[1] and antigravity


def _need(
    group: Group,
    sides: dict[Side, tuple[Severity, bool]],
    circumstances: Circumstances,
    falls_risk: FallsRisk,
    rules: LevelRules,
) -> Need:
    severity = max((severity for severity, _ in sides.values()), key=_SEVERITIES.index)
    antigravity = all(against for _, against in sides.values())
    target, ceiling = _levels(severity, antigravity, circumstances, rules)
    if falls_risk is FallsRisk.HIGH and circumstances.irritability == Irritability.LOW:
        target, ceiling = min(target, rules.high_falls_ceiling), min(ceiling, rules.high_falls_ceiling)
    severities = tuple((side, *found) for side, found in sides.items())
    return Need(group, worse_first(severities), severities, severity, antigravity, target, ceiling)


def _levels(
    severity: Severity, antigravity: bool, circumstances: Circumstances, rules: LevelRules
) -> tuple[int, int]:
    base = rules.base[severity]
    if not antigravity or circumstances.irritability == Irritability.HIGH:
        return rules.gentlest, rules.gentlest
    if circumstances.irritability == Irritability.MODERATE:
        return (
            max(rules.gentlest, base - rules.moderate_irritability_easing),
            max(rules.gentlest, min(base, rules.moderate_irritability_ceiling)),
        )
    ceiling = base
    if severity is Severity.MILD and circumstances.patient.goal == Goal.SPORT:
        ceiling = rules.mild_sport_ceiling
    if severity is Severity.SEVERE:
        ceiling = rules.severe_later
    step = rules.late_step if circumstances.stage == Stage.LATE else 0
    return min(base + step, rules.highest), min(ceiling + step, rules.highest)


def _served_before(need: Need) -> tuple[int, int, int]:
    return -_SEVERITIES.index(need.severity), -len(need.sides), _GROUPS.index(need.group)
