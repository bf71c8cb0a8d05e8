"""What several findings suggest together, separate from the classes and never a diagnosis."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from clinic_app.domain.assessment import GroupResult, Information, Pattern
from clinic_app.domain.course import Course
from clinic_app.domain.protocol import Group
from clinic_app.domain.screening import Class
from clinic_app.domain.signs import Signs

_WEAK_CLASSES = (Class.PROBABLE, Class.MARKED)
_ABDUCTION, _TFL = "mmt_hip_abduction", "mmt_tfl"
_STANCE, _LAG = "trendelenburg_30s", "hip_lag_sign"
_MOTOR, _TENSION, _SENSATION = "lumbar_l5_motor", "slr_slump", "neuro_sensation"
_PALPATION, _RESISTED, _STANCE_PAIN = "palpation_gt", "resisted_abduction_pain", "sls_pain_30s"
_RANGE, _BEHAVIOUR, _FADIR = "hip_rom", "symptom_behaviour", "fadir"
_LATERAL = (_STANCE_PAIN, _RESISTED, "fader", "add_test", "resisted_ext_derotation", "faber")
_NERVE_LESION = "P-SGN"

_Found = tuple[str, tuple[str, ...]]


@dataclass(frozen=True)
class Person:
    """What the patterns read on one side: the signs there, and how the abductors came out."""

    signs: Signs
    abductors: GroupResult


def patterns_in(
    course: Course, results: Iterable[GroupResult]
) -> tuple[tuple[Pattern, ...], tuple[Information, ...]]:
    """Every pattern that the findings suggest, the nerve root first; and what only hints at one.

    Each names the tests because of which it shows, and those that it looks at and that were not done.
    """
    people = [
        Person(Signs(course, result.side), result) for result in results if result.group is Group.ABDUCTORS
    ]
    found: list[Pattern] = []
    hints: list[Information] = []
    for looked_at, pattern in _PATTERNS:
        for person in people:
            for name, because in pattern(person):
                side = person.signs.side
                if name == _NERVE_LESION and not person.signs.nerve_at_risk:
                    hints.append(Information(name, side))
                    continue
                others = tuple(item for item in looked_at if item not in because)
                found.append(Pattern(name, side, because, person.signs.not_done(others)))
    return tuple(found), tuple(hints)


def _nerve_root(person: Person) -> Iterator[_Found]:
    signs = person.signs
    weak = person.abductors.cls in _WEAK_CLASSES or signs.graded_at_most(_ABDUCTION, signs.cuts.nerve_root)
    holds = {
        _ABDUCTION: weak,
        _MOTOR: signs.weak_foot is True,
        _TENSION: signs.tension is True,
        _SENSATION: signs.numb,
    }
    because = tuple(item for item, true in holds.items() if true)
    if len(because) >= 2:
        yield "P-L5", because


def _tear(person: Person) -> Iterator[_Found]:
    signs = person.signs
    weak = signs.graded_at_most(_ABDUCTION, signs.cuts.tear)
    older = signs.subject.age >= signs.numbers.tear_age.value
    torn = weak and signs.pelvis_drops and signs.lateral_pain and (older or signs.popped)
    because = ((_LAG,) if signs.lag else ()) + ((_ABDUCTION, _STANCE) if torn else ())
    if because:
        yield "P-TEAR", because


def _nerve_lesion(person: Person) -> Iterator[_Found]:
    signs, cut = person.signs, person.signs.cuts.nerve_root
    both_weak = signs.graded_at_most(_ABDUCTION, cut) and signs.graded_at_most(_TFL, cut)
    if both_weak and signs.weak_foot is False and signs.tension is False:
        yield _NERVE_LESION, (_ABDUCTION, _TFL, _MOTOR, _TENSION)


def _tendon(person: Person) -> Iterator[_Found]:
    signs = person.signs
    if not signs.lateral_pain:
        return
    palpation = signs.sore(_PALPATION)
    others = tuple(item for item in _LATERAL if signs.sore(item))
    if palpation:
        yield ("P-GT-LIKELY" if others else "P-GT-POSSIBLE"), (_PALPATION, *others)
    elif palpation is False and _STANCE_PAIN in others:
        yield "P-GT-POSSIBLE", (_STANCE_PAIN,)
    elif palpation is False and signs.sore(_RESISTED) is False:
        yield "P-GT-UNLIKELY", (_PALPATION, _RESISTED)


def _joint(person: Person) -> Iterator[_Found]:
    signs = person.signs
    if osteoarthritis := _osteoarthritis(signs):
        yield "P-OA", osteoarthritis
    if not signs.groin_pain:
        return
    if signs.fadir and not osteoarthritis:
        yield "P-JOINT", (_FADIR,)
    if signs.fadir is False:
        yield "P-JOINT-LESS", (_FADIR,)


def _osteoarthritis(signs: Signs) -> tuple[str, ...]:
    older = signs.subject.age > signs.numbers.oa_age.value
    bearing = (signs.groin_pain or signs.lateral_pain) and signs.bearing_pain
    stiff = signs.stiffness_min is not None and signs.stiffness_min < signs.numbers.oa_stiffness_min.value
    return (_BEHAVIOUR, _RANGE) if older and bearing and stiff and signs.stiff_hip else ()


_PATTERNS: tuple[tuple[tuple[str, ...], Callable[[Person], Iterator[_Found]]], ...] = (
    ((_ABDUCTION, _MOTOR, _TENSION, _SENSATION), _nerve_root),
    ((_LAG, _ABDUCTION, _STANCE), _tear),
    ((_ABDUCTION, _TFL, _MOTOR, _TENSION), _nerve_lesion),
    ((_PALPATION, *_LATERAL), _tendon),
    ((_RANGE, _FADIR), _joint),
)
