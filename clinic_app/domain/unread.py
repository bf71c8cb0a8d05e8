"""Why a value of a screening may not be compared with another: not there, stopped by pain, or closed."""

from dataclasses import replace

from clinic_app.domain.change import Difference, Occasion
from clinic_app.domain.finding import Finding, NotDoneReason, PainLimited
from clinic_app.domain.pain import function_test, lag_sign, manual_test, stance_test
from clinic_app.domain.protocol import Item, Side
from clinic_app.domain.rules import Rules

FORCE, GRADE = "trials_n", "grade"

_PAIN = "PAIN-"
_UNLIKE = "unlike "
_STANCE = ("trendelenburg_30s", "gait_observation")
_LAG = "hip_lag_sign"
_FUNCTION = (
    "sls_time",
    "single_leg_squat",
    "step_down",
    "chair_stand_30s",
    "five_x_sts",
    "bridge_single_leg_hold",
    "side_bridge_hold",
)
_NOT_DONE = {
    NotDoneReason.UNABLE_PAIN: Difference.PAIN_LIMITED,
    NotDoneReason.PRECAUTION: Difference.CLOSED,
}


def why_unread(occasion: Occasion, item: Item, side: Side | None, rules: Rules) -> Difference | None:
    """What keeps this value from being compared, as the assessment of then and the facts tell it."""
    finding = occasion.finding(item.id, side)
    if finding is None:
        return Difference.NOT_TESTED
    if not finding.done:
        reason = finding.not_done_reason
        return _NOT_DONE.get(reason, Difference.NOT_TESTED) if reason else Difference.NOT_TESTED
    stored = _stored(occasion, finding)
    if any(because.startswith(_PAIN) for because in stored) or _stopped(finding, item, rules):
        return Difference.PAIN_LIMITED
    return Difference.CLOSED if stored or _closed(occasion, finding, item) else None


def _stored(occasion: Occasion, finding: Finding) -> list[str]:
    """Why the assessment left this finding out; two sides measured unlike may each be read over time."""
    return [
        unread.because
        for result in occasion.assessment.groups
        for unread in result.not_interpretable
        if (unread.item, result.side) == (finding.item, finding.side)
        and not unread.because.startswith(_UNLIKE)
    ]


def _stopped(finding: Finding, item: Item, rules: Rules) -> bool:
    if GRADE in item.field_keys:
        return bool(manual_test(_heard(finding, item), rules).unusable_by)
    if item.id in _STANCE:
        return stance_test(finding, rules).informs_only
    if item.id == _LAG:
        return lag_sign(finding, rules).stopped
    return item.id in _FUNCTION and function_test(finding, rules).informs_only


def _heard(finding: Finding, item: Item) -> Finding:
    """A cramp that was ticked is heard as stopped by pain."""
    stopping = not item.stopping.isdisjoint(finding.compensations)
    return replace(finding, pain_limited=PainLimited.YES) if stopping else finding


def _closed(occasion: Occasion, finding: Finding, item: Item) -> bool:
    """A force that was not read was closed; a grade that was closed stands among those not interpreted."""
    if FORCE in item.field_keys:
        return occasion.force(item.id, finding.side) is None
    if GRADE in item.field_keys or finding.opened_because:
        return False
    return any((c.item, c.side) == (item.id, finding.side) for c in occasion.assessment.closed)
