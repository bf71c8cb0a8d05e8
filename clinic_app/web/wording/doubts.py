"""What is asked about an unlikely value: the value in its unit, and the limit that it is beyond."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from clinic_app.domain.doubts import Doubt, DoubtKind
from clinic_app.domain.protocol import Field, Item, Part
from clinic_app.web import units
from clinic_app.web.wording.language import say as _
from clinic_app.web.wording.values import DEGREE, lower_first, value_words


def doubt_sentence(doubt: Doubt, item: Item) -> str:
    """ "Height 210 cm is unlikely: above 205 cm (Gluteal Screen's own limit, convention)."."""
    return _SENTENCES[doubt.kind](doubt, item)


def doubt_words(doubt: Doubt, item: Item) -> str:
    """The value in a few words: "Height 210 cm"."""
    field = item.field(doubt.key)
    part = next((part for part in field.parts if part.key == doubt.part), None)
    if part:
        return f"{_(part.label)} {_in_unit(doubt.value, part)}"
    plain = doubt.kind not in (DoubtKind.SAME_BOTH, DoubtKind.EXCHANGED)
    told = _in_unit(doubt.value, field) if plain else value_words(doubt.value, field)
    return f"{_(field.label)} {told}"


def _unlikely(doubt: Doubt, item: Item) -> str:
    told, limit = doubt_words(doubt, item), _limit(doubt, item)
    return _(
        "%(value)s is unlikely: %(limit)s (Gluteal Screen's own limit, convention).", value=told, limit=limit
    )


def _same_both(doubt: Doubt, item: Item) -> str:
    return _(
        "%(value)s stands on both sides. Say that it is right, correct one side, or swap the sides below.",
        value=doubt_words(doubt, item),
    )


def _exchanged(doubt: Doubt, item: Item) -> str:
    return _(
        "Left and right look exchanged: %(value)s stands on the side that does not hurt, and last time the "
        "side that hurts was the weaker one. Check, then say that it is right or swap the sides below.",
        value=doubt_words(doubt, item),
    )


def _contradicts(doubt: Doubt, item: Item) -> str:
    key, answer = doubt.answer or ("", "")
    field = item.field(key)
    return _(
        "%(value)s does not fit “%(answer)s”: %(limit)s (Gluteal Screen's own limit, convention).",
        value=doubt_words(doubt, item),
        answer=f"{_(field.label)}: {lower_first(value_words(answer, field))}",
        limit=_limit(doubt, item),
    )


def _limit(doubt: Doubt, item: Item) -> str:
    field = item.field(doubt.key)
    limited = next((part for part in field.parts if part.key == doubt.part), field)
    limit = _in_unit(doubt.limit, limited)
    return _("above %(limit)s", limit=limit) if doubt.above else _("below %(limit)s", limit=limit)


def _in_unit(value: object, limited: Field | Part) -> str:
    unit = _(units.shown_unit(limited) if isinstance(limited, Field) else limited.unit)
    if isinstance(limited, Field) and isinstance(value, int | Decimal):
        value = units.typed(limited, value)
    told = str(value).removesuffix(".0").replace("-", "−")
    return f"{told}{unit}" if unit == DEGREE else f"{told} {unit}".rstrip()


_SENTENCES: Mapping[DoubtKind, Callable[[Doubt, Item], str]] = {
    DoubtKind.UNLIKELY: _unlikely,
    DoubtKind.SAME_BOTH: _same_both,
    DoubtKind.CONTRADICTS: _contradicts,
    DoubtKind.EXCHANGED: _exchanged,
}
