"""How much and how hard, in the sentences of the handout's content."""

from collections.abc import Mapping

from clinic_app.domain.exercise import Unit
from clinic_app.domain.handout import Handout
from clinic_app.domain.programme import Prescription, SideDose, WorkMode
from clinic_app.domain.protocol import Side
from clinic_app.web.wording.language import say, say_as, say_number

DAYS_OF_A_WEEK = 7


def label(handout: Handout, key: str, **values: object) -> str:
    """A label of the handout, with its tokens filled."""
    return say(handout.labels[key]).format(**values)


def leg_words(prescription: Prescription, handout: Handout) -> str:
    """Which leg works, for the badge: "Right leg", "Both legs"."""
    if prescription.sides.mode in (WorkMode.ONE_SIDE_ONLY, WorkMode.ONE_SIDE_PLUS_1_SET_OTHER):
        return leg_heading(prescription.sides.side, handout)
    return label(handout, "both_legs")


def _sides_sentence(prescription: Prescription, handout: Handout) -> str:
    """How the legs share the sets; nothing where steps go both ways, since the dose says so."""
    sides = prescription.sides
    keys = {
        WorkMode.BOTH_TOGETHER: "both_together",
        WorkMode.BOTH_SIDES: "both_sides",
        WorkMode.ONE_SIDE_PLUS_1_SET_OTHER: "one_side",
        WorkMode.ONE_SIDE_ONLY: "one_side_only",
    }
    if sides.mode not in keys:
        return ""
    side = say_as("leg", handout.sides.leg[sides.side]) if sides.side else ""
    return say(handout.dose[keys[sides.mode]]).format(side=side)


def dose_sentences(prescription: Prescription, unit: Unit, handout: Handout) -> tuple[str, ...]:
    """The whole dose: the sets, of each leg where they differ, which leg, the rest, the days, the effort."""
    doses = (prescription.side_dose, *filter(None, [prescription.other]))
    several = max(dose.sets for dose in doses) > 1
    rest = say(handout.dose["rest"]).format(rest=prescription.rest_s) if several else ""
    sentences = (
        _amounts(prescription, unit, handout),
        _sides_sentence(prescription, handout),
        rest,
        days_sentence(prescription, handout),
        _effort_sentence(prescription, handout),
    )
    return tuple(sentence for sentence in sentences if sentence)


def days_sentence(prescription: Prescription, handout: Handout) -> str:
    """On how many days a week, and how often on each."""
    twice = prescription.sessions_per_day > 1
    if prescription.days_per_week == DAYS_OF_A_WEEK:
        return say(handout.dose["daily_twice" if twice else "daily"])
    return say(handout.dose["days_twice" if twice else "days"]).format(days=prescription.days_per_week)


def _effort_sentence(prescription: Prescription, handout: Handout) -> str:
    """How hard it should feel."""
    words = next(words for words in handout.effort if prescription.rpe[1] <= words.up_to)
    return say(handout.dose[words.sentence])


def range_words(low: int, high: int, handout: Handout) -> str:
    """A range of the pain scale: "0 to 3", or one number."""
    return str(low) if low == high else label(handout, "range", low=low, high=high)


def _amounts(prescription: Prescription, unit: Unit, handout: Handout) -> str:
    amount = _amount(prescription.side_dose, unit, handout)
    side = prescription.sides.side
    if prescription.other is None or side is None:
        return amount
    other = _amount(prescription.other, unit, handout)
    told = ((leg_heading(side, handout), amount), (leg_heading(side.other, handout), other))
    return " ".join(label(handout, "each_side", leg=leg, amount=of_leg) for leg, of_leg in told)


def _amount(dose: SideDose, unit: Unit, handout: Handout) -> str:
    return say(handout.dose[_amount_key(dose, unit)]).format(
        sets_phrase=_sets(dose.sets, handout), sets=dose.sets, reps=dose.reps, hold=dose.hold_s
    )


def _amount_key(dose: SideDose, unit: Unit) -> str:
    if unit is Unit.REPS:
        return "reps_hold" if dose.hold_s else "reps"
    return unit.value


def _sets(sets: int, handout: Handout) -> str:
    return say_number(handout.sets.one, handout.sets.many, sets).format(n=sets)


def leg_heading(side: Side | None, handout: Handout) -> str:
    """A leg in words, as a line begins: "Right leg"."""
    words = leg(side, handout)
    return words[:1].upper() + words[1:]


def leg(side: Side | None, handout: Handout) -> str:
    """A leg in words: "right leg", or "working leg" where no side is named."""
    legs: Mapping[Side | None, str] = {Side.LEFT: handout.sides.left_leg, Side.RIGHT: handout.sides.right_leg}
    return say(legs.get(side, handout.sides.worked_leg))
