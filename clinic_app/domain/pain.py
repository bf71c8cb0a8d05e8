"""What pain does to a finding, before it may count: not interpretable, one level less, or a remark."""

from dataclasses import dataclass
from decimal import Decimal

from clinic_app.domain.finding import Finding, PainLimited
from clinic_app.domain.grade import Grade
from clinic_app.domain.rules import Rules

ALT_POSITION = "alt_position"


@dataclass(frozen=True)
class PainEffect:
    """What a finding may still say.

    `unusable_by` names what makes it not interpretable; `informs_only` leaves it as information without
    level, `stopped` when that is because pain stopped a strength test; `lowered_by` names what takes one
    level, once; `notes` are rule ids to print, `notes_if_weak` those to print when a flag is raised.
    """

    unusable_by: str = ""
    informs_only: bool = False
    stopped: bool = False
    lowered_by: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    notes_if_weak: tuple[str, ...] = ()


def manual_test(finding: Finding, rules: Rules) -> PainEffect:
    """PAIN-1, 2, 3, 5 and 7 for a manual test; an alternative position lowers as PAIN-2 does."""
    grade = Grade(str(finding.values["grade"]))
    if grade is Grade.G5:
        return PainEffect(notes=("PAIN-3",) if _hurts(finding) else ())
    notes = _unrecorded(finding)
    if _stops(finding, rules):
        severe = grade.at_most(rules.grades.severe_pain_loss)
        return PainEffect("PAIN-1", notes=(*notes, "PAIN-7") if severe else notes)
    return PainEffect(lowered_by=_lowered_by(finding, grade, rules), notes=notes)


def force_test(finding: Finding, rules: Rules) -> PainEffect:
    """PAIN-1, 2 and 5 for a dynamometer test; stopped by pain, any value is not interpretable."""
    notes = _unrecorded(finding)
    if _stops(finding, rules):
        return PainEffect("PAIN-1", notes=notes)
    return PainEffect(lowered_by=("PAIN-2",) if _slightly(finding) else (), notes_if_weak=notes)


def lag_sign(finding: Finding, rules: Rules) -> PainEffect:
    """PAIN-6: slight pain takes a level, pain that stopped it leaves information."""
    notes = _unrecorded(finding)
    if _stops(finding, rules):
        return PainEffect(informs_only=True, stopped=True, notes_if_weak=("PAIN-6",))
    return PainEffect(lowered_by=("PAIN-6",) if _slightly(finding) else (), notes_if_weak=notes)


def stance_test(finding: Finding, rules: Rules) -> PainEffect:
    """PAIN-4 for a positive Trendelenburg test or gait; `antalgic` lowers the gait."""
    if _reaches(finding.pain, rules.numbers.trend_pain_ni.value):
        return PainEffect("PAIN-4", informs_only=True)
    patterns = finding.values.get("patterns")
    antalgic = isinstance(patterns, tuple) and "antalgic" in patterns
    return PainEffect(lowered_by=("PAIN-4",) if finding.pain or antalgic else ())


def function_test(finding: Finding, rules: Rules) -> PainEffect:
    """A function test done with this much pain informs only."""
    return PainEffect(informs_only=_reaches(finding.pain, rules.numbers.function_pain_ni.value))


def _stops(finding: Finding, rules: Rules) -> bool:
    limited = finding.pain_limited is PainLimited.YES
    return limited or _reaches(finding.pain, rules.numbers.pain_ni.value)


def _slightly(finding: Finding) -> bool:
    return finding.pain_limited is PainLimited.UNSURE or bool(finding.pain)


def _unrecorded(finding: Finding) -> tuple[str, ...]:
    return ("PAIN-5",) if finding.pain is None else ()


def _lowered_by(finding: Finding, grade: Grade, rules: Rules) -> tuple[str, ...]:
    unreliable = not grade.at_most(rules.grades.alternative_reliable)
    reasons = {
        "PAIN-2": _slightly(finding),
        ALT_POSITION: finding.values.get(ALT_POSITION) is True and unreliable,
    }
    return tuple(reason for reason, holds in reasons.items() if holds)


def _hurts(finding: Finding) -> bool:
    return bool(finding.pain) or finding.pain_limited is PainLimited.YES


def _reaches(pain: int | None, limit: Decimal) -> bool:
    return pain is not None and pain >= limit
