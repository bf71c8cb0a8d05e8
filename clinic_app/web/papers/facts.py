"""What stands above the result: who, why, the safety answers; and the therapist's decisions."""

from collections.abc import Callable, Mapping
from datetime import date

from clinic_app.domain.protocol import Group
from clinic_app.domain.report import Report, ReportDecision
from clinic_app.domain.screening import Answer, PrecautionRow
from clinic_app.web.papers.measured import Remark
from clinic_app.web.units import KG_PER_LB
from clinic_app.web.wording.classes import class_word, pair_word
from clinic_app.web.wording.dates import day_words, moment_words, short_day
from clinic_app.web.wording.findings import item_name, side_word
from clinic_app.web.wording.language import say as _


def facts(report: Report) -> tuple[Remark, ...]:
    """What stands above the result: why the person came, the safety answers, body mass."""
    return (
        Remark(_("Reason"), report.reason or _("Not recorded")),
        Remark(_("Red flags"), red_flags_words(report)),
        Remark(_("Body mass"), _mass(report)),
        Remark(_("Precautions"), precautions_words(report)),
    )


def red_flags_words(report: Report) -> str:
    """How many red flags were asked, and which are open, overruled or unanswered."""
    safety, answers = report.assessment.safety, report.terms.words["answer"]
    asked = report.facts.red_flags.values()
    unanswered = [row for row in safety.unanswered if row in report.terms.red_flags]
    all_no = not unanswered and all(answer is Answer.NO for answer in asked)
    parts = [
        _("%(count)s asked, all no", count=len(asked)) if all_no else _("%(count)s asked", count=len(asked))
    ]
    parts += [_("%(count)s not answered", count=len(unanswered))] if unanswered else []
    parts += [f"{_red_flag(flag.row, report)}: {_(answers[flag.answer]).lower()}" for flag in safety.open]
    parts += [_("%(row)s: overruled", row=_red_flag(flag.row, report)) for flag in safety.overridden]
    return "; ".join(parts)


def precautions_words(report: Report) -> str:
    """The precautions that hold, with side; "none" only where the list was asked."""
    if not report.facts.precautions.answered:
        return _("Not asked")
    return "; ".join(_precaution(row, report) for row in report.facts.precautions.rows) or _("None")


def mass_words(report: Report) -> str:
    """Body mass as the clinic weighs: stored in kilograms."""
    mass = report.facts.subject.mass_kg
    if mass is None:
        return ""
    if report.clinic.mass_unit == "lb":
        return f"{mass / KG_PER_LB:.0f} lb"
    return f"{mass.normalize():f} kg"


def _mass(report: Report) -> str:
    told = mass_words(report) or _("Not recorded")
    is_confirmed = "mass_kg" in report.facts.subject.confirmed
    return _("%(mass)s (unlikely, confirmed as right)", mass=told) if is_confirmed else told


def decisions(report: Report) -> tuple[Remark, ...]:
    """Every decision of the therapist's own, with the reason, the name and the time."""
    programme = report.programme
    of_programme = (*programme.confirmed, *programme.proposals) if programme else ()
    return tuple(
        Remark(
            _DECIDED[d.kind](d, report),
            f"{_(d.reason) if d.reason else ''} ({d.made_by}, {moment_words(d.made_at, report)})".lstrip(),
        )
        for d in (*report.decisions, *of_programme)
    )


def heading_line(report: Report) -> str:
    """The day, the therapist, the clinic."""
    return f"{day_words(report.taken_on)}, {report.examiner}, {report.clinic.name}"


def person_line(report: Report) -> str:
    """Birth date, age, sex and record number."""
    who = report.patient
    return _(
        "Born %(born)s (%(age)s y), %(sex)s. Record %(number)s",
        born=short_day(who.born_on),
        age=who.age,
        sex=_(report.terms.words["sex"][who.sex]).lower(),
        number=who.record_number,
    )


def _red_flag(row: str, report: Report) -> str:
    known = report.terms.red_flags.get(row)
    return _(known.name) if known else row


def _precaution(row: PrecautionRow, report: Report) -> str:
    words = report.terms.words
    parts = [_(report.terms.precautions.get(row.id, row.id)), side_word(row.side)]
    for key, value in row.extra.items():
        told = words.get(key, {}).get(str(value))
        parts.append(_(told).lower() if told else f"{key.replace('_', ' ')} {value}")
    parts.append(_cleared(row) if row.cleared else "")
    return ", ".join(part for part in parts if part)


def _cleared(row: PrecautionRow) -> str:
    if not (row.cleared_by and row.cleared_on):
        return _("cleared")
    day = short_day(date.fromisoformat(row.cleared_on))
    return _("cleared by %(who)s on %(day)s", who=row.cleared_by, day=day)


def _red_flag_decision(decision: ReportDecision, report: Report) -> str:
    return _("Red flag overruled: %(row)s", row=_red_flag(decision.subject, report))


def _class_decision(decision: ReportDecision, report: Report) -> str:
    words = report.terms.words
    if decision.side is None:
        return decision.subject
    where = pair_word(Group(decision.subject), decision.side, words)
    return _("%(where)s: class set to %(cls)s", where=where, cls=class_word(decision.value, words).lower())


def _opened_decision(decision: ReportDecision, report: Report) -> str:
    known = report.terms.items.get(decision.subject)
    name = item_name(known) if known else decision.subject
    side = f", {side_word(decision.side)}" if decision.side else ""
    return _("Opened by hand: %(test)s%(side)s", test=name, side=side)


def _taken_up_decision(decision: ReportDecision, report: Report) -> str:
    known = report.terms.items.get(decision.subject)
    return _("Test added by hand: %(test)s", test=item_name(known) if known else decision.subject)


def _confirmed(decision: ReportDecision, report: Report) -> str:
    card = report.terms.patterns.get(decision.subject)
    return _("Confirmed in writing: %(what)s", what=_(card.name) if card else decision.subject)


def _progress(decision: ReportDecision, _report: Report) -> str:
    exercise = _(decision.subject)
    if decision.value:
        return _(
            "Proposed by the returned log, %(exercise)s: accepted “%(what)s”",
            exercise=exercise,
            what=decision.value,
        )
    return _("Proposed by the returned log, %(exercise)s: not accepted", exercise=exercise)


_DECIDED: Mapping[str, Callable[[ReportDecision, Report], str]] = {
    "red_flag": _red_flag_decision,
    "class": _class_decision,
    "open_item": _opened_decision,
    "take_up": _taken_up_decision,
    "confirm": _confirmed,
    "progress": _progress,
}
