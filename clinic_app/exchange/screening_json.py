"""Reads a screening out of the JSON of the `assess` command and of the export."""

from collections.abc import Mapping
from decimal import Decimal
from typing import cast

from clinic_app.domain.course import WITHOUT_FINDING
from clinic_app.domain.finding import Finding
from clinic_app.domain.library import Library
from clinic_app.domain.protocol import Group, Item, Side
from clinic_app.domain.screening import Class, Override, Screening, Sex, Subject
from clinic_app.exchange.document import Reader, below
from clinic_app.exchange.finding_json import KEYS as FINDING_KEYS
from clinic_app.exchange.finding_json import finding_from
from clinic_app.exchange.safety_json import precautions_from, red_flag_overrides_from, red_flags_from
from clinic_app.exchange.values_json import allowed_in, chosen, several, short_text, values_from

KEYS = (
    "protocol",
    "subject",
    "red_flags",
    "red_flag_overrides",
    "precautions",
    "findings",
    "overrides",
    "opened",
)

_SUBJECT_ITEM = "demographics"
_OVERRIDE_KEYS = ("group", "side", "class", "reason")


def read_screening(document: object, library: Library) -> Screening:
    """Read the document; `DocumentError` names every problem: where, the value, and what is allowed.

    An answer that is not there stays unanswered; it is never read as no.
    """
    reader = Reader()
    screening = screening_from(reader, document, library)
    reader.finish()
    return screening


def screening_from(reader: Reader, document: object, library: Library) -> Screening:
    """Read the document with a reader that collects the problems of a larger one."""
    if document is None:
        reader.refuse("", document, "not an object")
    table = reader.table(document, "", KEYS)
    return Screening(
        protocol=chosen(reader, table.get("protocol"), "protocol", library.protocols, "a protocol") or "",
        subject=_subject(reader, table.get("subject"), library),
        red_flags=red_flags_from(reader, table.get("red_flags"), library),
        red_flag_overrides=red_flag_overrides_from(reader, table.get("red_flag_overrides"), library),
        precautions=precautions_from(reader, table.get("precautions"), library),
        findings=_findings(reader, table.get("findings"), library),
        overrides=_overrides(reader, table.get("overrides")),
        opened=_opened(reader, table.get("opened"), library),
    )


def _subject(reader: Reader, value: object, library: Library) -> Subject:
    fields = library.items[_SUBJECT_ITEM].fields
    table = reader.table(value, "subject", (field.key for field in fields))
    for field in fields:
        if field.required and table.get(field.key) is None:
            reader.refuse(below("subject", field.key), None, "missing", allowed_in(field))
    values = values_from(reader, table, "subject", fields)
    return Subject(
        age=cast(int, values.get("age", 0)),
        sex=Sex(str(values.get("sex", Sex.NOT_STATED))),
        height_cm=cast(Decimal | None, values.get("height_cm")),
        mass_kg=cast(Decimal | None, values.get("mass_kg")),
        kicking_leg=cast(str | None, values.get("kicking_leg")),
        activity=cast(str | None, values.get("activity")),
        sport=cast(str | None, values.get("sport")),
    )


def _findings(reader: Reader, value: object, library: Library) -> tuple[Finding, ...]:
    tests = _tests(library)
    read = reader.rows(value, "findings", lambda entry, at: _finding(reader, entry, at, tests))
    seen: set[tuple[str, Side | None]] = set()
    for place, finding in enumerate(read or ()):
        if finding is None:
            continue
        if (finding.item, finding.side) in seen:
            reader.refuse(f"findings[{place}]", _named(finding), "the same test and side twice")
        seen.add((finding.item, finding.side))
    return tuple(finding for finding in read or () if finding)


def _opened(reader: Reader, value: object, library: Library) -> tuple[str, ...]:
    """Tests that the therapist opened by hand, each once."""
    if value in (None, []):
        return ()
    return several(reader, value, "opened", dict.fromkeys(_tests(library), False)) or ()


def _tests(library: Library) -> dict[str, Item]:
    """The items that take findings."""
    return {name: item for name, item in library.items.items() if name not in WITHOUT_FINDING}


def _named(finding: Finding) -> str:
    return f"{finding.item} {finding.side}" if finding.side else finding.item


def _finding(reader: Reader, value: object, at: str, tests: Mapping[str, Item]) -> Finding | None:
    if not isinstance(value, Mapping):
        reader.refuse(at, value, "not an object")
        return None
    name = value.get("item")
    item = tests.get(name) if isinstance(name, str) else None
    if item is None:
        reader.refuse(below(at, "item"), name, "not a test", " ".join(tests))
        return None
    return finding_from(reader, reader.table(value, at, FINDING_KEYS), at, item)


def _overrides(reader: Reader, value: object) -> tuple[Override, ...]:
    read = reader.rows(value, "overrides", lambda entry, at: _override(reader, entry, at))
    overrides = tuple(override for override in read or () if override)
    if len({(override.group, override.side) for override in overrides}) < len(overrides):
        reader.refuse("overrides", value, "the same group and side twice")
    return overrides


def _override(reader: Reader, value: object, at: str) -> Override | None:
    if value is None:
        reader.refuse(at, value, "not an object")
    table = reader.table(value, at, _OVERRIDE_KEYS)
    group = chosen(reader, table.get("group"), below(at, "group"), Group, "a group")
    side = chosen(reader, table.get("side"), below(at, "side"), Side, "a side")
    cls = chosen(reader, table.get("class"), below(at, "class"), Class, "a class")
    reason = short_text(reader, table.get("reason"), below(at, "reason"))
    if not reason.strip():
        reader.refuse(below(at, "reason"), table.get("reason"), "an override needs a reason")
    if group is None or side is None or cls is None:
        return None
    return Override(Group(group), Side(side), Class(cls), reason)
