"""Force by dynamometer: torque, % body weight, z, and one side against the other; never of unlike methods.

Formulas: torque = force x lever / mass (N·m/kg); % body weight = force / (mass x g) x 100; side comparison
= weaker / stronger x 100, each divided once.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from clinic_app.domain.assessment import Force, Information, Score, Symmetry
from clinic_app.domain.course import Course
from clinic_app.domain.finding import Finding
from clinic_app.domain.force import Ratio, rounded, share_of
from clinic_app.domain.norms import Measure, score
from clinic_app.domain.pain import PainEffect, force_test
from clinic_app.domain.protocol import Item, Side
from clinic_app.domain.readings import Reading, number, trials
from clinic_app.domain.reference import NormUnit
from clinic_app.domain.rules import Numbers
from clinic_app.domain.screening import Subject

NOISE = "HHD-L1"
ATHLETE = "HHD-X"
UNLIKE = "unlike "

_ABDUCTION, _ROTATION = "hhd_abduction", "hhd_er"

_SAME = ("method", "position", "pad", "stabilisation")


@dataclass(frozen=True)
class Dynamometry:
    """All forces and side comparisons of a screening, what rules read of them, and what only informs."""

    forces: tuple[Force, ...]
    symmetry: tuple[Symmetry, ...]
    readings: tuple[Reading, ...]
    information: tuple[Information, ...]
    unread: tuple["Unread", ...]


@dataclass(frozen=True)
class Unread:
    """A force on one side that may not be read, or not beside the other, and why; `notes` to print."""

    item: str
    side: Side
    because: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Test:
    """One test on one side: the finding, its force, and what pain does to it."""

    finding: Finding
    force: Force
    effect: PainEffect


def dynamometry_of(course: Course) -> Dynamometry:
    """Work out every dynamometer test of a screening that may be read."""
    tests = [test for item in _items(course) for test in _tests(item, course)]
    pairs = {item.id: {t.force.side: t for t in tests if t.force.item == item.id} for item in _items(course)}
    symmetry = {item: _symmetry(item, both) for item, both in pairs.items() if len(both) == 2}
    readings = [_against_norm(test, course) for test in tests]
    readings += [_against_other(comparison, pairs[item]) for item, comparison in symmetry.items()]
    return Dynamometry(
        tuple(test.force for test in tests),
        tuple(symmetry.values()),
        tuple(reading for reading in readings if reading),
        tuple(line for test in tests for line in _athlete(test, course)),
        tuple(_unread(tests, symmetry.values())),
    )


def _items(course: Course) -> Iterator[Item]:
    return (item for item in course.library.items.values() if item.set_up_by)


def _tests(item: Item, course: Course) -> Iterator[_Test]:
    for side in Side:
        finding = course.usable.get(item.id, side)
        if finding and trials(finding, "trials_n"):
            effect = force_test(finding, course.library.rules)
            yield _Test(finding, _force(finding, side, effect, course), effect)


def _force(finding: Finding, side: Side, effect: PainEffect, course: Course) -> Force:
    made, subject = trials(finding, "trials_n"), course.screening.subject
    measure = Measure(
        finding.item,
        **{key: str(finding.values.get(key) or "") for key in _SAME},
        force_n=max(made),
        lever_cm=number(finding, "lever_cm"),
        mass_kg=subject.mass_kg,
    )
    torque, share = measure.in_unit(NormUnit.NM_KG), measure.in_unit(NormUnit.PERCENT_BODY_WEIGHT)
    readable = not effect.unusable_by
    return Force(
        finding.item,
        side,
        force_n=measure.force_n,
        mean_n=rounded(_mean(made, course.library.rules.numbers), 1),
        trials=len(made),
        method=measure.method,
        position=measure.position,
        stabilisation=measure.stabilisation,
        pad=measure.pad,
        lever_cm=measure.lever_cm,
        mass_kg=measure.mass_kg,
        torque_nm_kg=torque and rounded(torque, 3),
        percent_body_weight=share and rounded(share, 1),
        score=score(measure, subject, course.library.norms.values()) if readable else Score(),
        another_trial=_another_trial(made, course.library.rules.numbers),
        interpretable=readable,
    )


def _mean(made: tuple[Decimal, ...], numbers: Numbers) -> Ratio:
    """The first trials, as many as are asked for, and how many they are."""
    first = made[: int(numbers.trials_asked.value)]
    return sum(first, Decimal()), Decimal(len(first))


def _another_trial(made: tuple[Decimal, ...], numbers: Numbers) -> bool:
    """The best two of no more trials than are asked for differ by more than the limit, as % of the better."""
    if not 2 <= len(made) <= numbers.trials_asked.value:
        return False
    best, second = sorted(made, reverse=True)[:2]
    return (best - second) * 100 > best * numbers.trial_spread_pct.value


def _symmetry(item: str, both: Mapping[Side, _Test]) -> Symmetry:
    """Torque against torque; force against force where a lever or the mass is missing and levers agree."""
    not_read = tuple(side for side, test in both.items() if not test.force.interpretable)
    if not_read:
        return Symmetry(item, not_read=not_read)
    left, right = both[Side.LEFT].force, both[Side.RIGHT].force
    unlike = tuple(key for key in _SAME if getattr(left, key) != getattr(right, key))
    levers_agree = left.lever_cm == right.lever_cm
    torques_known = left.torque_nm_kg is not None and right.torque_nm_kg is not None
    if not levers_agree and not torques_known:
        unlike = (*unlike, "lever")
    if unlike:
        return Symmetry(item, unlike=unlike)
    return _compared(item, {side: _moment(test.force) for side, test in both.items()})


def _moment(force: Force) -> Decimal:
    """Force times lever: the mass is that of one person; without levers, which agree, force alone."""
    return force.force_n * (force.lever_cm or 1)


def _compared(item: str, moments: Mapping[Side, Decimal]) -> Symmetry:
    low, high = min(moments.values()), max(moments.values())
    if not high:
        return Symmetry(item)
    weaker = None if low == high else min(moments, key=lambda side: moments[side])
    return Symmetry(item, lsi=rounded((low * 100, high), 1), weaker=weaker)


def _against_norm(test: _Test, course: Course) -> Reading | None:
    found = test.force.score
    if found.z is None:
        return None
    return Reading(
        test.force.item,
        test.force.side,
        found.z,
        quantity=found.z,
        reads="z",
        effect=test.effect,
        sources=(course.library.norms[found.norm].source,),
    )


def _against_other(comparison: Symmetry, both: Mapping[Side, _Test]) -> Reading | None:
    """Of the weaker side; within error it only informs where that force is not under the reference."""
    weaker = comparison.weaker
    if weaker is None or comparison.lsi is None:
        return None
    z = both[weaker].force.score.z
    return Reading(
        comparison.item,
        weaker,
        comparison.lsi,
        quantity=comparison.lsi,
        reads="lsi",
        effect=both[weaker].effect,
        capped=frozenset({NOISE}) if z is not None and z >= 0 else frozenset(),
    )


def _unread(tests: Iterable[_Test], symmetry: Iterable[Symmetry]) -> Iterator[Unread]:
    """What may not be read: a force that pain stopped, and forces measured in ways that differ."""
    for test in tests:
        if not test.force.interpretable:
            yield Unread(test.force.item, test.force.side, test.effect.unusable_by, test.effect.notes)
    for comparison in symmetry:
        for difference in comparison.unlike[:1]:
            yield from (Unread(comparison.item, side, f"{UNLIKE}{difference}") for side in Side)


def _athlete(test: _Test, course: Course) -> Iterator[Information]:
    """HHD-X: a cohort's line on injury, for those it was drawn in; never a sign of weakness."""
    force, subject, numbers = test.force, course.screening.subject, course.library.rules.numbers
    line = _line(force.item, subject, numbers)
    total, count = _mean(trials(test.finding, "trials_n"), numbers)
    share = share_of(total, subject.mass_kg)
    alike = force.method == "make" and force.stabilisation == "belt" and count >= numbers.trials_asked.value
    abducted = force.item != _ABDUCTION or force.position == "side_lying"
    if line is None or share is None or not (alike and abducted and force.interpretable):
        return
    of_mean = (share[0], share[1] * count)
    if subject.activity == "competitive" and of_mean[0] <= line * of_mean[1]:
        yield Information(ATHLETE, force.side, rounded(of_mean, 1), force.item)


def _line(item: str, subject: Subject, numbers: Numbers) -> Decimal | None:
    soccer = subject.sport == "soccer"
    abduction = numbers.soccer_abduction_pct if soccer else numbers.athlete_abduction_pct
    lines = {_ABDUCTION: abduction, _ROTATION: numbers.athlete_rotation_pct}
    return lines[item].value if item in lines else None
