"""What must hold of a test's stopwatch and of the marks beside it: each broken promise as key and reason."""

from collections.abc import Iterator

from clinic_app.domain.finding import PainLimited
from clinic_app.domain.protocol import FieldKind, Item, TimeMark, Timer
from clinic_app.library.field_checks import Fault, answers_of, twice

SECONDS = "s"


def timer_faults(item: Item) -> Iterator[Fault]:
    """Everything wrong with the timer of one test."""
    if item.timer is Timer.STOPWATCH and item.timer_seconds is None:
        yield "timer_seconds", "a stopwatch needs a length"
    if item.timer is not Timer.STOPWATCH and (item.timer_field or item.marks):
        yield "timer", "marks and a field to fill need a stopwatch"
    if item.timer_field and item.timer_field not in _timed(item, FieldKind.SECONDS, FieldKind.TRIALS):
        yield "timer_field", f"{item.timer_field} takes no seconds"
    if item.rest_seconds is not None and item.rest_seconds <= 0:
        yield "rest_seconds", "a rest takes some time"
    yield from twice("marks", (mark.id for mark in item.marks))
    yield from twice("marks", (mark.key for mark in item.marks))
    for mark in item.marks:
        yield from ((f"marks.{mark.id}.{key}", reason) for key, reason in _mark(mark, item))


def _mark(mark: TimeMark, item: Item) -> Iterator[Fault]:
    if not (len(mark.key) == 1 and mark.key.isascii() and mark.key.islower()):
        yield "key", "a key is one small letter"
    if mark.stamps and mark.stamps not in _timed(item, FieldKind.SECONDS):
        yield "stamps", f"{mark.stamps} takes no seconds"
    for filled, answer in (mark.fills or {}).items():
        if answer not in _answers(filled, item):
            yield "fills", f"{answer} is no answer to {filled}"


def _timed(item: Item, *kinds: FieldKind) -> list[str]:
    return [field.key for field in item.fields if field.kind in kinds and field.unit == SECONDS]


def _answers(filled: str, item: Item) -> list[str]:
    if filled == "compensations":
        return [choice.id for choice in item.compensations]
    if filled == "pain_limited":
        return list(PainLimited) if item.asks_pain_limited else []
    return next((answers_of(field) for field in item.fields if field.key == filled), [])
