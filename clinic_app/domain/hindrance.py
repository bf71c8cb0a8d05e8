"""Why a group cannot be read on a side: pain, a precaution, the patient's wish, or simply not tested."""

from collections.abc import Iterable

from clinic_app.domain.assessment import CannotSay, NotInterpretable
from clinic_app.domain.course import Course
from clinic_app.domain.finding import NotDoneReason
from clinic_app.domain.protocol import Group, Side

_PAIN = "PAIN-"
_NOT_DONE = {
    NotDoneReason.UNABLE_PAIN: CannotSay.PAIN_LIMITED,
    NotDoneReason.PRECAUTION: CannotSay.PRECAUTION,
    NotDoneReason.DECLINED: CannotSay.DECLINED,
}
_ORDER = (CannotSay.PAIN_LIMITED, CannotSay.PRECAUTION, CannotSay.DECLINED)


def hindrance_of(pair: tuple[Group, Side], unread: Iterable[NotInterpretable], course: Course) -> CannotSay:
    """The first reason that fits, of the direct tests of this group and side."""
    group, side = pair
    items = course.library.rules.direct_items[group]
    found = (course.recorded.get((item, side)) for item in items)
    reasons = {_NOT_DONE.get(f.not_done_reason) for f in found if f and f.not_done_reason}
    if any(entry.item in items and entry.because.startswith(_PAIN) for entry in unread):
        reasons.add(CannotSay.PAIN_LIMITED)
    if any(course.closing(item, side) for item in items):
        reasons.add(CannotSay.PRECAUTION)
    return next((reason for reason in _ORDER if reason in reasons), CannotSay.NOT_TESTED)
