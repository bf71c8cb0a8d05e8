"""All that the reference pages hold as one list: each entry's title, its place, its lines, what it cites."""

import re
from collections.abc import Iterable, Iterator

from clinic_app.domain.evidence import Evidence
from clinic_app.domain.exercise import Exercise
from clinic_app.domain.library import Library
from clinic_app.domain.protocol import Field, Item
from clinic_app.domain.reference import Norm
from clinic_app.domain.rules import Rule
from clinic_app.web.reference.entry import Entry, Kind, anchor

# A source's key where it stands in a sentence.
_KEY = re.compile(r"\w+")


def entries(library: Library) -> Iterator[Entry]:
    """Every entry of this content."""
    yield from (_test(item) for item in library.items.values())
    yield from (_rule(rule) for rule in library.rules.by_id.values())
    yield from _patterns(library)
    yield from (_exercise(one) for one in library.exercises.exercises)
    yield from _told(library)
    yield from _safety(library)
    yield from (_norm(norm, library) for norm in library.norms.values())
    yield from _unread(library)
    yield from _settings(library)
    yield from _progress(library)
    yield from _sources(library)


def _test(item: Item) -> Entry:
    single = (item.purpose, item.subtitle, item.say, item.patient, item.gravity_minimised, item.alternatives)
    many = (*item.hands, *item.watch, *item.stop, *item.skip, *item.notes, item.record, item.trials)
    lines = (*single, *many, *_field_lines(item.fields), *(seen.label for seen in item.compensations))
    told = _facts(item.evidence)
    return Entry(
        Kind.TEST,
        item.id,
        item.name,
        "reference.test",
        {"item_id": item.id},
        _full((*lines, *told)),
        _named(item.evidence),
    )


def _field_lines(fields: Iterable[Field]) -> Iterator[str]:
    for each in fields:
        yield each.label
        yield from (f"{choice.label}: {choice.help}" for choice in each.choices if choice.help)
        yield from _field_lines(each.fields)


def _rule(rule: Rule) -> Entry:
    steps = [source for step in rule.steps for source in step.sources]
    lines = (rule.name, rule.example, *(step.threshold for step in rule.steps))
    sources = (*rule.sources, *steps, *rule.against)
    return Entry(
        Kind.RULE,
        rule.id,
        f"{rule.id}: {rule.name}",
        "reference.rule",
        {"rule_id": rule.id},
        _full(lines),
        sources,
    )


def _patterns(library: Library) -> Iterator[Entry]:
    for card in library.patterns.values():
        lines = (card.suggests, card.requires, card.evidence, card.action)
        where = {"pattern_id": card.id}
        title = f"{card.id}: {card.name}"
        yield Entry(Kind.PATTERN, card.id, title, "reference.pattern", where, _full(lines), card.sources)


def _exercise(one: Exercise) -> Entry:
    words = one.words
    lines = (one.plain_name, words.therapist_cue, *words.steps, *words.mistakes, words.feel, words.why)
    sources = tuple(fact.source for fact in one.emg)
    where = {"exercise_id": one.id}
    return Entry(Kind.EXERCISE, one.id, one.name, "reference.exercise", where, _full(lines), sources)


def _told(library: Library) -> Iterator[Entry]:
    """Conditions, muscles, measurement error and words."""
    guide = library.guide
    for condition in guide.conditions:
        lines = (condition.says, *_facts(condition.evidence))
        cited = _named(condition.evidence)
        place = anchor(condition.id)
        yield Entry(Kind.CONDITION, condition.id, condition.name, "reference.conditions", place, lines, cited)
    for number, fact in enumerate(guide.muscles, 1):
        yield Entry(Kind.MUSCLE, f"muscles_{number}", fact.says, "reference.muscles", {}, (), (fact.source,))
    for measure in guide.measures:
        lines = _full((measure.reliability, measure.error, measure.change, *_facts(measure.evidence)))
        cited = _named(measure.evidence)
        place = anchor(measure.id)
        yield Entry(Kind.MEASURE, measure.id, measure.name, "reference.measurement", place, lines, cited)
    for term in (*guide.words, *guide.glossary):
        yield Entry(Kind.TERM, term.name, term.name, "reference.glossary", {}, (term.means,))


def _safety(library: Library) -> Iterator[Entry]:
    for flag in library.red_flags.values():
        lines = _full((flag.ask, flag.look, flag.do_now, flag.source_note))
        place = anchor(flag.id)
        yield Entry(Kind.RED_FLAG, flag.id, flag.name, "reference.red_flags", place, lines, flag.sources)
    for row in library.precautions.values():
        lines = _full((row.ask, row.effect, row.note, row.source_note, *(one.because for one in row.closes)))
        where = {"row_id": row.id}
        yield Entry(Kind.PRECAUTION, row.id, row.name, "reference.precaution", where, lines, row.sources)


def _norm(norm: Norm, library: Library) -> Entry:
    """A norm cites its source and those that its caveats name."""
    lines = _full((norm.population, norm.pad, *norm.caveats))
    named = (word for line in norm.caveats for word in _KEY.findall(line) if word in library.evidence)
    where = {"norm_id": norm.id}
    return Entry(Kind.NORM, norm.id, norm.name, "reference.norm", where, lines, (norm.source, *named))


def _unread(library: Library) -> Iterator[Entry]:
    for one in library.guide.unread:
        yield Entry(
            Kind.NORM,
            f"unread_{one.source}",
            one.holds,
            "reference.norms",
            anchor(one.source),
            (one.because,),
            (one.source,),
        )


def _settings(library: Library) -> Iterator[Entry]:
    for name, number in vars(library.rules.numbers).items():
        title = f"{number.value}: {number.means}"
        yield Entry(Kind.NUMBER, name, title, "reference.numbers", anchor(name), (), number.sources)
    for name, text in library.notes.items():
        lines = _full((text, library.guide.remarks.get(name, "")))
        yield Entry(Kind.NOTE, name, name, "reference.notes", anchor(name), lines)


def _progress(library: Library) -> Iterator[Entry]:
    for rule, said in library.exercises.progress.rules.items():
        title, basis = rule.replace("_", " ").capitalize(), said.basis
        yield Entry(Kind.RULE, rule, title, "reference.progress", anchor(rule), (basis.text,), basis.sources)


def _sources(library: Library) -> Iterator[Entry]:
    for name, cited in library.evidence.items():
        where = {"source_id": name}
        yield Entry(Kind.SOURCE, name, cited.citation, "reference.source", where, _full((cited.seen,)))
    for name, studied in library.exercises.sources.items():
        where = {"source_id": name}
        yield Entry(Kind.SOURCE, name, studied.citation, "reference.source", where, (studied.status,))


def _facts(told: Iterable[Evidence]) -> tuple[str, ...]:
    return _full(fact.says for fact in told)


def _named(told: Iterable[Evidence]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fact.source for fact in told))


def _full(lines: Iterable[str]) -> tuple[str, ...]:
    return tuple(line for line in lines if line)
