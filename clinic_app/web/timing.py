"""What keeps the time of a test: its rest, and the beat of its metronome."""

from dataclasses import dataclass
from decimal import Decimal

from clinic_app.domain.evidence import Mark
from clinic_app.domain.protocol import Item, Timer
from clinic_app.web import current


@dataclass(frozen=True)
class Timing:
    """Seconds of rest after an effort and beats in a minute, None where the test has none.

    `rest_by_convention`: no source asks for that rest.
    """

    rest_s: Decimal | None
    rest_by_convention: bool
    beats_per_minute: Decimal | None


def timing_of(item: Item) -> Timing:
    """The test's own rest, else what all maximal efforts have; the clinic's own numbers count."""
    numbers = current.library().rules.numbers
    common = numbers.rest_s if item.maximal else None
    return Timing(
        rest_s=item.rest_seconds or (common.value if common else None),
        rest_by_convention=not item.rest_seconds and bool(common and common.mark is Mark.CONVENTION),
        beats_per_minute=numbers.beats_per_minute.value if item.timer is Timer.METRONOME else None,
    )
