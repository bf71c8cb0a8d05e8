"""What must hold of the red flags and the precautions: each broken promise as file, key and reason."""

from collections.abc import Iterator

from clinic_app.domain.closing import METHOD
from clinic_app.domain.library import Library
from clinic_app.domain.protocol import Field, FieldKind
from clinic_app.domain.safety import Answers, Closure, Precaution
from clinic_app.library.field_checks import field_faults
from clinic_app.library.problem import Problem, unknown
from clinic_app.library.safety import ITEM_IDS, PRECAUTIONS, RED_FLAGS, ItemIds


def safety_problems(library: Library, ids: ItemIds) -> Iterator[Problem]:
    """Every problem of the safety files, and of the names of tests that they use."""
    yield from _red_flags(library)
    yield from _precautions(library)
    yield from _item_ids(library, ids)
    yield from _closures(library)


def _red_flags(library: Library) -> Iterator[Problem]:
    for row in library.red_flags.values():
        yield from _sourced(RED_FLAGS, row.id, row.sources, library)
        yield from unknown(RED_FLAGS, f"{row.id}.group", [row.group], library.words.get("red_flag_group", {}))


def _precautions(library: Library) -> Iterator[Problem]:
    for row in library.precautions.values():
        yield from _sourced(PRECAUTIONS, row.id, row.sources, library)
        for key, reason in field_faults(row.fields):
            yield PRECAUTIONS, f"{row.id}.{key}", reason
        tags = (tag.tag for tag in row.sets)
        yield from unknown(PRECAUTIONS, f"{row.id}.sets", tags, library.exercises.tags)
        yield from unknown(PRECAUTIONS, f"{row.id}.not_valid", row.not_valid, library.items)
        conditions = [*(closure.unless for closure in row.closes), *(tag.unless for tag in row.sets)]
        for unless in conditions:
            yield from _unless(row, unless)


def _unless(row: Precaution, unless: Answers | None) -> Iterator[Problem]:
    fields = {field.key: field for field in row.fields}
    for key, answers in (unless or {}).items():
        if key not in fields:
            yield PRECAUTIONS, f"{row.id}.unless", f"{key} is not a field of this row"
        else:
            known = _answers(fields[key])
            yield from unknown(PRECAUTIONS, f"{row.id}.unless.{key}", answers, known)


def _answers(field: Field) -> list[str]:
    if field.kind is FieldKind.YES_NO:
        return ["yes", "no"]
    if field.kind is FieldKind.INTEGER and field.minimum is not None and field.maximum is not None:
        return [str(number) for number in range(int(field.minimum), int(field.maximum) + 1)]
    return [choice.id for choice in field.choices]


def _item_ids(library: Library, ids: ItemIds) -> Iterator[Problem]:
    for kind, names in ids.kinds.items():
        yield from unknown(ITEM_IDS, f"kinds.{kind}", names, library.items)
        if kind in library.items:
            yield ITEM_IDS, f"kinds.{kind}", "a kind may not have the name of a test"
    for item in library.items.values():
        if item.maximal != (item.id in ids.kinds.get("maximal", ())):
            yield ITEM_IDS, "kinds.maximal", f"{item.id} does not say the same of itself"


def _closures(library: Library) -> Iterator[Problem]:
    for row in library.precautions.values():
        for closure in row.closes:
            yield from unknown(PRECAUTIONS, f"{row.id}.closes.items", closure.items, library.items)
            yield from _closed_parts(row, closure, library)
            if not closure.items and not closure.positions:
                yield PRECAUTIONS, f"{row.id}.closes", "it closes nothing"


def _closed_parts(row: Precaution, closure: Closure, library: Library) -> Iterator[Problem]:
    if closure.methods and closure.positions:
        yield PRECAUTIONS, f"{row.id}.closes.methods", "a closure is of methods or of positions"
    for item in (library.items[name] for name in closure.items if name in library.items):
        if closure.fields:
            yield from unknown(PRECAUTIONS, f"{row.id}.closes.fields", closure.fields, item.field_keys)
        if closure.methods:
            methods = item.field(METHOD).choices if METHOD in item.field_keys else ()
            known = [choice.id for choice in methods]
            yield from unknown(PRECAUTIONS, f"{row.id}.closes.methods", closure.methods, known)


def _sourced(file: str, row: str, sources: tuple[str, ...], library: Library) -> Iterator[Problem]:
    if not sources:
        yield file, f"{row}.sources", "name a source, or say that it is clinical convention"
    yield from unknown(file, f"{row}.sources", sources, library.evidence)
