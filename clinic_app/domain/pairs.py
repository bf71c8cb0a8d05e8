"""What two tests of one person say beside each other: one side and the other, or two tests of one muscle."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from clinic_app.domain.assessment import Information, Note
from clinic_app.domain.course import Course
from clinic_app.domain.finding import Finding
from clinic_app.domain.flags import Weighed, limits_for
from clinic_app.domain.grade import Grade
from clinic_app.domain.pain import function_test
from clinic_app.domain.protocol import Group, Side
from clinic_app.domain.readings import Reading, number, tired

ASYMMETRY = "MMT-A4"
LED_BY_TFL = "TFL-1"
SHORTER_BRIDGE = "BRG-2"
UNEVEN_SIDE_BRIDGE = "SBR-1"

_BRIDGE, _SIDE_BRIDGE = "bridge_single_leg_hold", "side_bridge_hold"
_ABDUCTION, _POSTERIOR = "mmt_hip_abduction", "mmt_gmed_posterior"


def shorter_bridge(course: Course) -> Reading | None:
    """BRG-2, read of the shorter side, which must have tired; the longer one only has to be timed."""
    numbers = course.library.rules.numbers
    both = _timed(_BRIDGE, course)
    if len(both) < 2:
        return None
    shorter = min(both, key=lambda side: both[side][1])
    finding, short = both[shorter]
    long = both[shorter.other][1]
    if not tired(finding) or short >= long * numbers.bridge_asym_ratio.value:
        return None
    effect = function_test(finding, course.library.rules)
    return Reading(_BRIDGE, shorter, short, quantity=long - short, reads="difference", effect=effect)


def uneven_side_bridge(course: Course) -> Iterator[Information]:
    """SBR-1: side bridges that differ by more than measurement error; it only informs."""
    both = _timed(_SIDE_BRIDGE, course)
    if len(both) == 2:
        left, right = (both[side][1] for side in Side)
        rule = course.library.rules.by_id[UNEVEN_SIDE_BRIDGE]
        if rule.step((), abs(left - right), limits_for(course.screening.subject, course.library)):
            weaker = Side.LEFT if left < right else Side.RIGHT
            yield Information(UNEVEN_SIDE_BRIDGE, weaker, abs(left - right), _SIDE_BRIDGE)


def _timed(item: str, course: Course) -> dict[Side, tuple[Finding, Decimal]]:
    """The sides on which the hold was timed and its end explained, with the seconds."""
    timed = {}
    for side in Side:
        finding = course.usable.get(item, side)
        seconds = number(finding, "seconds") if finding else None
        if finding and seconds is not None and finding.values.get("stop_reason"):
            timed[side] = finding, seconds
    return timed


def asymmetry(grades: Mapping[tuple[str, Side], Grade], course: Course) -> Iterator[Note]:
    """MMT-A4: one side at least a grade below the other; it never adds a flag."""
    rule = course.library.rules.by_id[ASYMMETRY]
    for item in rule.items:
        both = {side: grades[item, side] for side in Side if (item, side) in grades}
        if len(set(both.values())) == 2:
            weaker = min(both, key=lambda side: both[side].rank)
            yield Note(ASYMMETRY, rule.group, weaker, item)


def led_by_tfl(grades: Mapping[tuple[str, Side], Grade], course: Course) -> Iterator[Note]:
    """TFL-1: the posterior gluteus medius so many grades below abduction on the same side."""
    steps = course.library.rules.numbers.tfl_steps.value
    for side in Side:
        whole, posterior = grades.get((_ABDUCTION, side)), grades.get((_POSTERIOR, side))
        if whole and posterior and whole.rank - posterior.rank >= steps:
            yield Note(LED_BY_TFL, Group.ABDUCTORS, side, _POSTERIOR)


def grades_in(heard: Iterator[Weighed]) -> dict[tuple[str, Side], Grade]:
    """The manual grades that may be read, by test and side."""
    return {(weighed.item, weighed.side): weighed.grade for weighed in heard if weighed.grade}
