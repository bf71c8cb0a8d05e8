"""What is not as in the patient's last programme: marked at each exercise; what is gone, with its reason."""

from collections.abc import Iterator, Mapping

from clinic_app.domain.programme import Prescription
from clinic_app.domain.report import ReportLine, ReportProgramme
from clinic_app.domain.taking_over import differences
from clinic_app.web import current
from clinic_app.web.programmes.doses import Sheet
from clinic_app.web.programmes.plan import Plan
from clinic_app.web.programmes.starting_from import taken_from
from clinic_app.web.wording import exclusion_words, group_word, prescription_words, worked_sides_words
from clinic_app.web.wording.language import say as _


def since_last(line: Prescription, last: ReportProgramme | None) -> tuple[str, ...]:
    """What of this line is not as last time, or that it is new, or as it was; empty without one."""
    if last is None:
        return ()
    before = {one.prescription.exercise: one for one in last.lines}.get(line.exercise)
    if before is None:
        return (_("New since last time"),)
    changed = differences(line, before.prescription)
    told = [words for code in changed for words in _changes(code, line, before, last)]
    return tuple(told) or (_("As last time"),)


def gone(lines: Sheet, last: ReportProgramme | None, plan: Plan) -> list[tuple[str, str]]:
    """The exercises of the last programme that are not on this sheet, each with why."""
    if last is None:
        return []
    here = {line.prescription.exercise for line in lines}
    refused = taken_from(plan, (line.prescription for line in last.lines)).refused
    return [
        (_(line.name), reasons_words(refused.get(exercise, ())) or _("Not chosen this time"))
        for line in last.lines
        if (exercise := line.prescription.exercise) not in here
    ]


def reasons_words(codes: tuple[str, ...]) -> str:
    """Reason codes in words, one after the other."""
    library = current.library()
    names = {exercise.id: exercise.name for exercise in library.exercises.exercises}
    return "; ".join(exclusion_words(code, library.words, names) for code in codes)


def _changes(code: str, line: Prescription, before: ReportLine, last: ReportProgramme) -> Iterator[str]:
    was = before.prescription
    if code == "dose":
        yield _("Last time: %(words)s", words=prescription_words(was, before.unit))
    elif code == "sides":
        yield _("Last time: %(words)s", words=worked_sides_words(was.sides))
    elif code == "group" and was.group:
        yield _("Last time for: %(group)s", group=group_word(was.group, current.library().words))
    elif code == "cautions":
        now = current.library().exercises.handout.cautions
        yield from _each(_("New caution: %(words)s"), set(line.caution_keys) - set(was.caution_keys), now)
        lifted = set(was.caution_keys) - set(line.caution_keys)
        yield from _each(_("No longer a caution: %(words)s"), lifted, last.handout.cautions)


def _each(sentence: str, keys: set[str], words: Mapping[str, str]) -> Iterator[str]:
    return (sentence % {"words": _(words[key])} for key in sorted(keys))
