"""The change of a dynamometer force: as torque, and only between tests that were made in the same way."""

from collections.abc import Iterator
from decimal import ROUND_DOWN, Decimal

from clinic_app.domain.assessment import Force
from clinic_app.domain.change import Change, Difference, Measure, Occasion, Rough, Unlike, Verdict, towards
from clinic_app.domain.force import Ratio, torque_of
from clinic_app.domain.rules import Rules
from clinic_app.domain.setting_up import SET_UP

_ABDUCTORS = "hhd_abduction"
_OSTEOARTHRITIS = "P-OA"
_TENTH = Decimal("0.1")


def force_change(then: Force, now: Force, earlier: Occasion, later: Occasion, rules: Rules) -> Change:
    """The change of a force that may be read both times; torque in N·m/kg, else force in N."""
    of_torque = _torque(then) is not None and _torque(now) is not None
    measure = Measure.TORQUE if of_torque else Measure.FORCE
    unlike = (*_made_unlike(then, now, earlier, later), *_off_scale(then, now, of_torque))
    if unlike:
        return Change(then.item, then.side, measure, Verdict.NOT_COMPARABLE, unlike=unlike)
    rough = tuple(_rough(then.item, earlier, later))
    limit = rules.numbers.chg_rough_pct if rough else rules.numbers.chg_pct
    old, new = _same_scale(then, now)
    shown = [force.torque_nm_kg or force.force_n if of_torque else force.force_n for force in (then, now)]
    return Change(
        then.item,
        then.side,
        measure,
        Verdict.REAL if new != old and abs(new - old) * 100 >= limit.value * old else Verdict.WITHIN_ERROR,
        then=shown[0],
        now=shown[1],
        direction=towards(new - old),
        amount=shown[1] - shown[0],
        percent=((new - old) * 100 / old).quantize(_TENTH, ROUND_DOWN),
        limit=limit,
        rough=rough,
    )


def _torque(force: Force) -> Ratio | None:
    return torque_of(force.force_n, force.lever_cm, force.mass_kg)


def _same_scale(then: Force, now: Force) -> tuple[Decimal, Decimal]:
    """Both multiplied by what the other is divided by, so that no limit is missed by a rounding."""
    before, after = _torque(then), _torque(now)
    if before is None or after is None:
        return then.force_n, now.force_n
    return before[0] * after[1], after[0] * before[1]


def _made_unlike(then: Force, now: Force, earlier: Occasion, later: Occasion) -> Iterator[Unlike]:
    made = {
        Difference.DEVICE: (_device(earlier), _device(later)),
        Difference.METHOD: (then.method, now.method),
        Difference.POSITION: (then.position, now.position),
        Difference.PAD: (then.pad, now.pad),
        Difference.STABILISATION: (then.stabilisation, now.stabilisation),
    }
    for difference, (before, after) in made.items():
        if _folded(before) != _folded(after):
            yield Unlike(difference, before, after)


def _device(occasion: Occasion) -> str:
    setup = occasion.finding(SET_UP, None)
    return str(setup.values.get("device") or "") if setup and setup.done else ""


def _folded(typed: str) -> str:
    """A typed text without its capitals and spaces: the same device is not always typed the same."""
    return "".join(typed.split()).casefold()


def _off_scale(then: Force, now: Force, of_torque: bool) -> Iterator[Unlike]:
    """Force alone is compared where the levers are known and the same; nothing is a percentage of none."""
    if not of_torque and (then.lever_cm is None or then.lever_cm != now.lever_cm):
        levers = ("" if force.lever_cm is None else str(force.lever_cm) for force in (then, now))
        yield Unlike(Difference.LEVER, *levers)
    if not then.force_n:
        yield Unlike(Difference.NO_FORCE)


def _rough(item: str, earlier: Occasion, later: Occasion) -> Iterator[Rough]:
    if earlier.examiner != later.examiner:
        yield Rough.TESTER
    found = (pattern.id for one in (earlier, later) for pattern in one.assessment.patterns)
    if item == _ABDUCTORS and _OSTEOARTHRITIS in found:
        yield Rough.HIP_OA
