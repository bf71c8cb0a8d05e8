"""Starting from exercises chosen before: what is safe for this person now, and what is not and why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from clinic_app.domain.case import Case, case_of
from clinic_app.domain.circumstances import Circumstances
from clinic_app.domain.dose import longest_hold
from clinic_app.domain.exercise_library import ExerciseLibrary
from clinic_app.domain.prescribe import prescription_for, treated_sides
from clinic_app.domain.programme import Prescription, SideDose
from clinic_app.domain.safe import why_unsafe
from clinic_app.domain.side_doses import with_other_dose

UNKNOWN, FULL = "unknown", "full"


@dataclass(frozen=True)
class TakenOver:
    """The lines made anew for this person with the doses of before, and by exercise why others are not."""

    lines: tuple[Prescription, ...] = ()
    refused: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def take_over(
    before: Iterable[Prescription], circumstances: Circumstances, library: ExerciseLibrary
) -> TakenOver:
    """Take what is safe. Legs, cautions and group follow from today; sets, repetitions, hold and days from
    before, within today's limits. The circumstances must be those of a programme that is not withheld.
    """
    case = case_of(circumstances, library)
    lines: list[Prescription] = []
    refused: dict[str, tuple[str, ...]] = {}
    for line in before:
        exercise = library.by_id.get(line.exercise)
        if exercise is None:
            refused[line.exercise] = (UNKNOWN,)
            continue
        made = prescription_for(exercise, circumstances, library, lines)
        against = why_unsafe(exercise, circumstances, library, treated_sides(made.sides))
        if against or len(lines) >= library.selection.size.most:
            refused[line.exercise] = against or (FULL,)
        else:
            lines.append(_dosed(made, line, case, library))
    return TakenOver(tuple(lines), refused)


def differences(now: Prescription, before: Prescription) -> tuple[str, ...]:
    """What of a line is not as it was: dose, sides, group, cautions."""
    pairs = {
        "dose": (_dose(now), _dose(before)),
        "sides": (now.sides, before.sides),
        "group": (now.group, before.group),
        "cautions": (now.caution_keys, before.caution_keys),
    }
    return tuple(name for name, (one, other) in pairs.items() if one != other)


def _dose(line: Prescription) -> tuple[object, ...]:
    return line.side_dose, line.other, line.days_per_week


def _dosed(made: Prescription, before: Prescription, case: Case, library: ExerciseLibrary) -> Prescription:
    limits, most_hold = library.dosage.limits, longest_hold(library.by_id[made.exercise], case, library)

    def fitted(dose: SideDose) -> SideDose:
        return SideDose(
            _within(dose.sets, limits.sets),
            _within(dose.reps, limits.reps),
            min(_within(dose.hold_s, limits.hold_s), most_hold),
        )

    days = _within(before.days_per_week, limits.days_per_week)
    own = fitted(before.side_dose)
    line = replace(made, sets=own.sets, reps=own.reps, hold_s=own.hold_s, days_per_week=days)
    same_leg = made.sides.side is before.sides.side
    return with_other_dose(line, fitted(before.other), library) if before.other and same_leg else line


def _within(number: int, limits: tuple[int, int]) -> int:
    return max(limits[0], min(number, limits[1]))
