"""A finding in words, without judging it."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from clinic_app.domain.finding import Finding, NotDoneReason, PainLimited, Value
from clinic_app.domain.protocol import Field, FieldKind, Item, Part, Side
from clinic_app.web.wording.language import say as _

Words = Mapping[str, Mapping[str, str]]


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
    return _("Not tested: %(reason)s", reason=_lower(_(words["not_done_reason"][reason])))


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
    """The recorded values: the test's one result and its time by themselves, all else behind its label."""
    required = [field for field in item.fields if field.required]
    told = [
        value_words(finding.values[field.key], field)
        if [field] == required
        else _labelled(finding.values[field.key], field)
        for field in item.fields
        if _worth_telling(finding.values.get(field.key), field)
    ]
    return ", ".join([*told[:1], *(_lower(words) for words in told[1:])])


def compensation_words(finding: Finding, item: Item) -> str:
    """What the therapist saw, in the item's words."""
    labels = {choice.id: choice.label for choice in item.compensations}
    return ", ".join(_(labels.get(seen, seen)) for seen in finding.compensations)


def value_words(value: Value, field: Field) -> str:
    """One value of a finding: "4−", "30 s", "Pelvis dropped"."""
    return _WORDS[field.kind](value, field)


def _stopped(pain: int | None, values: str) -> str:
    if pain is None:
        stopped = _("Pain stopped the test")
    else:
        stopped = _("Pain %(pain)s/10 stopped the test", pain=pain)
    return f"{stopped} ({values})" if values else stopped


def _worth_telling(value: Value, field: Field) -> bool:
    """A box that need not be ticked tells nothing when it is not."""
    return value is not None and (value is not False or field.required)


def _labelled(value: Value, field: Field) -> str:
    if field.kind in _CLEAR_ALONE:
        return value_words(value, field)
    between = " " if field.kind in _NUMBERS else ": "
    return f"{_(field.label)}{between}{_lower(value_words(value, field))}"


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def _plain(value: Value, field: Field) -> str:
    text = format(value, "f") if isinstance(value, Decimal) else str(value)
    return f"{text} {field.unit}" if field.unit else text


def _grade(value: Value, _field: Field) -> str:
    return str(value).replace("-", "−")


def _choice(value: Value, field: Field) -> str:
    labels = {choice.id: choice.label for choice in field.choices}
    return _(labels.get(str(value), str(value)))


def _choices(value: Value, field: Field) -> str:
    chosen = value if isinstance(value, tuple) else (value,)
    return ", ".join(_choice(one, field) for one in chosen)


def _yes_no(value: Value, field: Field) -> str:
    return _(field.label) if value else f"{_(field.label)}: {_('no')}"


def _seconds(value: Value, _field: Field) -> str:
    return f"{value} s"


def _criteria(value: Value, field: Field) -> str:
    if not isinstance(value, Mapping):
        return str(value)
    labels = {choice.id: choice.label for choice in field.choices}
    told = {labels.get(key, key): str(answer).replace("_", " ") for key, answer in value.items()}
    return ", ".join(f"{_(label)}: {_(answer)}" for label, answer in told.items())


def _readings(value: Value, field: Field) -> str:
    readings = value if isinstance(value, tuple) else (value,)
    return "; ".join(_reading(reading, field.parts) for reading in readings)


def _reading(reading: Value, parts: tuple[Part, ...]) -> str:
    if not isinstance(reading, Mapping):
        return str(reading)
    told = [(part, reading[part.key]) for part in parts if reading.get(part.key) is not None]
    return ", ".join(f"{_(part.label)} {value} {part.unit}".rstrip() for part, value in told)


_NUMBERS = frozenset({FieldKind.GRADE, FieldKind.INTEGER, FieldKind.DECIMAL})
_CLEAR_ALONE = frozenset({FieldKind.YES_NO, FieldKind.SECONDS})

_WORDS: Mapping[FieldKind, Callable[[Value, Field], str]] = {
    FieldKind.GRADE: _grade,
    FieldKind.CHOICE: _choice,
    FieldKind.CHOICES: _choices,
    FieldKind.YES_NO: _yes_no,
    FieldKind.INTEGER: _plain,
    FieldKind.DECIMAL: _plain,
    FieldKind.SECONDS: _seconds,
    FieldKind.TEXT: _plain,
    FieldKind.CRITERIA: _criteria,
    FieldKind.READINGS: _readings,
}
