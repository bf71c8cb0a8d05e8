"""Classes and results of muscle groups in words."""

from collections.abc import Mapping

from clinic_app.domain.assessment import Assessment, CannotSay, GroupResult, LowerLimb, Outcome
from clinic_app.domain.protocol import Group, Side
from clinic_app.domain.report import Terms
from clinic_app.domain.screening import Class, Screening
from clinic_app.web.wording.language import say as _

Words = Mapping[str, Mapping[str, str]]

CONFLICT = "conflict"
CONFLICT_NOTE = "N-CONTRA"
WEAK = (Class.MARKED, Class.PROBABLE, Class.POSSIBLE)


def shown_class(result: GroupResult, assessment: Assessment) -> str:
    """The class that is shown: the therapist's, else `conflict` where findings disagree, else as computed."""
    conflicts = any(
        note.id == CONFLICT_NOTE and (note.group, note.side) == (result.group, result.side)
        for note in assessment.notes
    )
    return CONFLICT if conflicts and result.therapist_class is None else result.final.value


def shown_classes(assessment: Assessment) -> dict[tuple[Group, Side], str]:
    """The class that is shown of each muscle group on each side."""
    return {(one.group, one.side): shown_class(one, assessment) for one in assessment.groups}


def class_word(cls: str, words: Words, *, short: bool = False) -> str:
    """A class, or `conflict`, in words: "Likely weakness", short "Likely"."""
    return _(words["class_short" if short else "class"][cls])


def group_word(group: Group, words: Words) -> str:
    """A muscle group: "Hip abductors"."""
    return _(words["group"][group])


def pair_word(group: Group, side: Side, words: Words) -> str:
    """A muscle group and its side in words: "Right hip abductors"."""
    name = group_word(group, words)
    name = name[:1].lower() + name[1:]
    return _("Right %(group)s", group=name) if side is Side.RIGHT else _("Left %(group)s", group=name)


def cannot_say_sentence(result: GroupResult, facts: Screening, terms: Terms) -> str:
    """Why no class is given: "Cannot say: pain 6/10 stopped the test"."""
    reason = result.cannot_say or CannotSay.NOT_TESTED
    return _("Cannot say: %(reason)s", reason=_because(reason, result, facts, terms))


def cannot_say_words(reason: CannotSay, words: Words) -> str:
    """A reason for saying nothing, as part of a sentence."""
    return _(words["cannot_say"][reason])


def headline(assessment: Assessment, terms: Terms) -> str:
    """The finding as one sentence: "Right hip abductors: likely weak"; honest where there is none."""
    if assessment.outcome is Outcome.SCREEN_STOPPED:
        return _("Screen stopped: %(why)s", why=_stopped_by(assessment, terms))
    if assessment.outcome is Outcome.INCOMPLETE_SAFETY:
        return _("Not assessed: safety questions are not answered")
    weak = _weakest(assessment)
    if weak:
        return _("%(where)s: %(how)s", where=_where(weak, terms.words), how=_how(weak[0].final))
    if any(result.final is Class.NONE_FOUND for result in assessment.groups):
        return _("No weakness found in the muscles that could be assessed")
    return _("Cannot say: no muscle group could be assessed")


def headline_more(assessment: Assessment, terms: Terms) -> str:
    """What the headline leaves out: the other weak groups, then how many were found well or not assessed."""
    if assessment.outcome is not Outcome.ASSESSED:
        return ""
    told = _weakest(assessment)
    rest = [r for r in assessment.groups if r.final in WEAK and r not in told]
    sentences = [f"{pair_word(r.group, r.side, terms.words)}: {_how(r.final)}." for r in rest]
    well = [r for r in assessment.groups if r.final is Class.NONE_FOUND]
    unknown = [r for r in assessment.groups if r.final is Class.CANNOT_SAY]
    if well and (told or unknown):
        sentences.append(_("No weakness found: %(groups)s.", groups=_listed(well, terms.words)))
    if unknown:
        sentences.append(_("Cannot say: %(groups)s.", groups=_listed(unknown, terms.words)))
    return " ".join(sentences)


def lower_limb_lines(assessment: Assessment, terms: Terms) -> list[str]:
    """The general lower-limb result as a line; none where it was not assessed."""
    if assessment.lower_limb is LowerLimb.NOT_ASSESSED:
        return []
    return [_(terms.words["lower_limb"][assessment.lower_limb])]


def _weakest(assessment: Assessment) -> list[GroupResult]:
    """Both sides of the worst group, or the one that is worst; groups in their order."""
    for cls in WEAK:
        found = [r for r in assessment.groups if r.final is cls]
        if found:
            return [r for r in found if r.group is found[0].group]
    return []


def _where(results: list[GroupResult], words: Words) -> str:
    if len(results) == 2:
        return _("%(group)s, both sides", group=group_word(results[0].group, words))
    return pair_word(results[0].group, results[0].side, words)


def _listed(results: list[GroupResult], words: Words) -> str:
    by_group: dict[Group, list[GroupResult]] = {}
    for result in results:
        by_group.setdefault(result.group, []).append(result)
    where = [_where(found, words) for found in by_group.values()]
    return ", ".join([where[0], *(name[:1].lower() + name[1:] for name in where[1:])])


def _how(cls: Class) -> str:
    how = {
        Class.MARKED: _("markedly weak"),
        Class.PROBABLE: _("likely weak"),
        Class.POSSIBLE: _("possibly weak"),
    }
    return how[cls]


def _stopped_by(assessment: Assessment, terms: Terms) -> str:
    rows = [terms.red_flags[flag.row].name for flag in assessment.safety.open if flag.row in terms.red_flags]
    return ", ".join(_(name) for name in rows) or _("a red flag is open")


def _because(reason: CannotSay, result: GroupResult, facts: Screening, terms: Terms) -> str:
    if reason is CannotSay.PAIN_LIMITED:
        for item in (n.item for n in result.not_interpretable):
            pain = next((f.pain for f in facts.findings if (f.item, f.side) == (item, result.side)), None)
            if pain is not None:
                return _("pain %(pain)s/10 stopped the test", pain=pain)
    return cannot_say_words(reason, terms.words)
