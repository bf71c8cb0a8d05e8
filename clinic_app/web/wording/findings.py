"""A finding in words, without judging it."""

from collections.abc import Mapping
from dataclasses import replace

from clinic_app.domain.finding import Finding, NotDoneReason, PainLimited, Value
from clinic_app.domain.protocol import Field, FieldKind, Item, Side
from clinic_app.web.wording.language import say as _
from clinic_app.web.wording.values import inside, lower_first, trials_words, value_words

Words = Mapping[str, Mapping[str, str]]
FORCES, ENTERED = "trials_n", "entered"


def item_name(item: Item) -> str:
    """The name of a test."""
    return _(item.name)


def side_word(side: Side | None) -> str:
    """A side as a word, never a letter; nothing where a test has no side."""
    if side is None:
        return ""
    return _("left") if side is Side.LEFT else _("right")


def not_done_words(reason: NotDoneReason | None, words: Words) -> str:
    """Why a test was not done: "Not tested: too sore"."""
    if reason is None:
        return _("Not tested: no reason given")
    return _("Not tested: %(reason)s", reason=lower_first(_(words["not_done_reason"][reason])))


def finding_words(finding: Finding | None, item: Item, words: Words) -> str:
    """What was recorded: "4−, pain 2/10", "Not tested: too sore", "Pain 6/10 stopped the test (4−)"."""
    if finding is None:
        return _("Not recorded")
    if not finding.done:
        return not_done_words(finding.not_done_reason, words)
    values = values_words(finding, item)
    if finding.pain_limited is PainLimited.YES:
        return _stopped(finding.pain, values)
    parts = [values, pain_words(finding.pain) if item.asks_pain else ""]
    if finding.pain_limited is PainLimited.UNSURE:
        parts.append(_("unsure whether pain stopped full effort"))
    return ", ".join(part for part in parts if part)


def pain_words(pain: int | None) -> str:
    """Pain during a test; not recorded is never zero."""
    return _("pain not recorded") if pain is None else _("pain %(pain)s/10", pain=pain)


def values_words(finding: Finding, item: Item) -> str:
    """The recorded values: the test's one result and its time by themselves, all else behind its label.

    What the stopwatch measured says so; all else was typed.
    """
    required = [field for field in item.fields if field.required]
    told = [
        (_alone(finding, field) if [field] == required else _labelled(finding.values[field.key], field))
        + (f" ({_('timed')})" if field.key in finding.timed else "")
        for field in item.fields
        if _worth_telling(finding.values.get(field.key), field) and field.key != ENTERED
    ]
    return ", ".join([*told[:1], *(lower_first(words) for words in told[1:])])


def _alone(finding: Finding, field: Field) -> str:
    """The one result; a force as the device showed it, with the newtons beside it."""
    words = value_words(finding.values[field.key], field)
    entered = finding.values.get(ENTERED)
    if field.key != FORCES or not isinstance(entered, Mapping) or entered.get("unit") in (None, field.unit):
        return words
    shown = trials_words(entered.get("trials"), replace(field, unit=str(entered["unit"])))
    return f"{shown} ({words})"


def compensation_words(finding: Finding, item: Item) -> str:
    """What the therapist saw, in the item's words."""
    labels = {choice.id: choice.label for choice in item.compensations}
    return ", ".join(_(labels.get(seen, seen)) for seen in finding.compensations)


def confirmed_words(finding: Finding, item: Item) -> str:
    """The unlikely values that the therapist was asked about and said are right."""
    told = [
        lower_first(_labelled(finding.values[field.key], field))
        for field in item.fields
        if field.key in finding.confirmed and field.key in finding.values
    ]
    return _("unlikely, confirmed as right: %(values)s", values=", ".join(told)) if told else ""


def _stopped(pain: int | None, values: str) -> str:
    if pain is None:
        stopped = _("Pain stopped the test")
    else:
        stopped = _("Pain %(pain)s/10 stopped the test", pain=pain)
    return f"{stopped} ({values})" if values else stopped


def _worth_telling(value: Value, field: Field) -> bool:
    """A box that need not be ticked tells nothing when it is not."""
    return value is not None and (value is not False or field.both_ways)


def _labelled(value: Value, field: Field) -> str:
    if field.kind in _CLEAR_ALONE:
        return value_words(value, field)
    between = " " if field.kind in _NUMBERS else ": "
    return f"{_(field.label)}{between}{inside(value, field)}"


_NUMBERS = frozenset(
    {FieldKind.GRADE, FieldKind.INTEGER, FieldKind.DECIMAL, FieldKind.TRIALS, FieldKind.POINTS}
)
_CLEAR_ALONE = frozenset({FieldKind.YES_NO, FieldKind.SECONDS})
