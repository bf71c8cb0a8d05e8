"""The unlikely is asked about once: after a save, on its step, and in the review; it never blocks."""

from dataclasses import dataclass

from sqlalchemy import select

from clinic_app.domain.doubts import Beside, Doubt, can_be_twice, doubts_of, exchanged, is_uneven, unconfirmed
from clinic_app.domain.finding import Finding
from clinic_app.domain.protocol import Item, Side
from clinic_app.exchange.force_json import ENTERED, FORCES
from clinic_app.records.finding import NO_SIDE, TAKEN_BACK, finding_of
from clinic_app.records.finding import Finding as FindingRow
from clinic_app.records.screening import load_screening
from clinic_app.web import current
from clinic_app.web.banner import painful_sides
from clinic_app.web.screenings.page import ScreeningPage, page_of
from clinic_app.web.wording import side_word
from clinic_app.web.wording.doubts import doubt_sentence, doubt_words
from clinic_app.web.wording.language import say as _


@dataclass(frozen=True)
class ShownDoubt:
    """One question on a step: the key that its tick confirms, and the field that is typed."""

    side: str
    key: str
    typed: str
    text: str


def asks_of(screening_id: int, item: Item, finding: Finding) -> list[dict[str, str]]:
    """What is asked about the finding that was just saved."""
    other = _other(screening_id, item, finding.side) if finding.done and finding.values else None
    told = [*unconfirmed(item, finding, other), *_exchanged(screening_id, item, finding, other)]
    return [
        {
            "key": doubt.key,
            "typed": _typed(doubt.key, item),
            "kind": doubt.kind.value,
            "text": doubt_sentence(doubt, item),
        }
        for doubt in told
    ]


def shown_doubts(page: ScreeningPage, item: Item) -> list[ShownDoubt]:
    """The questions on a step; one that is settled stays, or the next save would take it back."""
    return [
        ShownDoubt(
            side=str(side or NO_SIDE),
            key=d.key,
            typed=_typed(d.key, item),
            text=doubt_sentence(d, item),
        )
        for side, told in _doubts_of(page, item).items()
        for d in told
    ]


def still_asked(page: ScreeningPage) -> list[tuple[str, str]]:
    """The questions that nobody settled: the step, and the value in words."""
    return [
        (step.item.id, _look_again(step.item, side, doubt_words(doubt, step.item)))
        for step in page.steps
        if (findings := page.findings_of(step.item.id))
        for side, told in _doubts_of(page, step.item).items()
        for doubt in told
        if doubt.key not in findings[side].confirmed
    ]


def _doubts_of(page: ScreeningPage, item: Item) -> dict[Side | None, tuple[Doubt, ...]]:
    return doubts_of(item, page.findings_of(item.id), _beside(page, item))


def _beside(page: ScreeningPage, item: Item) -> Beside:
    then = page.then
    return Beside(frozenset(painful_sides(page.facts)), then.findings_of(item.id) if then else {})


def _exchanged(screening_id: int, item: Item, finding: Finding, other: Finding | None) -> tuple[Doubt, ...]:
    """What it is held against is read only where the sides differ and nobody has said that they are right."""
    sides = {one.side: one for one in (finding, other) if one}
    if not is_uneven(item, sides) or any(one.confirmed for one in sides.values()):
        return ()
    row = load_screening(current.session(), screening_id)
    return exchanged(item, sides, _beside(page_of(row), item)) if row else ()


def _typed(key: str, item: Item) -> str:
    """Newtons follow from what the device showed, which is typed."""
    return ENTERED if key == FORCES and ENTERED in item.field_keys else key


def _look_again(item: Item, side: Side | None, value: str) -> str:
    place = f"{_(item.name)}, {side_word(side)}" if side else _(item.name)
    return _("Look again: %(place)s: %(value)s", place=place, value=value)


def _other(screening_id: int, item: Item, side: Side | None) -> Finding | None:
    """The other side, read only where it can make a value unlikely."""
    if side is None or not can_be_twice(item):
        return None
    place = {"screening_id": screening_id, "item": item.id, "side": str(side.other)}
    row = current.session().scalar(select(FindingRow).filter_by(**place))
    return finding_of(row) if row and row.status != TAKEN_BACK else None
