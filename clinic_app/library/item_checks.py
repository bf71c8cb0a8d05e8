"""What must hold inside one test or one row: each broken promise as key and reason."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from clinic_app.domain.protocol import Field, FieldKind, Item, Part, Timer

Fault = tuple[str, str]

_WITH_CHOICES = frozenset({FieldKind.GRADE, FieldKind.CHOICE, FieldKind.CHOICES, FieldKind.CRITERIA})
_WITH_LIMITS = frozenset({FieldKind.INTEGER, FieldKind.DECIMAL, FieldKind.SECONDS})
_ASKING = frozenset({FieldKind.CHOICE, FieldKind.CHOICES, FieldKind.GRADE})
FROM_PATIENT = "patient"


def item_faults(item: Item) -> Iterator[Fault]:
    """Everything wrong inside one test."""
    yield from field_faults(item.fields)
    yield from _twice("compensations", (choice.id for choice in item.compensations))
    if item.minutes <= 0:
        yield "minutes", "a test takes time"
    if not item.evidence:
        yield "evidence", "name a source, or say that it is clinical convention"
    if item.asks_pain_limited and not item.asks_pain:
        yield "asks_pain_limited", "asked only where pain is asked"
    if item.timer is Timer.STOPWATCH and item.timer_seconds is None:
        yield "timer_seconds", "a stopwatch needs a length"


def field_faults(fields: tuple[Field, ...]) -> Iterator[Fault]:
    """Everything wrong with the fields of a test or of a precaution."""
    yield from _twice("fields", (field.key for field in fields))
    by_key = {field.key: field for field in fields}
    for field in fields:
        for key, reason in _field_faults(field, by_key):
            yield f"fields.{field.key}.{key}", reason


def _field_faults(field: Field, by_key: Mapping[str, Field]) -> Iterator[Fault]:
    for check in _FIELD_CHECKS:
        yield from check(field)
    for asking, answers in (field.shown_with or {}).items():
        yield from _shown_with(asking, answers, by_key.get(asking))
    yield from _derived(field, by_key)


def _derived(field: Field, by_key: Mapping[str, Field]) -> Iterator[Fault]:
    if field.derived_from in ("", FROM_PATIENT):
        return
    source = by_key.get(field.derived_from)
    if source is None or source.kind is not FieldKind.CRITERIA:
        yield "derived_from", f"{field.derived_from} is not a field with criteria"
    elif 0 not in (choice.least_met for choice in field.choices):
        yield "choices", "one answer has to follow when no criterion is met"


def _choices(field: Field) -> Iterator[Fault]:
    if field.kind in _WITH_CHOICES and not field.choices:
        yield "choices", f"a field of kind {field.kind} needs choices"
    if field.choices and field.kind not in _WITH_CHOICES:
        yield "choices", f"a field of kind {field.kind} has none"
    yield from _twice("choices", (choice.id for choice in field.choices))


def _limits(field: Field) -> Iterator[Fault]:
    if field.kind in _WITH_LIMITS:
        yield from _range(field)
    elif field.minimum is not None or field.maximum is not None:
        yield "minimum", f"a field of kind {field.kind} has no limits"


def _parts(field: Field) -> Iterator[Fault]:
    if (field.kind is FieldKind.READINGS) != bool(field.parts):
        yield "parts", "readings have parts, and only readings"
    yield from _twice("parts", (part.key for part in field.parts))
    for part in field.parts:
        for key, reason in _range(part):
            yield f"parts.{part.key}.{key}", reason
    if field.most < 1:
        yield "most", "at least one may be given"


_FIELD_CHECKS: tuple[Callable[[Field], Iterator[Fault]], ...] = (_choices, _limits, _parts)


def _range(limited: Field | Part) -> Iterator[Fault]:
    if limited.minimum is None or limited.maximum is None or limited.step is None:
        yield "minimum", "a number needs minimum, maximum and step"
    elif limited.minimum > limited.maximum:
        yield "minimum", f"{limited.minimum} is above the maximum {limited.maximum}"
    elif limited.step <= 0:
        yield "step", "a step is above zero"


def _shown_with(asking: str, answers: tuple[str, ...], field: Field | None) -> Iterator[Fault]:
    if field is None or field.kind not in _ASKING:
        yield "shown_with", f"{asking} is not a field with choices"
        return
    known = {choice.id for choice in field.choices}
    for answer in answers:
        if answer not in known:
            yield "shown_with", f"{answer} is not a choice of {asking}"


def _twice(key: str, names: Iterable[str]) -> Iterator[Fault]:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            yield key, f"{name} stands twice"
        seen.add(name)
