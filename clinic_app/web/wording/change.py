"""What changed between two screenings, in words: real, within error, not compared and why, or not judged."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from clinic_app.domain.assessment import Assessment
from clinic_app.domain.change import Band, Change, Direction, Measure, Verdict
from clinic_app.domain.evidence import Mark
from clinic_app.domain.protocol import Item
from clinic_app.domain.report import Terms
from clinic_app.domain.screening import Class
from clinic_app.web.wording.amounts import limit_words, moved_words, torque_words
from clinic_app.web.wording.classes import class_word, pair_word, shown_class
from clinic_app.web.wording.differences import difference_words
from clinic_app.web.wording.findings import item_name, side_word
from clinic_app.web.wording.language import say as _


@dataclass(frozen=True)
class Judgement:
    """What is said of one change: the sentence, its state (better, worse, same, unlike), and its basis.

    `measured` are the numbers compared, where the values recorded do not show them.
    """

    words: str
    state: str
    basis: str = ""
    measured: str = ""


def judgement(change: Change, item: Item) -> Judgement:
    """One change in words: "Real: 24 % more torque (limit 20 %)"."""
    label = _label(change, item)
    words = _JUDGED[change.verdict](change, item)
    held_against = change.limit if change.direction is not Direction.SAME else None
    convention = held_against is not None and held_against.mark is Mark.CONVENTION
    return Judgement(
        f"{label}. {words}" if label else words,
        _state(change),
        _("Clinical convention") if convention else "",
        torque_words(change),
    )


def class_changes(then: Assessment, now: Assessment, terms: Terms) -> list[str]:
    """Each muscle group and side with another class than before: worse first, then better, then unknown."""
    pairs = [(before, now.result(before.group, before.side)) for before in then.groups]
    changed = [pair for pair in pairs if shown_class(pair[0], then) != shown_class(pair[1], now)]
    changed.sort(key=lambda pair: _rank(pair[0].final, pair[1].final))
    return [
        _(
            "%(where)s: %(now)s, before %(then)s",
            where=pair_word(before.group, before.side, terms.words),
            now=_lower(class_word(shown_class(after, now), terms.words)),
            then=_lower(class_word(shown_class(before, then), terms.words)),
        )
        for before, after in changed
    ]


_GRAVER = (Class.NONE_FOUND, Class.POSSIBLE, Class.PROBABLE, Class.MARKED)


def _rank(then: Class, now: Class) -> int:
    if Class.CANNOT_SAY in (then, now):
        return len(_GRAVER)
    return _GRAVER.index(then) - _GRAVER.index(now)


def real_changes(changes: Iterable[Change], items: Mapping[str, Item]) -> list[str]:
    """The tests that changed by more than measurement error, better and worse each in one sentence."""
    real = [change for change in changes if change.verdict is Verdict.REAL]
    better, worse = (
        "; ".join(dict.fromkeys(_place(change, items) for change in real if change.direction is direction))
        for direction in (Direction.BETTER, Direction.WORSE)
    )
    told = [_("Better by more than measurement error: %(tests)s.", tests=better)] if better else []
    return [*told, *([_("Worse by more than measurement error: %(tests)s.", tests=worse)] if worse else [])]


def _place(change: Change, items: Mapping[str, Item]) -> str:
    name, side = item_name(items[change.item]), side_word(change.side)
    return f"{name} ({side})" if side else name


def _state(change: Change) -> str:
    if change.verdict is Verdict.REAL and change.direction:
        return change.direction.value
    return "unlike" if change.verdict is Verdict.NOT_COMPARABLE else "same"


def _label(change: Change, item: Item) -> str:
    """Which of several numbers of a test it is."""
    if change.measure is not Measure.PAIN or not change.key:
        return ""
    return _(item.field(change.key).label)


def _real(change: Change, _item: Item) -> str:
    return _("Real: %(change)s (%(limit)s)", change=moved_words(change), limit=limit_words(change))


def _within(change: Change, _item: Item) -> str:
    if change.direction is Direction.SAME:
        return _("No change")
    if change.then_band and not change.limit:
        same = {"change": moved_words(change), "band": _band(change.then_band)}
        return _("Within measurement error: %(change)s, same category (%(band)s)", **same)
    told = {"change": moved_words(change), "limit": limit_words(change)}
    if change.measure is Measure.GRADE:
        return _("Within the error between therapists: %(change)s (%(limit)s)", **told)
    return _("Within measurement error: %(change)s (%(limit)s)", **told)


def _not_judged(change: Change, _item: Item) -> str:
    unknown = _("No published limit for real change")
    if change.then_band and change.now_band:
        bands = {"then": _band(change.then_band), "now": _band(change.now_band)}
        return f"{_('Category changed: %(then)s, now %(now)s', **bands)}. {unknown}"
    if change.amount is None:
        return unknown
    moved = moved_words(change)
    return f"{moved[:1].upper() + moved[1:]}. {unknown}"


def _not_comparable(change: Change, item: Item) -> str:
    why = ", ".join(difference_words(one, item) for one in change.unlike)
    return _("Not compared: %(because)s", because=why)


_JUDGED: Mapping[Verdict, Callable[[Change, Item], str]] = {
    Verdict.REAL: _real,
    Verdict.WITHIN_ERROR: _within,
    Verdict.NOT_JUDGED: _not_judged,
    Verdict.NOT_COMPARABLE: _not_comparable,
}


def _band(band: Band) -> str:
    return {Band.GOOD: _("good"), Band.MEDIUM: _("medium"), Band.POOR: _("poor")}[band]


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
