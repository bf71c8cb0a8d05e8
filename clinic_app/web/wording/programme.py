"""A programme in the therapist's words: doses on one line, and why an exercise was left out."""

from collections.abc import Callable, Mapping

from clinic_app.domain.exercise import Unit
from clinic_app.domain.programme import Prescription, SideDose, WorkedSides, WorkMode
from clinic_app.web.wording.findings import side_word
from clinic_app.web.wording.language import say as _

Words = Mapping[str, Mapping[str, str]]

_NO_NAMES: Mapping[str, str] = {}
_OF_EXERCISES = frozenset({"family", "near_duplicate", "lower_score"})


def exclusion_words(code: str, words: Words, names: Mapping[str, str] = _NO_NAMES) -> str:
    """The code of a reason in words: `position:prone` is "Position not tolerated: prone".

    `names` are those of the exercises, for a reason that names another one.
    """
    kind, _colon, what = code.partition(":")
    told = _(words["exclusion"][kind])
    if not what:
        return told
    return f"{told}: {_(names.get(what, what)) if kind in _OF_EXERCISES else _what(kind, what, words)}"


def prescription_words(prescription: Prescription, unit: Unit) -> str:
    """One line of a programme: "3 × 10, 5 days a week, effort 4–5/10"."""
    p = prescription
    parts = [
        _amounts(p, unit),
        _("rest %(rest)s s", rest=p.rest_s) if p.sets > 1 else "",
        _("%(days)s days a week", days=p.days_per_week),
        _("%(times)s times a day", times=p.sessions_per_day) if p.sessions_per_day > 1 else "",
        _("effort %(effort)s/10", effort=_span(*p.rpe)),
    ]
    return ", ".join(part for part in parts if part)


def worked_sides_words(sides: WorkedSides) -> str:
    """Which legs do the sets: "right leg, and 1 set left"."""
    return _SIDES[sides.mode](sides)


def _one_and_other(sides: WorkedSides) -> str:
    other = sides.side.other if sides.side else None
    return _("%(side)s leg, and 1 set %(other)s", side=side_word(sides.side), other=side_word(other))


_SIDES: Mapping[WorkMode, Callable[[WorkedSides], str]] = {
    WorkMode.BOTH_TOGETHER: lambda _sides: _("both legs together"),
    WorkMode.BOTH_WAYS: lambda _sides: _("both ways"),
    WorkMode.BOTH_SIDES: lambda sides: _("both sides, %(side)s first", side=side_word(sides.side)),
    WorkMode.ONE_SIDE_PLUS_1_SET_OTHER: _one_and_other,
    WorkMode.ONE_SIDE_ONLY: lambda sides: _("%(side)s leg only", side=side_word(sides.side)),
}


def _amounts(prescription: Prescription, unit: Unit) -> str:
    own, side = _amount(prescription.side_dose, unit), prescription.sides.side
    if prescription.other is None or side is None:
        return own
    other = _amount(prescription.other, unit)
    return _(
        "%(side)s %(dose)s, %(other_side)s %(other)s",
        side=side_word(side),
        dose=own,
        other_side=side_word(side.other),
        other=other,
    )


def _amount(p: SideDose, unit: Unit) -> str:
    if unit is Unit.HOLDS:
        return _("%(sets)s × hold %(hold)s s", sets=p.sets, hold=p.hold_s)
    if unit is Unit.STEPS_EACH_WAY:
        return _("%(sets)s × %(reps)s steps each way", sets=p.sets, reps=p.reps)
    held = _(", hold %(hold)s s", hold=p.hold_s) if p.hold_s else ""
    return f"{p.sets} × {p.reps}{held}"


def _span(low: int, high: int) -> str:
    return str(low) if low == high else f"{low}–{high}"


def _what(kind: str, what: str, words: Words) -> str:
    """The thing that a code names: a precaution tag, a piece of equipment, a position or a side."""
    word = _(words[_VOCABULARY.get(kind, kind)].get(what, what.replace("_", " ")))
    return word[:1].lower() + word[1:]


_VOCABULARY = {"precaution": "tag", "weight_bearing": "side", "lies_on_sore_side": "side"}
