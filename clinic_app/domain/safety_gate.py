"""From the safety answers to what may go on: open flags, overrides, gaps, and how soon a doctor is needed."""

from clinic_app.domain.assessment import OpenFlag, Outcome, OverriddenFlag, SafetyResult
from clinic_app.domain.library import Library
from clinic_app.domain.safety import Advice, Consequence, RedFlag
from clinic_app.domain.screening import Answer, Screening

PRECAUTIONS = "precautions"

_STOPS = (Consequence.STOP_URGENT, Consequence.STOP_REFER)
_MAY_BE_OVERRIDDEN = (Consequence.STOP_REFER, Consequence.REFER)
_ADVICE = {
    Consequence.STOP_URGENT: Advice.URGENT,
    Consequence.STOP_REFER: Advice.REFER_PROMPTLY,
    Consequence.REFER: Advice.REFER,
}


class OverrideRefusedError(ValueError):
    """This red-flag row cannot be overridden, or not without a reason."""

    def __init__(self, row: str, reason: str) -> None:
        super().__init__(f"{row}: {reason}")
        self.row = row
        self.reason = reason


def is_minor(screening: Screening, library: Library) -> bool:
    """The person is a child, for whom no rule of the screen applies; unsure is handled as yes."""
    answers = _answers(screening, library)
    return any(
        row.under_age is not None and answers[row.id] is not Answer.NO for row in library.red_flags.values()
    )


def check_safety(screening: Screening, library: Library) -> SafetyResult:
    """Weigh the safety answers; `OverrideRefusedError` when a row that admits no override has one.

    The advice is that of the safety answers alone; findings may make it graver.
    """
    answers = _answers(screening, library)
    overrides = _checked_overrides(screening, library)
    positive = [row for row in library.red_flags.values() if answers.get(row.id, Answer.NO) is not Answer.NO]
    open_ = [row for row in positive if row.id not in overrides]
    unanswered = [row for row in library.red_flags if row not in answers]
    if not screening.precautions.answered:
        unanswered.append(PRECAUTIONS)
    overridden = [row for row in positive if row.id in overrides]
    return SafetyResult(
        open=tuple(OpenFlag(row.id, answers[row.id], row.consequence) for row in open_),
        overridden=tuple(OverriddenFlag(row.id, row.consequence, overrides[row.id]) for row in overridden),
        unanswered=tuple(unanswered),
        advice=_advice(open_, bool(overridden)),
    )


def outcome_of(safety: SafetyResult) -> Outcome:
    """An open stop comes first, then a gap in the answers."""
    if any(flag.consequence in _STOPS for flag in safety.open):
        return Outcome.SCREEN_STOPPED
    if safety.unanswered:
        return Outcome.INCOMPLETE_SAFETY
    return Outcome.ASSESSED


def _answers(screening: Screening, library: Library) -> dict[str, Answer]:
    by_age = {row.id: row.under_age for row in library.red_flags.values() if row.under_age is not None}
    below = {row: Answer.YES for row, age in by_age.items() if screening.subject.age < age}
    return dict.fromkeys(by_age, Answer.NO) | dict(screening.red_flags) | below


def _checked_overrides(screening: Screening, library: Library) -> dict[str, str]:
    for row, reason in screening.red_flag_overrides.items():
        refusal = why_no_override(library.red_flags[row], reason)
        if refusal:
            raise OverrideRefusedError(row, refusal)
    return dict(screening.red_flag_overrides)


def may_be_overridden(row: RedFlag) -> bool:
    """The therapist may override this row, with a reason."""
    return row.consequence in _MAY_BE_OVERRIDDEN


def why_no_override(row: RedFlag, reason: str) -> str:
    """Why this row may not be overridden with this reason; empty when it may."""
    if not may_be_overridden(row):
        return "cannot be overridden"
    if not reason.strip():
        return "an override needs a reason"
    return ""


def _advice(open_: list[RedFlag], overridden: bool) -> Advice:
    for consequence, advice in _ADVICE.items():
        if any(row.consequence is consequence for row in open_):
            return advice
    return Advice.REFER if overridden else Advice.NONE
