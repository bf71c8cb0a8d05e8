"""How each test is read: the answers and the quantity that rules know, the value shown, what pain leaves."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from clinic_app.domain.finding import Finding
from clinic_app.domain.grade import Grade
from clinic_app.domain.pain import PainEffect, function_test, lag_sign, manual_test, stance_test
from clinic_app.domain.protocol import Aggregate, Side
from clinic_app.domain.rules import Rules

_UNHINDERED = PainEffect()


@dataclass(frozen=True)
class Reading:
    """One test on one side, as the rules read it.

    `reads` is what the quantity is (`result`, `z`, `lsi`, ...); `shown` is printed; `sources` and `capped`
    come from the norm: who says so, and rules that only inform; `grade` is a manual grade.
    """

    item: str
    side: Side | None
    shown: Decimal | str
    values: tuple[str, ...] = ()
    quantity: Decimal | None = None
    reads: str = "result"
    effect: PainEffect = _UNHINDERED
    grade: Grade | None = None
    sources: tuple[str, ...] = ()
    capped: frozenset[str] = frozenset()


def reading_of(finding: Finding, rules: Rules) -> Reading | None:
    """What one usable finding says; None for a test that no rule reads alone, or that was not completed."""
    read = _TESTS.get(finding.item)
    return read(finding, rules) if read else None


def _manual(finding: Finding, rules: Rules) -> Reading:
    grade = Grade(str(finding.values["grade"]))
    effect = manual_test(finding, rules)
    return Reading(finding.item, finding.side, grade.value, (grade.value,), effect=effect, grade=grade)


def _answered(key: str, pain: Callable[[Finding, Rules], PainEffect]) -> Callable[[Finding, Rules], Reading]:
    def read(finding: Finding, rules: Rules) -> Reading:
        answer = str(finding.values.get(key, ""))
        return Reading(finding.item, finding.side, answer, (answer,), effect=pain(finding, rules))

    return read


def _gait(finding: Finding, rules: Rules) -> Reading:
    seen = finding.values["patterns"]
    patterns = tuple(map(str, seen)) if isinstance(seen, tuple) else ()
    degree = str(finding.values.get("degree") or "mild")
    values = tuple(f"{pattern} {degree}" for pattern in patterns)
    shown = ", ".join((*patterns, degree))
    return Reading(finding.item, finding.side, shown, values, effect=stance_test(finding, rules))


def _measured(finding: Finding, rules: Rules, quantity: Decimal | None) -> Reading | None:
    if quantity is None:
        return None
    effect = function_test(finding, rules)
    return Reading(finding.item, finding.side, quantity, quantity=quantity, effect=effect)


def _points(finding: Finding, rules: Rules) -> Reading | None:
    return _measured(finding, rules, number(finding, "score"))


def _stance_time(finding: Finding, rules: Rules) -> Reading | None:
    return _measured(finding, rules, best(finding, "trials_s", Aggregate.MOST))


def _bridge(finding: Finding, rules: Rules) -> Reading | None:
    """A time counts only when the muscles tired: a cramp, pain or no stated reason leaves it unused."""
    return _measured(finding, rules, number(finding, "seconds")) if tired(finding) else None


def _stands(finding: Finding, rules: Rules) -> Reading | None:
    hindered = _hindered(finding, rules)
    return hindered or _measured(finding, rules, number(finding, "count"))


def _five_stands(finding: Finding, rules: Rules) -> Reading | None:
    hindered = _hindered(finding, rules)
    return hindered or _measured(finding, rules, best(finding, "trials_s", Aggregate.LEAST))


def _hindered(finding: Finding, rules: Rules) -> Reading | None:
    """A chair stand with the arms, or not possible: that, and no number."""
    for key in ("unable", "arms_used"):
        if finding.values.get(key) is True:
            return Reading(finding.item, None, key, (key,), effect=function_test(finding, rules))
    return None


def _leg_length(finding: Finding, _rules: Rules) -> Reading | None:
    block = number(finding, "block_mm")
    return None if block is None else Reading(finding.item, None, block, quantity=block)


def number(finding: Finding, key: str) -> Decimal | None:
    """A number of a finding, None when it was not entered."""
    value = finding.values.get(key)
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    return Decimal(value)


def trials(finding: Finding, key: str) -> tuple[Decimal, ...]:
    """The trials of a finding in their order; a single number is one trial."""
    value = finding.values.get(key)
    given = value if isinstance(value, tuple) else (value,)
    return tuple(Decimal(one) for one in given if isinstance(one, int | Decimal))


def best(finding: Finding, key: str, aggregate: Aggregate) -> Decimal | None:
    """What of the trials is read, None when there are none."""
    made = trials(finding, key)
    return aggregate.of(made) if made else None


def tired(finding: Finding) -> bool:
    """A bridge that ended because the muscles tired."""
    return finding.values.get("stop_reason") == "fatigue"


_TESTS: Mapping[str, Callable[[Finding, Rules], Reading | None]] = {
    "mmt_hip_abduction": _manual,
    "mmt_gmed_posterior": _manual,
    "mmt_hip_extension": _manual,
    "mmt_hip_er": _manual,
    "mmt_hip_ir": _manual,
    "hip_lag_sign": _answered("result", lag_sign),
    "trendelenburg_30s": _answered("result", stance_test),
    "gait_observation": _gait,
    "single_leg_squat": _answered("rating", function_test),
    "step_down": _points,
    "sls_time": _stance_time,
    "bridge_single_leg_hold": _bridge,
    "chair_stand_30s": _stands,
    "five_x_sts": _five_stands,
    "leg_length": _leg_length,
}
