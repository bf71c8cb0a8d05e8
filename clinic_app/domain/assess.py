"""From a screening to what may be said of it: assess(screening, library) -> Assessment."""

from dataclasses import replace

from clinic_app.domain.assessment import Assessment, CannotSay, GroupResult, Note, Outcome, Pattern
from clinic_app.domain.combine import combine
from clinic_app.domain.course import Course, closed_items, course_of, missing_items
from clinic_app.domain.library import Library
from clinic_app.domain.lower_limb import lower_limb_of
from clinic_app.domain.notes import Classed, Pairs, notes_on
from clinic_app.domain.patterns import patterns_in
from clinic_app.domain.protocol import Group, Side
from clinic_app.domain.safety import Advice
from clinic_app.domain.safety_gate import check_safety, is_minor, outcome_of
from clinic_app.domain.screening import Class, Screening
from clinic_app.domain.weighing import Weighing, weigh_all

_ASK_PROMPTLY = frozenset({"P-TEAR", "P-L5", "P-SGN", "PAIN-7"})
_WARNING = "PAIN-7"


def assess(screening: Screening, library: Library) -> Assessment:
    """Assess a screening; the same screening and library always give the same assessment.

    An open stop answers nothing but the safety; a person under age, or a gap in the safety answers, leaves
    the classes out. `OverrideRefusedError` when a row that admits no override has one.
    """
    safety = check_safety(screening, library)
    outcome = outcome_of(safety)
    if outcome is Outcome.SCREEN_STOPPED:
        return Assessment(outcome, safety, _withheld(CannotSay.RED_FLAG))
    course = course_of(screening, library)
    frame = Assessment(
        outcome,
        safety,
        groups=(),
        opened=course.opened,
        closed=closed_items(course),
        missing=missing_items(course),
    )
    if is_minor(screening, library):
        return replace(frame, groups=_overruled(_withheld(CannotSay.MINOR), screening))
    weighing = weigh_all(course)
    if outcome is Outcome.INCOMPLETE_SAFETY:
        warnings = tuple(note for note in weighing.notes if note.id == _WARNING)
        return _advised(replace(frame, groups=_withheld(CannotSay.SAFETY_INCOMPLETE), notes=warnings))
    return _advised(_classed(frame, course, weighing))


def _classed(frame: Assessment, course: Course, weighing: Weighing) -> Assessment:
    rules = course.library.rules
    classed: Pairs = {
        pair: Classed(strength, combine(strength, rules.numbers))
        for pair, strength in weighing.strengths.items()
    }
    results = tuple(one.result for one in classed.values())
    limb = lower_limb_of(course)
    patterns, hinted = patterns_in(course, results)
    return replace(
        frame,
        groups=_overruled(results, course.screening),
        lower_limb=limb,
        notes=(*weighing.notes, *notes_on(classed, rules, limb)),
        information=(*weighing.information, *hinted),
        patterns=patterns,
        forces=weighing.forces,
        symmetry=weighing.symmetry,
    )


def _withheld(reason: CannotSay) -> tuple[GroupResult, ...]:
    return tuple(GroupResult(group, side, Class.CANNOT_SAY, reason) for group in Group for side in Side)


def _overruled(results: tuple[GroupResult, ...], screening: Screening) -> tuple[GroupResult, ...]:
    """Put the therapist's own class beside the computed one."""
    overrides = {(override.group, override.side): override for override in screening.overrides}

    def beside(result: GroupResult) -> GroupResult:
        override = overrides.get((result.group, result.side))
        if override is None:
            return result
        return replace(result, therapist_class=override.cls, therapist_reason=override.reason)

    return tuple(map(beside, results))


def _advised(assessment: Assessment) -> Assessment:
    """Let what was found make the advice graver; a screen that goes on has no urgent one to lose."""
    found: tuple[Note | Pattern, ...] = (*assessment.notes, *assessment.patterns)
    if not any(one.id in _ASK_PROMPTLY for one in found):
        return assessment
    return replace(assessment, safety=replace(assessment.safety, advice=Advice.REFER_PROMPTLY))
