"""What must hold of fields, of a test, a precaution or a table: each broken promise as key and reason."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from clinic_app.domain.protocol import Field, FieldKind, Part

Fault = tuple[str, str]

_WITH_CHOICES = frozenset(
    {FieldKind.GRADE, FieldKind.CHOICE, FieldKind.CHOICES, FieldKind.CRITERIA, FieldKind.POINTS}
)
_WITH_LIMITS = frozenset({FieldKind.INTEGER, FieldKind.DECIMAL, FieldKind.SECONDS, FieldKind.TRIALS})
_SEVERAL = frozenset({FieldKind.READINGS, FieldKind.TRIALS})
_ASKING = frozenset({FieldKind.CHOICE, FieldKind.CHOICES, FieldKind.GRADE})
FROM_PATIENT = "patient"


def field_faults(fields: tuple[Field, ...]) -> Iterator[Fault]:
    """Everything wrong with these fields and with the fields inside them."""
    yield from twice("fields", (field.key for field in fields))
    by_key = {field.key: field for field in fields}
    for field in fields:
        for key, reason in _field_faults(field, by_key):
            yield f"fields.{field.key}.{key}", reason


def twice(key: str, names: Iterable[str]) -> Iterator[Fault]:
    """A fault for each name that stands twice."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            yield key, f"{name} stands twice"
        seen.add(name)


def answers_of(field: Field) -> list[str]:
    """The answers to a question, as content names them."""
    return ["yes", "no"] if field.kind is FieldKind.YES_NO else [choice.id for choice in field.choices]


def _field_faults(field: Field, by_key: Mapping[str, Field]) -> Iterator[Fault]:
    for check in _FIELD_CHECKS:
        yield from check(field)
    for asking, answers in (field.shown_with or {}).items():
        yield from _shown_with(asking, answers, by_key.get(asking))
    yield from _derived(field, by_key)
    yield from _contradicts(field, by_key)
    if field.sum_of:
        yield from _sum(field, by_key)


def _derived(field: Field, by_key: Mapping[str, Field]) -> Iterator[Fault]:
    if field.derived_from in ("", FROM_PATIENT):
        return
    source = by_key.get(field.derived_from)
    if source is None or source.kind is not FieldKind.CRITERIA:
        yield "derived_from", f"{field.derived_from} is not a field with criteria"
    elif 0 not in (choice.least_met for choice in field.choices):
        yield "choices", "one answer has to follow when no criterion is met"


def _sum(field: Field, by_key: Mapping[str, Field]) -> Iterator[Fault]:
    parts = [by_key.get(name) for name in field.sum_of]
    if field.kind is not FieldKind.INTEGER:
        yield "sum_of", "a sum is a whole number"
    wrong = [name for name in field.sum_of if name not in by_key or by_key[name].kind is not FieldKind.POINTS]
    yield from (("sum_of", f"{name} is not a field with points") for name in wrong)
    yield from twice("sum_of", field.sum_of)
    most = sum(len(part.choices) - 1 for part in parts if part)
    if not wrong and (field.minimum != 0 or field.maximum != most):
        yield "sum_of", f"the points add up to 0 to {most}, not {field.minimum} to {field.maximum}"


def _choices(field: Field) -> Iterator[Fault]:
    if field.kind in _WITH_CHOICES and not field.choices:
        yield "choices", f"a field of kind {field.kind} needs choices"
    if field.choices and field.kind not in _WITH_CHOICES:
        yield "choices", f"a field of kind {field.kind} has none"
    yield from twice("choices", (choice.id for choice in field.choices))


def _points(field: Field) -> Iterator[Fault]:
    counted = [str(number) for number in range(len(field.choices))]
    if field.kind is FieldKind.POINTS and [choice.id for choice in field.choices] != counted:
        yield "choices", "points are counted from 0, one choice each"


def _limits(field: Field) -> Iterator[Fault]:
    if field.kind in _WITH_LIMITS:
        yield from _range(field)
    elif field.minimum is not None or field.maximum is not None:
        yield "minimum", f"a field of kind {field.kind} has no limits"


def _trials(field: Field) -> Iterator[Fault]:
    if (field.kind is FieldKind.TRIALS) != (field.aggregate is not None):
        yield "aggregate", "trials say what of them is read, and only trials"
    if field.most < 1:
        yield "most", "at least one may be given"
    if field.most > 1 and field.kind not in _SEVERAL:
        yield "most", f"a field of kind {field.kind} takes one"


def _parts(field: Field) -> Iterator[Fault]:
    if (field.kind is FieldKind.READINGS) != bool(field.parts):
        yield "parts", "readings have parts, and only readings"
    yield from twice("parts", (part.key for part in field.parts))
    for part in field.parts:
        for key, reason in _range(part):
            yield f"parts.{part.key}.{key}", reason


def _table(field: Field) -> Iterator[Fault]:
    if (field.kind is FieldKind.TABLE) != bool(field.fields):
        yield "fields", "a table has fields of its own, and only a table"
    for inner in field.fields:
        if inner.kind is FieldKind.TABLE or inner.whole_person:
            yield f"fields.{inner.key}", "inside a table there is no table and no whole person"
    yield from field_faults(field.fields)


def _suggests(field: Field) -> Iterator[Fault]:
    if field.suggests and field.kind is not FieldKind.TEXT:
        yield "suggests", "only a text suggests words"
    yield from twice("suggests", field.suggests)
    if any(not words.strip() for words in field.suggests):
        yield "suggests", "a suggestion has words"


def _unlikely(field: Field) -> Iterator[Fault]:
    if field.kind not in _WITH_LIMITS and (field.unlikely_below, field.unlikely_above) != (None, None):
        yield "unlikely_above", f"a field of kind {field.kind} has no unlikely numbers"
    else:
        yield from _unlikely_limits(field)
    for part in field.parts:
        for key, reason in _unlikely_limits(part):
            yield f"parts.{part.key}.{key}", reason


def _unlikely_limits(limited: Field | Part) -> Iterator[Fault]:
    if limited.minimum is None or limited.maximum is None:
        return
    for key, limit in (
        ("unlikely_below", limited.unlikely_below),
        ("unlikely_above", limited.unlikely_above),
    ):
        if limit is not None and not limited.minimum <= limit <= limited.maximum:
            yield key, f"{limit} is not within {limited.minimum} to {limited.maximum}"


def _contradicts(field: Field, by_key: Mapping[str, Field]) -> Iterator[Fault]:
    for each in field.contradicts:
        asked = by_key.get(each.field)
        if asked is None or each.answer not in asked.choice_ids:
            yield "contradicts", f"{each.answer} is not a choice of {each.field}"
        if field.kind not in _WITH_LIMITS or (each.above, each.below) == (None, None):
            yield "contradicts", "a number contradicts, above or below a limit"


_FIELD_CHECKS: tuple[Callable[[Field], Iterator[Fault]], ...] = (
    _choices,
    _points,
    _limits,
    _trials,
    _parts,
    _table,
    _suggests,
    _unlikely,
)


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
