"""An assessment as JSON, in the words of the data."""

from decimal import Decimal
from typing import Any

from clinic_app.domain.assessment import (
    Assessment,
    ClosedItem,
    Flag,
    GroupResult,
    Information,
    Missing,
    Note,
    OpenItem,
    Pattern,
    SafetyResult,
)


def assessment_to_json(assessment: Assessment) -> dict[str, Any]:
    """The assessment as a JSON object: all eight group and side pairs, always in the same order."""
    return {
        "outcome": assessment.outcome,
        "safety": _safety(assessment.safety),
        "groups": [_group(result) for result in assessment.groups],
        "lower_limb": assessment.lower_limb,
        "notes": [_note(note) for note in assessment.notes],
        "information": [_information(entry) for entry in assessment.information],
        "patterns": [_pattern(pattern) for pattern in assessment.patterns],
        "opened": [_opened(item) for item in assessment.opened],
        "closed": [_closed(item) for item in assessment.closed],
        "missing": [_missing(item) for item in assessment.missing],
    }


def _given(**values: object) -> dict[str, Any]:
    """What is there; a key without a value is left out."""
    return {key: value for key, value in values.items() if value not in (None, "", [], ())}


def _safety(safety: SafetyResult) -> dict[str, Any]:
    return {
        "open": [
            {"row": flag.row, "answer": flag.answer, "consequence": flag.consequence} for flag in safety.open
        ],
        "overridden": [
            {"row": flag.row, "consequence": flag.consequence, "reason": flag.reason}
            for flag in safety.overridden
        ],
        **_given(unanswered=list(safety.unanswered)),
        "advice": safety.advice,
    }


def _group(result: GroupResult) -> dict[str, Any]:
    return {
        "group": result.group,
        "side": result.side,
        "class": result.cls,
        "cannot_say": result.cannot_say,
        "confidence": result.confidence,
        "therapist_class": result.therapist_class,
        **_given(therapist_reason=result.therapist_reason),
        "flags": [_flag(flag) for flag in result.flags],
        "not_interpretable": [
            {"item": entry.item, "because": entry.because} for entry in result.not_interpretable
        ],
    }


def _flag(flag: Flag) -> dict[str, Any]:
    return {
        "rule": flag.rule,
        "version": flag.version,
        "family": flag.family,
        "level": flag.level,
        "label": flag.label,
        "direct": flag.direct,
        "item": flag.item,
        "value": flag.value,
        "threshold": flag.threshold,
        "basis": flag.basis,
        "sources": list(flag.sources),
        "counts": flag.counts,
        "lowered_by": list(flag.lowered_by),
    }


def _note(note: Note) -> dict[str, Any]:
    return {"id": note.id, **_given(group=note.group, side=note.side, item=note.item, suggest=note.suggest)}


def _information(entry: Information) -> dict[str, Any]:
    value = float(entry.value) if isinstance(entry.value, Decimal) else entry.value
    return {"rule": entry.rule, **_given(side=entry.side, value=value, item=entry.item)}


def _pattern(pattern: Pattern) -> dict[str, Any]:
    return {
        "id": pattern.id,
        **_given(side=pattern.side),
        "because": list(pattern.because),
        **_given(missing=list(pattern.missing)),
    }


def _opened(item: OpenItem) -> dict[str, Any]:
    return {"item": item.item, "because": item.because}


def _closed(item: ClosedItem) -> dict[str, Any]:
    return {"item": item.item, **_given(side=item.side), "because": item.because}


def _missing(item: Missing) -> dict[str, Any]:
    return {"item": item.item, **_given(side=item.side)}
