"""Which words there must be: one for each id of a closed set, and none for an id that does not exist."""

from collections.abc import Iterable, Iterator, Mapping

from clinic_app.domain import (
    assessment,
    circumstances,
    finding,
    programme,
    protocol,
    reference,
    safety,
    screening,
)
from clinic_app.domain.evidence import Mark
from clinic_app.domain.exercise import Equipment, Posture
from clinic_app.domain.flags import LABELS
from clinic_app.domain.rules import Basis

# A finding that contradicts a clean direct test is shown as a conflict, which is no class of its own.
_CLASSES = (*screening.Class, "conflict")
# The kinds of reason for leaving an exercise out: first what is not safe, then what is passed over.
_EXCLUSIONS = (
    "precaution",
    "equipment",
    "balance",
    "floor",
    "impact_not_cleared",
    "late_stage_only",
    "position",
    "weight_bearing",
    "lies_on_sore_side",
    "not_flagged",
    "above_ceiling",
    "above_target",
    "family",
    "near_duplicate",
    "lower_score",
    "indirect",
    "full",
    "withheld",
    "on_sheet",
    "unknown",
)

_WANTED: Mapping[str, Iterable[str]] = {
    "class": _CLASSES,
    "class_short": _CLASSES,
    "cannot_say": assessment.CannotSay,
    "confidence": assessment.Confidence,
    "outcome": assessment.Outcome,
    "lower_limb": assessment.LowerLimb,
    "not_done_reason": finding.NotDoneReason,
    "pain_limited": finding.PainLimited,
    "status": finding.Status,
    "answer": screening.Answer,
    "sex": screening.Sex,
    "advice": safety.Advice,
    "urgency": safety.Advice,
    "letter_question": safety.Advice,
    "consequence": safety.Consequence,
    "level": set(LABELS.values()),
    "basis": Basis,
    "mark": Mark,
    "group": protocol.Group,
    "group_muscles": protocol.Group,
    "side": circumstances.TagSide,
    "inclusion": protocol.Inclusion,
    "position": {*protocol.Position, *Posture, *circumstances.NotTolerated},
    "weight_bearing": circumstances.WeightBearing,
    "irritability": circumstances.Irritability,
    "falls_risk": circumstances.FallsRisk,
    "goal": circumstances.Goal,
    "sport": circumstances.Sport,
    "stage": circumstances.Stage,
    "severity": circumstances.Severity,
    "pathway": circumstances.Pathway,
    "equipment": Equipment,
    "programme_status": programme.ProgrammeStatus,
    "slot": programme.Slot,
    "norm_use": reference.NormUse,
    "norm_unit": reference.NormUnit,
    "lacking": assessment.Lacking,
    "unlike": ("method", "position", "pad", "stabilisation", "lever"),
    "exclusion": _EXCLUSIONS,
}

# What the reasoning can say beside a class, and what it can suggest; each needs its words.
NOTES = (
    "N-BILAT",
    "N-CONTRA",
    "N-DIRECT",
    "N-GENERAL",
    "N-INDIRECT",
    "N-LSIERR",
    "N-PAINLIMITED",
    "N-STRONGASYM",
    "N-SYM",
    "PAIN-3",
    "PAIN-5",
    "PAIN-7",
    "PAIN-6",
    "MMT-A4",
    "TFL-1",
)
PATTERNS = (
    "P-L5",
    "P-TEAR",
    "P-SGN",
    "P-GT-LIKELY",
    "P-GT-POSSIBLE",
    "P-GT-UNLIKELY",
    "P-OA",
    "P-JOINT",
    "P-JOINT-LESS",
)


def word_faults(words: Mapping[str, Mapping[str, str]]) -> Iterator[tuple[str, str]]:
    """Each word that is missing or belongs to nothing, as key and reason."""
    for vocabulary, wanted in _WANTED.items():
        held, ids = words.get(vocabulary, {}), [str(name) for name in wanted]
        yield from ((f"{vocabulary}.{name}", "the word is missing") for name in ids if name not in held)
        yield from ((f"{vocabulary}.{name}", "belongs to nothing") for name in held if name not in ids)
    for vocabulary, held in words.items():
        yield from ((f"{vocabulary}.{name}", "the word is empty") for name in held if not held[name].strip())
