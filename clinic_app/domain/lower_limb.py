"""The general lower-limb result: how chair stands went, which tell of both legs and of no side."""

from clinic_app.domain.assessment import LowerLimb
from clinic_app.domain.course import Course
from clinic_app.domain.flags import limits_for
from clinic_app.domain.readings import reading_of
from clinic_app.domain.rules import Family

_STANDS = ("chair_stand_30s", "five_x_sts")


def lower_limb_of(course: Course) -> LowerLimb:
    """Reduced when a chair rule is met; not reduced when a valid time or count is at its cut-off or better.

    Stands done with so much pain that they only inform say neither; without a cut-off for the age, nothing
    is said.
    """
    found = {answer for item in _STANDS if (answer := _of(item, course))}
    if LowerLimb.REDUCED in found:
        return LowerLimb.REDUCED
    return LowerLimb.NOT_REDUCED if found else LowerLimb.NOT_ASSESSED


def _of(item: str, course: Course) -> LowerLimb | None:
    rules = course.library.rules
    finding = course.usable.get(item, None)
    reading = reading_of(finding, rules) if finding else None
    if reading is None or reading.effect.informs_only:
        return None
    limits = limits_for(course.screening.subject, course.library)
    of_chair = [rule for rule in rules.reading(item) if rule.family is Family.GLOBAL]
    if any(rule.step(reading.values, reading.quantity, limits) for rule in of_chair):
        return LowerLimb.REDUCED
    names = {name for rule in of_chair for step in rule.steps for name in step.limits.values()}
    return LowerLimb.NOT_REDUCED if any(limits(name) is not None for name in names) else None
