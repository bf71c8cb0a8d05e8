"""An assessment as JSON, in the words of the data."""

from decimal import Decimal
from typing import Any

from clinic_app.domain.assessment import (
    Assessment,
    ClosedItem,
    Flag,
    Force,
    GroupResult,
    Information,
    Missing,
    Note,
    OpenItem,
    Pattern,
    SafetyResult,
    Symmetry,
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
        **_given(
            forces=[_force(force) for force in assessment.forces],
            symmetry=[_symmetry(one) for one in assessment.symmetry],
        ),
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
        "value": _number(flag.value),
        "threshold": flag.threshold,
        "basis": flag.basis,
        "sources": list(flag.sources),
        "counts": flag.counts,
        "lowered_by": list(flag.lowered_by),
    }


def _note(note: Note) -> dict[str, Any]:
    return {"id": note.id, **_given(group=note.group, side=note.side, item=note.item, suggest=note.suggest)}


def _information(entry: Information) -> dict[str, Any]:
    return {"rule": entry.rule, **_given(side=entry.side, value=_number(entry.value), item=entry.item)}


def _pattern(pattern: Pattern) -> dict[str, Any]:
    return {
        "id": pattern.id,
        **_given(side=pattern.side),
        "because": list(pattern.because),
        **_given(missing=list(pattern.missing)),
    }


def _force(force: Force) -> dict[str, Any]:
    """A force with what it was made of: the id of each formula and of the norm stands beside its number."""
    score = force.score
    return {
        "item": force.item,
        "side": force.side,
        "force_n": _number(force.force_n),
        "mean_n": _number(force.mean_n),
        "trials": force.trials,
        **_given(
            method=force.method,
            position=force.position,
            stabilisation=force.stabilisation,
            pad=force.pad,
            lever_cm=_number(force.lever_cm),
            mass_kg=_number(force.mass_kg),
        ),
        "interpretable": force.interpretable,
        **_calculated("torque_nm_kg", force.torque_nm_kg, "torque"),
        **_calculated("percent_body_weight", force.percent_body_weight, "percent_body_weight"),
        **_calculated("z", score.z, "z", norm=score.norm),
        **_calculated("percent_predicted", score.percent_predicted, "percent_predicted", norm=score.norm),
        **({"no_norm": {"because": score.lacking, **_given(nearest=score.norm)}} if score.lacking else {}),
        **({"another_trial": True} if force.another_trial else {}),
    }


def _calculated(key: str, number: Decimal | None, formula: str, **inputs: str) -> dict[str, Any]:
    if number is None:
        return {}
    return {key: {"value": _number(number), "formula": formula, **_given(**inputs)}}


def _symmetry(one: Symmetry) -> dict[str, Any]:
    return {
        "item": one.item,
        **_calculated("lsi", one.lsi, "lsi"),
        **_given(weaker=one.weaker, unlike=list(one.unlike), not_read=list(one.not_read)),
    }


def _number(value: Decimal | str | None) -> float | str | None:
    return float(value) if isinstance(value, Decimal) else value


def _opened(item: OpenItem) -> dict[str, Any]:
    return {"item": item.item, "because": item.because}


def _closed(item: ClosedItem) -> dict[str, Any]:
    return {"item": item.item, **_given(side=item.side), "because": item.because}


def _missing(item: Missing) -> dict[str, Any]:
    return {"item": item.item, **_given(side=item.side)}
