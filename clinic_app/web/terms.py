"""The words that a report uses, taken out of the library so that the report can be read without it."""

from collections.abc import Iterator
from dataclasses import replace

from clinic_app.domain.assessment import Assessment
from clinic_app.domain.library import Library
from clinic_app.domain.protocol import Item
from clinic_app.domain.report import Terms
from clinic_app.domain.screening import Screening


def terms_of(library: Library, facts: Screening, assessment: Assessment) -> Terms:
    """The words of this screening and its assessment: its items, rules, notes, patterns, rows and sources."""
    protocol = library.protocols[facts.protocol]
    asked = (line.item for line in protocol.lines)
    beside = (finding.item for finding in facts.findings)
    order = tuple(dict.fromkeys((*asked, *facts.opened, *beside)))
    named = dict.fromkeys((*order, *_items_named(assessment)))
    patterns = {pattern.id for pattern in assessment.patterns}
    patterns |= {entry.rule for entry in assessment.information if entry.rule in library.patterns}
    rows = {row.id for row in facts.precautions.rows} | set(_causes(assessment))
    return Terms(
        protocol=protocol.name,
        order=order,
        items={item: _spoken(library.items[item]) for item in named if item in library.items},
        rules={rule.id: rule.name for rule in library.rules.by_id.values()},
        notes={note.id: _filled(library.notes[note.id], library) for note in assessment.notes},
        patterns={pattern: library.patterns[pattern] for pattern in sorted(patterns)},
        red_flags=library.red_flags,
        precautions={row.id: row.name for row in library.precautions.values() if row.id in rows},
        words=library.words,
        sources={source: library.evidence[source] for source in sorted(set(_sources(library, assessment)))},
        exercises={exercise.id: exercise.name for exercise in library.exercises.exercises},
    )


def _spoken(item: Item) -> Item:
    """The item with its names and fields, without how it is done."""
    bare = Item(item.id, item.name, item.section, item.position, item.sides, item.minutes, item.purpose)
    return replace(
        bare,
        rail_name=item.rail_name,
        fields=item.fields,
        compensations=item.compensations,
        asks_pain=item.asks_pain,
        asks_pain_limited=item.asks_pain_limited,
        groups=item.groups,
    )


def _filled(text: str, library: Library) -> str:
    """A note with the settings that it names in braces."""
    return text.format(**{name: number.value for name, number in vars(library.rules.numbers).items()})


def _items_named(assessment: Assessment) -> Iterator[str]:
    for result in assessment.groups:
        yield from (flag.item for flag in result.flags)
        yield from (unread.item for unread in result.not_interpretable)
    for pattern in assessment.patterns:
        yield from (*pattern.because, *pattern.missing)
    yield from (force.item for force in assessment.forces)
    yield from (opened.item for opened in assessment.opened)
    yield from (entry.item.split(".")[0] for entry in assessment.information if entry.item)


def _causes(assessment: Assessment) -> Iterator[str]:
    """What closed or spoilt a test: a blood pressure does so without a ticked precaution."""
    yield from (closed.because for closed in assessment.closed)
    yield from (unread.because for result in assessment.groups for unread in result.not_interpretable)
    yield from (entry.rule for entry in assessment.information)


def _sources(library: Library, assessment: Assessment) -> Iterator[str]:
    cited = [source for result in assessment.groups for flag in result.flags for source in flag.sources]
    cited += [source for row in assessment.safety.open for source in library.red_flags[row.row].sources]
    cited += [source for pattern in assessment.patterns for source in library.patterns[pattern.id].sources]
    yield from (source for source in cited if source in library.evidence)
