"""The eight classes of the summary, and the reasons of each."""

from dataclasses import dataclass

from clinic_app.domain.assessment import GroupResult
from clinic_app.domain.protocol import Group, Side
from clinic_app.domain.report import Report
from clinic_app.domain.screening import Class
from clinic_app.web.wording.classes import (
    cannot_say_sentence,
    class_word,
    group_word,
    pair_word,
    shown_class,
)
from clinic_app.web.wording.language import say as _
from clinic_app.web.wording.reasons import Reason, flag_reason, not_interpretable_sentence

LOOKS = {
    "none_found": "sev0",
    "possible": "sev1",
    "probable": "sev2",
    "marked": "sev3",
    "cannot_say": "cant",
    "conflict": "conf",
}


@dataclass(frozen=True)
class Cell:
    """One class of the table: how it looks, its words, and what stands below it."""

    look: str
    words: str
    below: str


@dataclass(frozen=True)
class GroupRow:
    """One muscle group, its muscles, and its class on the left and on the right."""

    name: str
    muscles: str
    left: Cell
    right: Cell


@dataclass(frozen=True)
class Why:
    """Why a group on a side has its class: its flags, and sentences about what was not read or overruled."""

    heading: str
    reasons: tuple[Reason, ...]
    sentences: tuple[str, ...]


def group_rows(report: Report) -> tuple[GroupRow, ...]:
    """The eight classes, four groups by two sides."""
    words = report.terms.words
    return tuple(
        GroupRow(
            group_word(group, words),
            _(words["group_muscles"][group]),
            *(_cell(report.assessment.result(group, side), report) for side in Side),
        )
        for group in Group
    )


def whys(report: Report) -> tuple[Why, ...]:
    """The reasons of every class; groups of which nothing was tested are not repeated."""
    told = (_why(result, report) for result in report.assessment.groups)
    return tuple(why for why in told if why.reasons or why.sentences)


def _cell(result: GroupResult, report: Report) -> Cell:
    shown = shown_class(result, report.assessment)
    return Cell(LOOKS[shown], class_word(shown, report.terms.words), _below(result, shown, report))


def _below(result: GroupResult, shown: str, report: Report) -> str:
    words = report.terms.words
    if result.therapist_class is not None:
        return _("Therapist's class. Computed: %(cls)s", cls=class_word(result.cls, words).lower())
    if result.cls is Class.CANNOT_SAY:
        return cannot_say_sentence(result, report.facts, report.terms).partition(": ")[2]
    if shown != result.cls:
        return class_word(result.cls, words)
    return ""


def _why(result: GroupResult, report: Report) -> Why:
    terms = report.terms
    shown = class_word(shown_class(result, report.assessment), terms.words)
    sentences = [not_interpretable_sentence(unread, result, terms) for unread in result.not_interpretable]
    if result.confidence:
        sentences.append(f"{_(terms.words['confidence'][result.confidence])}.")
    if result.therapist_class is not None:
        computed = class_word(result.cls, terms.words).lower()
        sentences.append(
            _("Computed: %(cls)s. Overruled: %(why)s", cls=computed, why=result.therapist_reason)
        )
    return Why(
        heading=f"{pair_word(result.group, result.side, terms.words)}: {shown[:1].lower() + shown[1:]}",
        reasons=tuple(flag_reason(flag, result.side, terms) for flag in result.flags),
        sentences=tuple(sentences),
    )
