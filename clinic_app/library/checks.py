"""What must hold between the files of the content folder: each broken promise as file, key and reason."""

from collections.abc import Callable, Iterator

from clinic_app.domain.grade import Grade
from clinic_app.domain.library import Library
from clinic_app.domain.protocol import FieldKind, Inclusion, Item
from clinic_app.domain.trigger import AgeFrom, GradeAtMost, PrecautionHeld, SitesNamed, Trigger
from clinic_app.library.item_checks import item_faults
from clinic_app.library.items import GRADES, file_name
from clinic_app.library.problem import Problem, unknown
from clinic_app.library.rules import unknown_values
from clinic_app.library.safety import ItemIds
from clinic_app.library.safety_checks import safety_problems
from clinic_app.library.texts import EVIDENCE, GUIDE, NOTES_FILE, WORDS
from clinic_app.library.vocabularies import NOTES, PATTERNS, word_faults

RULES = "rules.toml"
CONVENTION = "convention"
LOCATION, SITES = "symptom_location", "sites"


def problems(library: Library, ids: ItemIds) -> Iterator[Problem]:
    """Every problem, as file name, key and reason."""
    for check in _CHECKS:
        yield from check(library)
    yield from safety_problems(library, ids)


def _items(library: Library) -> Iterator[Problem]:
    for item in library.items.values():
        file = file_name(item.id)
        yield from ((file, key, reason) for key, reason in item_faults(item))
        yield from unknown(file, "evidence", (each.source for each in item.evidence), library.evidence)
        yield from unknown(file, "section", [item.section], library.words.get("section", {}))
        for trigger in item.opened_by:
            yield from _trigger(file, trigger, library)


def _trigger(file: str, trigger: Trigger, library: Library) -> Iterator[Problem]:
    if isinstance(trigger, SitesNamed):
        yield from unknown(file, "opened_by.sites", trigger.sites, _sites(library))
    elif isinstance(trigger, PrecautionHeld):
        yield from unknown(file, "opened_by.precautions", trigger.precautions, library.precautions)
    elif isinstance(trigger, GradeAtMost):
        graded = [item.id for item in library.items.values() if _graded(item)]
        yield from unknown(file, "opened_by.graded_item", [trigger.graded_item], graded)
        yield from unknown(file, "opened_by.grade", [trigger.grade], list(Grade))
    elif isinstance(trigger, AgeFrom) and trigger.age_from < 0:
        yield file, "opened_by.age_from", "an age is not below zero"


def _sites(library: Library) -> set[str]:
    location = library.items.get(LOCATION)
    fields = location.fields if location else ()
    return {choice.id for field in fields if field.key == SITES for choice in field.choices}


def _graded(item: Item) -> bool:
    return any(field.key == "grade" and field.kind is FieldKind.GRADE for field in item.fields)


def _grades(library: Library) -> Iterator[Problem]:
    fields = (field for item in library.items.values() for field in item.fields)
    graded = next((field for field in fields if field.kind is FieldKind.GRADE), None)
    if graded and [choice.id for choice in graded.choices] != list(Grade):
        yield GRADES, "grades", f"the grades are, in this order: {' '.join(Grade)}"


def _protocols(library: Library) -> Iterator[Problem]:
    for protocol in library.protocols.values():
        file = file_name(protocol.id)
        named = [line.item for line in protocol.lines]
        yield from unknown(file, "lines", named, library.items)
        for name in {name for name in named if named.count(name) > 1}:
            yield file, "lines", f"{name} stands twice"
        for line in protocol.lines:
            item = library.items.get(line.item)
            if item and line.inclusion is Inclusion.CONDITIONAL and not item.opened_by:
                yield file, "lines", f"{line.item} is conditional, but nothing opens it"


def _rules(library: Library) -> Iterator[Problem]:
    for name, number in vars(library.rules.numbers).items():
        yield from unknown(RULES, f"numbers.{name}.sources", number.sources, library.evidence)
    for rule in library.rules.by_id.values():
        steps = [source for step in rule.steps for source in step.sources]
        yield from unknown(RULES, f"{rule.id}.sources", (*rule.sources, *steps), library.evidence)
        yield from unknown(RULES, f"{rule.id}.against", rule.against, library.evidence)
        yield from unknown(RULES, f"{rule.id}.items", rule.items, library.items)
    for name, value in unknown_values(library.rules, library.items):
        yield RULES, f"{name}.steps", f"{value} is no answer of this test"


def _patterns(library: Library) -> Iterator[Problem]:
    missing = (name for name in PATTERNS if name not in library.patterns)
    yield from ((file_name(name), "", "the pattern is missing") for name in missing)
    for card in library.patterns.values():
        file = file_name(card.id)
        yield from unknown(file, "sources", card.sources, library.evidence)
        yield from unknown(file, "sets", card.sets, library.exercises.tags)


def _words(library: Library) -> Iterator[Problem]:
    yield from ((WORDS, key, reason) for key, reason in word_faults(library.words))
    tags = library.words.get("tag", {})
    for tag in library.exercises.tags:
        if tag not in tags:
            yield WORDS, "tag", f"{tag} is missing"


def _convention(library: Library) -> Iterator[Problem]:
    if CONVENTION not in library.evidence:
        yield EVIDENCE, CONVENTION, "the entry that stands for clinical convention is missing"


def _guide(library: Library) -> Iterator[Problem]:
    return unknown(GUIDE, "evidence", library.guide.sources, library.evidence)


def _notes(library: Library) -> Iterator[Problem]:
    yield from ((NOTES_FILE, name, "the note is missing") for name in NOTES if name not in library.notes)
    for name, text in library.notes.items():
        if not text.strip():
            yield NOTES_FILE, name, "a note has a text"


_CHECKS: tuple[Callable[[Library], Iterator[Problem]], ...] = (
    _convention,
    _grades,
    _items,
    _protocols,
    _rules,
    _patterns,
    _notes,
    _guide,
    _words,
)
