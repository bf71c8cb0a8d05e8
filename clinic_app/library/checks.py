"""What must hold between the files of the content folder: each broken promise as file, key and reason."""

from collections.abc import Callable, Iterator

from clinic_app.domain.grade import Grade
from clinic_app.domain.library import Library
from clinic_app.domain.protocol import FieldKind, Inclusion, Item
from clinic_app.domain.trigger import Answered, Trigger
from clinic_app.library.item_checks import faults_between, item_faults
from clinic_app.library.items import GRADES, file_name
from clinic_app.library.norm_checks import norm_problems
from clinic_app.library.own import limit_problems
from clinic_app.library.problem import Problem, unknown
from clinic_app.library.rules import FOLDER, NUMBERS, rule_faults
from clinic_app.library.safety import ItemIds
from clinic_app.library.safety_checks import safety_problems
from clinic_app.library.share import share_problems
from clinic_app.library.texts import EVIDENCE, GUIDE, NOTES_FILE, WORDS
from clinic_app.library.vocabularies import NOTES, PATTERNS, word_faults

RULES = FOLDER
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


def _between_items(library: Library) -> Iterator[Problem]:
    for item in library.items.values():
        file = file_name(item.id)
        yield from ((file, key, reason) for key, reason in faults_between(item, library.items))
        for trigger in item.opened_by:
            yield from _trigger(file, trigger, library)


def _trigger(file: str, trigger: Trigger, library: Library) -> Iterator[Problem]:
    graded = [item.id for item in library.items.values() if _graded(item)]
    yield from unknown(file, "opened_by.sites", trigger.sites, _sites(library))
    yield from unknown(file, "opened_by.precautions", trigger.precautions, library.precautions)
    if trigger.graded_item or trigger.grade:
        yield from unknown(file, "opened_by.graded_item", [trigger.graded_item], graded)
        yield from unknown(file, "opened_by.grade", [trigger.grade], list(Grade))
    if trigger.age_from is not None and trigger.age_from < 0:
        yield file, "opened_by.age_from", "an age is not below zero"
    if trigger.answered:
        yield from _answered(file, trigger.answered, library)
    if trigger == Trigger(trigger.because):
        yield file, "opened_by", "a trigger names a condition"


def _answered(file: str, answered: Answered, library: Library) -> Iterator[Problem]:
    item = library.items.get(answered.item)
    if item is None or answered.field not in item.field_keys:
        yield file, "opened_by.answered", f"{answered.item} has no field {answered.field}"
        return
    field = item.field(answered.field)
    known = [choice.id for choice in field.choices] or ["yes", "no"]
    yield from unknown(file, "opened_by.answered", answered.answers, known)


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
        yield from unknown(NUMBERS, f"numbers.{name}.sources", number.sources, library.evidence)
    for rule in library.rules.by_id.values():
        steps = [source for step in rule.steps for source in step.sources]
        yield from unknown(RULES, f"{rule.id}.sources", (*rule.sources, *steps), library.evidence)
        yield from unknown(RULES, f"{rule.id}.against", rule.against, library.evidence)
        yield from unknown(RULES, f"{rule.id}.items", rule.items, library.items)
    for name, reason in rule_faults(library.rules, library.items, library.norms):
        yield RULES, f"{name}.steps", reason


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
    _between_items,
    _protocols,
    _rules,
    norm_problems,
    _patterns,
    _notes,
    _guide,
    _words,
    limit_problems,
    share_problems,
)
