"""What the patient reads, in the words of the handout's content, filled and in the patient's language."""

from dataclasses import dataclass

from clinic_app.domain.circumstances import Severity, Weakness
from clinic_app.domain.handout import Handout
from clinic_app.domain.programme import Slot, WorkMode
from clinic_app.domain.protocol import Group, Side
from clinic_app.domain.report import Report, ReportLine, ReportProgramme
from clinic_app.web.wording.dates import day_words
from clinic_app.web.wording.doses import leg, range_words
from clinic_app.web.wording.language import apart, say, say_as


@dataclass(frozen=True)
class Told:
    """A text block as it prints: its text, and its items where it is a list."""

    id: str
    text: str
    items: tuple[str, ...] = ()


def reason_sentence(line: ReportLine, programme: ReportProgramme) -> str:
    """Why this exercise, for this person."""
    handout, prescription = programme.handout, line.prescription
    why = say(line.words.why)
    if prescription.slot is not Slot.STRENGTH:
        return say(handout.reasons[prescription.slot]).format(why=why)
    sides = _weak_sides(prescription.group, programme)
    if prescription.group is None or not sides:
        return why
    group = group_words(prescription.group, handout)
    if len(sides) == 1:
        side = say_as("body", handout.sides.body[sides[0]])
        return say(handout.reasons["one"]).format(why=why, group=group, side=side)
    return say(handout.reasons["both"]).format(why=why, group=group)


def fill(text: str, line: ReportLine, handout: Handout) -> str:
    """A sentence of an exercise, with the leg that works, the other and the seconds in it."""
    sides = line.prescription.sides
    one = sides.mode in (WorkMode.ONE_SIDE_ONLY, WorkMode.ONE_SIDE_PLUS_1_SET_OTHER)
    return say(text).format(
        leg=leg(sides.side, handout) if one else say(handout.sides.worked_leg),
        other_leg=leg(sides.side.other, handout) if one and sides.side else say(handout.sides.other_leg),
        hold=line.prescription.hold_s,
    )


def group_words(group: Group, handout: Handout) -> str:
    """A muscle group in the patient's words."""
    return say(handout.groups[group].patient)


def block(block_id: str, report: Report, programme: ReportProgramme, **values: object) -> Told:
    """A text block with its tokens filled."""
    known = programme.handout.block(block_id)
    filling = {**_tokens(report, programme), **values}
    items = tuple(say(item).format(**filling) for item in known.items)
    return Told(block_id, say(known.text).format(**filling), items)


def patient_found_blocks(report: Report) -> tuple[Told, ...]:
    """What was found: weak groups by side, then results that were tried and not clear; never a number."""
    programme = report.programme
    if programme is None:
        return ()
    told: list[Told] = []
    for group in Group:
        told += _found(group, report, programme)
    unclear = [w for w in programme.circumstances.findings or () if w.interpretable is False]
    told += [about("found_unclear", weakness, report, programme) for weakness in unclear]
    return tuple(_said_once(told))


def days_words(programme: ReportProgramme) -> str:
    """On how many days a week there is something to do: "5", or "3 to 5" where the exercises differ."""
    days = [line.prescription.days_per_week for line in programme.lines] or [0]
    return range_words(min(days), max(days), programme.handout)


def name_only(signer: str) -> str:
    """A signer without titles and licence, which say nothing to a patient."""
    return signer.split(",", maxsplit=1)[0]


def about(block_id: str, weakness: Weakness, report: Report, programme: ReportProgramme) -> Told:
    """A text block on one group and side."""
    handout = programme.handout
    side = say_as("body", handout.sides.body[Side(weakness.side or "")])
    group = group_words(Group(weakness.group or ""), handout)
    return block(block_id, report, programme, group=group, side=side)


def _found(group: Group, report: Report, programme: ReportProgramme) -> list[Told]:
    weak = _weak(group, programme)
    told = [about(f"found_{Severity(w.severity or '')}", w, report, programme) for w in weak]
    if len(weak) > 1 and len({w.severity for w in weak}) == 1:
        both = block("found_both_sides", report, programme)
        return [Told(told[0].id, f"{told[0].text} {both.text}")]
    return told


def _said_once(told: list[Told]) -> list[Told]:
    """The blocks without a first sentence that the block before has said."""
    kept: list[Told] = []
    said: set[str] = set()
    for one in told:
        first, stop, rest = one.text.partition(". ")
        kept.append(Told(one.id, rest, one.items) if stop and first in said and rest else one)
        said.add(first)
    return kept


def _weak(group: Group | None, programme: ReportProgramme) -> list[Weakness]:
    findings = programme.circumstances.findings or ()
    return [w for w in findings if w.group == group and w.interpretable and w.severity]


def _weak_sides(group: Group | None, programme: ReportProgramme) -> list[Side]:
    return [Side(weakness.side or "") for weakness in _weak(group, programme)]


def _tokens(report: Report, programme: ReportProgramme) -> dict[str, object]:
    pain, handout, clinic = programme.pain, programme.handout, report.clinic
    return {
        "days": days_words(programme),
        "pain_limit": pain.limit,
        "go_range": range_words(*pain.go, handout),
        "slow_range": range_words(*pain.slow, handout),
        "stop_range": range_words(*pain.stop, handout),
        "emergency_number": apart(clinic.emergency_number),
        "clinic_name": apart(clinic.name),
        # A number is not split at the end of a line.
        "clinic_phone": apart(clinic.phone.replace(" ", "\u00a0")),
        "therapist_name": apart(name_only(programme.approved_by)),
        "review_date": day_words(programme.review_on),
        "retest_weeks": range_words(*programme.retest_weeks, handout),
    }
