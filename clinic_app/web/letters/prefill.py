"""What a new letter says before the therapist writes: the screen's own findings, and never a diagnosis."""

from collections.abc import Iterable, Iterator

from clinic_app.domain.assessment import GroupResult, Outcome, Pattern
from clinic_app.domain.library import Library
from clinic_app.domain.protocol import Side
from clinic_app.domain.report import Report
from clinic_app.web.letters.form import LONGEST
from clinic_app.web.papers.facts import precautions_words
from clinic_app.web.papers.measured import finding_of
from clinic_app.web.wording import (
    finding_words,
    headline,
    headline_more,
    item_name,
    note_sentence,
    side_word,
)
from clinic_app.web.wording.language import say as _

# The note that asks for a doctor before loading.
_WARNING = "PAIN-7"


def words_of(report: Report, library: Library) -> dict[str, str]:
    """The typed fields of a letter about this screening, but for whom it is addressed to."""
    advice = report.assessment.safety.advice
    return {
        "urgency": advice,
        "reason": _text("reason", _reason(report)),
        "findings": _text("findings", _findings(report)),
        "done": _text("done", _done(report)),
        "question": _(library.words["letter_question"][advice]),
    }


def _reason(report: Report) -> Iterator[str]:
    """Why the person came, the red flags that are open or overruled, what asks for a doctor."""
    terms, safety = report.terms, report.assessment.safety
    if report.reason:
        yield _("Seen for: %(reason)s", reason=report.reason)
    for flag in safety.open:
        row, answer = terms.red_flags[flag.row], _(terms.words["answer"][flag.answer]).lower()
        yield _(
            "Red flag “%(name)s”: %(answer)s. Asked: %(ask)s", name=_(row.name), answer=answer, ask=_(row.ask)
        )
    for overruled in safety.overridden:
        name = _(terms.red_flags[overruled.row].name)
        yield _("Red flag “%(name)s”: overruled by the therapist. %(why)s", name=name, why=overruled.reason)
    yield from (_suggests(pattern, report) for pattern in _asking(report))
    yield from (note_sentence(note, terms) for note in report.assessment.notes if note.id == _WARNING)


def _findings(report: Report) -> Iterator[str]:
    """The classes in a sentence, the tests behind them, other patterns, and the precautions."""
    assessment, terms = report.assessment, report.terms
    if assessment.outcome is Outcome.SCREEN_STOPPED:
        yield _("The screen was stopped, so it says nothing about strength.")
    else:
        yield f"{headline(assessment, terms)}. {headline_more(assessment, terms)}".strip()
    for item, side in _behind(report):
        told = finding_words(finding_of(report, item, side), terms.items[item], terms.words)
        place = ", ".join(part for part in (item_name(terms.items[item]), side_word(side)) if part)
        yield f"{place}: {told}"
    others = (pattern for pattern in assessment.patterns if pattern not in _asking(report))
    yield from (_suggests(pattern, report) for pattern in others)
    if report.facts.precautions.rows:
        yield _("Precautions: %(list)s", list=precautions_words(report))


def _done(report: Report) -> Iterator[str]:
    """What was done about a stop, else what the patterns that ask for a doctor mean for the exercises."""
    if report.action_taken:
        yield report.action_taken
    yield from dict.fromkeys(_(report.terms.patterns[pattern.id].action) for pattern in _asking(report))


def _asking(report: Report) -> list[Pattern]:
    """The patterns that withhold the exercises until a doctor was asked."""
    return [p for p in report.assessment.patterns if report.terms.patterns[p.id].withholds]


def _behind(report: Report) -> Iterator[tuple[str, Side | None]]:
    """Every recorded test that gave a class or a pattern, or that could not be read, once."""
    told = dict.fromkeys(
        [
            *(place for result in report.assessment.groups for place in _of_group(result)),
            *((item, p.side) for p in report.assessment.patterns for item in p.because),
        ]
    )
    for item, side in told:
        if item in report.terms.items and finding_of(report, item, side):
            yield item, side


def _of_group(result: GroupResult) -> Iterator[tuple[str, Side | None]]:
    yield from ((flag.item, result.side) for flag in result.flags if flag.counts)
    yield from ((unread.item, result.side) for unread in result.not_interpretable)


def _suggests(pattern: Pattern, report: Report) -> str:
    suggests = _(report.terms.patterns[pattern.id].suggests)
    side = side_word(pattern.side)
    return f"{side[:1].upper()}{side[1:]}: {suggests[:1].lower()}{suggests[1:]}" if side else suggests


def _text(field: str, lines: Iterable[str]) -> str:
    """One thing a line; what does not fit into the field is left out whole, for the therapist to shorten."""
    text = ""
    for line in lines:
        longer = f"{text}\n{line}".lstrip()
        text = longer if len(longer) <= LONGEST[field] else text
    return text
