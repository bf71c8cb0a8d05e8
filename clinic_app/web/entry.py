"""From what was entered for one test and side to its row: the same way for the page's script and its form."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from clinic_app.domain.finding import Finding, Status
from clinic_app.domain.grade import Grade
from clinic_app.domain.protocol import FieldKind, Item, Side
from clinic_app.domain.safety import Consequence
from clinic_app.domain.screening import Answer
from clinic_app.exchange.document import DocumentError, Problem
from clinic_app.exchange.finding_json import read_finding
from clinic_app.records.decision import Decision
from clinic_app.records.facts import PRECAUTIONS, RED_FLAGS
from clinic_app.records.finding import Entry, Saved, save_finding
from clinic_app.records.finding import Finding as FindingRow
from clinic_app.web import current
from clinic_app.web.field_kinds import NUMBERS
from clinic_app.web.safety_forms import precautions_form, red_flags_form
from clinic_app.web.screening_forms import asked_fields, script_document

STOPS = (Consequence.STOP_URGENT, Consequence.STOP_REFER)
ASKED_BEFORE_LOADING = frozenset({"safety", "history"})
_ANSWERS = frozenset(Answer)


class IncompleteListError(Exception):
    """A list is not yet asked whole; `missing` says by input what is still to come."""

    def __init__(self, missing: dict[str, list[str]]) -> None:
        super().__init__(*missing)
        self.missing = missing


class OnHoldError(Exception):
    """A red-flag stop is open: no test is recorded until it is cleared."""


def read_script(item: Item, side: Side | None, body: Mapping[str, Any]) -> Finding:
    """Read what the page's script sent; `DocumentError` and `IncompleteListError` name every problem."""
    lists: Mapping[str, Callable[[Mapping[str, Any]], dict[str, Any]]] = {
        RED_FLAGS: _red_flags,
        PRECAUTIONS: _precautions,
    }
    if item.id in lists:
        return read_list(item.id, lists[item.id](body))
    return read_document(item, side, script_document(item, body))


def takes_back(item: Item, body: Mapping[str, Any]) -> bool:
    """Nothing is left of what was entered on this side; a safety list stays, however little is answered."""
    values = body.get("values")
    told = ("pain", "compensations", "note", "opened_because")
    left = [*(values.values() if isinstance(values, dict) else [values]), *(body.get(key) for key in told)]
    done = body.get("status", Status.DONE) == Status.DONE
    return done and item.id not in (RED_FLAGS, PRECAUTIONS) and all(one in (None, "", [], {}) for one in left)


def read_document(item: Item, side: Side | None, document: Mapping[str, Any]) -> Finding:
    """Read the document of a finding; `DocumentError` names every problem."""
    sided = {"side": side.value} if side else {}
    asked = replace(item, fields=asked_fields(item))
    return read_finding({**document, "values": _as_asked(asked, document.get("values")), **sided}, asked)


def _as_asked(item: Item, values: Any) -> Any:
    """The values without those that no other answer asks for: a hidden answer is not one."""
    if not isinstance(values, dict):
        return values
    unasked = {
        field.key
        for field in item.fields
        for key, answers in (field.shown_with or {}).items()
        if not set(answers) & set(_listed(values.get(key)))
    }
    return {key: value for key, value in values.items() if key not in unasked}


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def read_list(item_id: str, document: Mapping[str, Any]) -> Finding:
    """One of the two safety lists, as its form read it."""
    answers = document["values"].items() if item_id == RED_FLAGS else ()
    wrong = [
        Problem(f"values.{row}", said, "not an answer", " ".join(Answer))
        for row, said in answers
        if said not in _ANSWERS
    ]
    if wrong:
        raise DocumentError(wrong)
    return Finding(item=item_id, values=_frozen(document["values"]), note=document["note"])


def _frozen(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _frozen(part) for key, part in value.items()}
    return tuple(_frozen(part) for part in value) if isinstance(value, list) else value


def save(session: Session, entry: Entry) -> Saved:
    """Save one finding; `OnHoldError` while a stop is open and this is a test."""
    item = current.library().items[entry.finding.item]
    if item.section not in ASKED_BEFORE_LOADING and is_on_hold(session, entry.screening_id):
        raise OnHoldError
    return save_finding(session, entry)


def is_on_hold(session: Session, screening_id: int) -> bool:
    """A row that stops the screen was answered yes or unsure, and was not overridden."""
    answers = (
        session.scalar(select(FindingRow.values).filter_by(screening_id=screening_id, item=RED_FLAGS)) or {}
    )
    rows = current.library().red_flags
    stops = {row for row, answer in answers.items() if answer != Answer.NO and rows[row].consequence in STOPS}
    if not stops:
        return False
    overridden = session.scalars(
        select(Decision.subject).filter_by(screening_id=screening_id, kind="red_flag")
    )
    return bool(stops - set(overridden))


def headline_number(item: Item, finding: Finding) -> float | None:
    """The first number of a finding, for trends: a grade's rank, seconds, a count, what is read of trials."""
    for field in item.fields:
        value = finding.values.get(field.key)
        if field.kind is FieldKind.GRADE and value is not None:
            return float(Grade(str(value)).rank)
        if field.kind in NUMBERS and isinstance(value, int | Decimal):
            return float(value)
        if field.aggregate and isinstance(value, tuple) and value:
            return float(field.aggregate.of([Decimal(str(one)) for one in value]))
    return None


def _red_flags(body: Mapping[str, Any]) -> dict[str, Any]:
    return red_flags_form(_as_form(body), None).document()


def _precautions(body: Mapping[str, Any]) -> dict[str, Any]:
    form = precautions_form(_as_form(body), [], None)
    if not form.check():
        raise IncompleteListError({field.name: list(field.errors) for field in form if field.errors})
    return form.document()


def _as_form(body: Mapping[str, Any]) -> MultiDict[str, str]:
    """The flat values that a script sends, as the fields of the form that it stands on."""
    values = body.get("values")
    if not isinstance(values, dict):
        raise DocumentError([Problem("values", values, "not an object")])
    form: MultiDict[str, str] = MultiDict()
    for key, value in {**values, "note": body.get("note")}.items():
        for one in value if isinstance(value, list) else [value]:
            if one not in (None, False, ""):
                form.add(key, str(one))
    return form
