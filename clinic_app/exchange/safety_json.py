"""Reads the safety answers of a screening: red flags, overrides of them, and precautions."""

from collections.abc import Mapping
from datetime import date

from clinic_app.domain.library import Library
from clinic_app.domain.protocol import Side
from clinic_app.domain.safety import Precaution
from clinic_app.domain.safety_gate import why_no_override
from clinic_app.domain.screening import Answer, PrecautionRow, Precautions
from clinic_app.exchange.document import Reader, below
from clinic_app.exchange.values_json import chosen, short_text, values_from

ALL_NO = "all_no"

_ROW_KEYS = ("id", "side", "cleared", "cleared_by", "cleared_on")


def red_flags_from(reader: Reader, value: object, library: Library) -> dict[str, Answer]:
    """The answer to each row that was answered; "all_no" answers every row that is asked."""
    rows = library.red_flags
    if value == ALL_NO:
        return {row.id: Answer.NO for row in rows.values() if row.under_age is None}
    table = reader.table(value, "red_flags", rows)
    given = [row for row in rows if table.get(row) is not None]
    answers = {row: _answer(reader, table[row], below("red_flags", row)) for row in given}
    return {row: answer for row, answer in answers.items() if answer}


def red_flag_overrides_from(reader: Reader, value: object, library: Library) -> dict[str, str]:
    """The typed reason for each row that the therapist overrode."""
    at = "red_flag_overrides"
    table = reader.table(value, at, library.red_flags)
    given = [row for row in library.red_flags.values() if table.get(row.id) is not None]
    reasons = {row.id: short_text(reader, table[row.id], below(at, row.id)) for row in given}
    for row in given:
        refusal = why_no_override(row, reasons[row.id])
        if refusal:
            reader.refuse(below(at, row.id), table[row.id], refusal)
    return reasons


def precautions_from(reader: Reader, value: object, library: Library) -> Precautions:
    """The precautions list; a row's own answer that is left out stays unanswered, which closes the most."""
    table = reader.table(value, "precautions", ("answered", "rows"))
    answered = reader.yes_no(table.get("answered"), "precautions.answered")
    read = reader.rows(
        table.get("rows"), "precautions.rows", lambda entry, at: _row(reader, entry, at, library)
    )
    rows = tuple(row for row in read or () if row)
    seen = {(row.id, row.side) for row in rows}
    if len(seen) < len(rows):
        reader.refuse("precautions.rows", table.get("rows"), "the same row and side twice")
    return Precautions(answered=answered is True, rows=rows)


def _answer(reader: Reader, value: object, at: str) -> Answer | None:
    if isinstance(value, bool):
        return Answer.YES if value else Answer.NO
    answer = chosen(reader, value, at, Answer, "an answer")
    return Answer(answer) if answer else None


def _row(reader: Reader, value: object, at: str, library: Library) -> PrecautionRow | None:
    if not isinstance(value, Mapping):
        reader.refuse(at, value, "not an object")
        return None
    precaution_id = chosen(reader, value.get("id"), below(at, "id"), library.precautions, "a precaution")
    if precaution_id is None:
        return None
    precaution = library.precautions[precaution_id]
    table = reader.table(value, at, (*_ROW_KEYS, *(field.key for field in precaution.fields)))
    return PrecautionRow(
        id=precaution_id,
        side=_side(reader, table.get("side"), below(at, "side"), precaution),
        cleared=reader.yes_no(table.get("cleared"), below(at, "cleared")) is True,
        extra=values_from(reader, table, at, precaution.fields),
        cleared_by=short_text(reader, table.get("cleared_by"), below(at, "cleared_by")),
        cleared_on=_day(reader, table.get("cleared_on"), below(at, "cleared_on")),
    )


def _day(reader: Reader, value: object, at: str) -> str:
    text = reader.text(value, at) or ""
    if text and not is_day(text):
        reader.refuse(at, text, "not a date", "YYYY-MM-DD")
        return ""
    return text


def is_day(text: str) -> bool:
    """A date as YYYY-MM-DD."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _side(reader: Reader, value: object, at: str, precaution: Precaution) -> Side | None:
    if value is None:
        return None
    if not precaution.sided:
        reader.refuse(at, value, "this row has no side")
        return None
    side = chosen(reader, value, at, Side, "a side")
    return Side(side) if side else None
