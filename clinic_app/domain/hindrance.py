"""Why a group cannot be read on a side: pain, a precaution, the patient's wish, or simply not tested."""

from collections.abc import Iterable

from clinic_app.domain.assessment import CannotSay
from clinic_app.domain.course import Course
from clinic_app.domain.finding import NotDoneReason
from clinic_app.domain.flags import Weighed
from clinic_app.domain.protocol import Group, Side

_PAIN = "PAIN-"
_NOT_DONE = {
    NotDoneReason.UNABLE_PAIN: CannotSay.PAIN_LIMITED,
    NotDoneReason.PRECAUTION: CannotSay.PRECAUTION,
    NotDoneReason.DECLINED: CannotSay.DECLINED,
}
_ORDER = (CannotSay.PAIN_LIMITED, CannotSay.PRECAUTION, CannotSay.DECLINED)


def hindrance_of(pair: tuple[Group, Side], heard: Iterable[Weighed], course: Course) -> CannotSay:
    """The first reason that fits, of the direct tests of this group and side."""
    group, side = pair
    items = course.library.rules.direct_items[group]
    # A precaution speaks of manual and force tests, which are maximal; the lag sign is not.
    maximal = [item for item in items if course.library.items[item].maximal]
    not_done = {item: _not_done(item, side, course) for item in items}
    reasons = set(not_done.values()) - {CannotSay.PRECAUTION}
    if any(_stopped(weighed, items) for weighed in heard):
        reasons.add(CannotSay.PAIN_LIMITED)
    if any(not_done[i] is CannotSay.PRECAUTION or course.closing(i, side) for i in maximal):
        reasons.add(CannotSay.PRECAUTION)
    return next((reason for reason in _ORDER if reason in reasons), CannotSay.NOT_TESTED)


def _not_done(item: str, side: Side, course: Course) -> CannotSay | None:
    finding = course.recorded.get((item, side))
    reason = finding.not_done_reason if finding else None
    return _NOT_DONE.get(reason) if reason else None


def _stopped(weighed: Weighed, items: tuple[str, ...]) -> bool:
    """Pain left this direct test unreadable, or as information."""
    if weighed.item not in items:
        return False
    return weighed.stopped or any(entry.because.startswith(_PAIN) for entry in weighed.not_interpretable)
