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
    level; `lowered_by` names what takes one level, once; `notes` are rule ids to print.
    """

    unusable_by: str = ""
    informs_only: bool = False
    lowered_by: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def manual_test(finding: Finding, rules: Rules) -> PainEffect:
    """PAIN-1, 2, 3, 5 and 7 for a manual test; an alternative position lowers as PAIN-2 does."""
    grade = Grade(str(finding.values["grade"]))
    if grade is Grade.G5:
        return PainEffect(notes=("PAIN-3",) if _hurts(finding) else ())
    notes = ("PAIN-5",) if finding.pain is None else ()
    if finding.pain_limited is PainLimited.YES or _reaches(finding.pain, rules.numbers.pain_ni.value):
        severe = grade.at_most(rules.grades.severe_pain_loss)
        return PainEffect("PAIN-1", notes=(*notes, "PAIN-7") if severe else notes)
    return PainEffect(lowered_by=_lowered_by(finding, grade, rules), notes=notes)


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


def _lowered_by(finding: Finding, grade: Grade, rules: Rules) -> tuple[str, ...]:
    unreliable = not grade.at_most(rules.grades.alternative_reliable)
    reasons = {
        "PAIN-2": finding.pain_limited is PainLimited.UNSURE or bool(finding.pain),
        ALT_POSITION: finding.values.get(ALT_POSITION) is True and unreliable,
    }
    return tuple(reason for reason, holds in reasons.items() if holds)


def _hurts(finding: Finding) -> bool:
    return bool(finding.pain) or finding.pain_limited is PainLimited.YES


def _reaches(pain: int | None, limit: Decimal) -> bool:
    return pain is not None and pain >= limit
