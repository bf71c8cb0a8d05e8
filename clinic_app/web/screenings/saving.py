"""Saving one test and side as soon as it is entered, for the page's script."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import Any

from flask import abort, jsonify, request
from flask_babel import gettext as _
from flask_login import current_user

from clinic_app.domain.finding import Finding
from clinic_app.domain.progress import Step
from clinic_app.domain.protocol import Item, Side
from clinic_app.exchange.document import DocumentError
from clinic_app.records.facts import PRECAUTIONS, RED_FLAGS
from clinic_app.records.finding import NO_SIDE, Entry
from clinic_app.records.refusal import Conflict, NoScreening
from clinic_app.records.screening import load_screening
from clinic_app.records.table import now
from clinic_app.web import current
from clinic_app.web.entry import IncompleteListError, headline_number, read_script, save, takes_back
from clinic_app.web.pages import clock
from clinic_app.web.problems import sentences
from clinic_app.web.screenings.asking import asks_of
from clinic_app.web.screenings.blueprint import Answer, blueprint
from clinic_app.web.screenings.page import ScreeningPage, page_of, step_url

LOCATION = "symptom_location"
PRESSURE = "resting_bp"


@blueprint.put("/screenings/<int:screening_id>/findings/<item>/<side>")
def save_finding(screening_id: int, item: str, side: str) -> Answer:
    """Save one finding at the revision the page knows; a retry with the same key is answered again."""
    known, its_side = _place(item, side)
    body = _body()
    taken_back = bool(_revision()) and takes_back(known, body)
    try:
        finding = Finding(known.id, its_side) if taken_back else read_script(known, its_side, body)
    except DocumentError as error:
        return jsonify(_refusal(error, known)), 422
    except IncompleteListError as error:
        return jsonify(_to_come(error.missing)), 422
    session, before = current.session(), None
    if known.id in _changing(current.library().version):
        before = _steps_of(screening_id)
    try:
        saved = save(session, replace(_entry(screening_id, known, finding), taken_back=taken_back))
    except Conflict as conflict:
        session.rollback()
        return jsonify(_conflict(conflict)), 409
    except NoScreening:
        abort(404)
    session.commit()
    told = _changes(before, _steps_of(screening_id), known.id) if before else {"opened": [], "closed": []}
    return jsonify(
        revision=saved.revision,
        echo=_echo(finding),
        state="none" if taken_back else "done" if finding.done else "not_done",
        saved_at=clock(now()),
        asks=asks_of(screening_id, known, finding),
        **told,
    )


def _place(item: str, side: str) -> tuple[Item, Side | None]:
    known = current.library().items.get(item) or abort(404)
    keys = known.keys()
    sides = {str(key or NO_SIDE): key for key in keys}
    if side not in sides or not (known.fields or item in (RED_FLAGS, PRECAUTIONS)):
        abort(404)
    return known, sides[side]


def _body() -> dict[str, Any]:
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        abort(400)
    return body


def _revision() -> int:
    """The revision that the page knows; 0 when it knows none."""
    revision = request.headers.get("If-Match", "").strip('"')
    if revision and not (revision.isascii() and revision.isdecimal()):
        abort(400)
    return int(revision or 0)


def _entry(screening_id: int, item: Item, finding: Finding) -> Entry:
    return Entry(
        screening_id=screening_id,
        finding=finding,
        user_id=current_user.id,
        expected_revision=_revision() or None,
        key=request.headers.get("Idempotency-Key", "")[:80],
        supersedes=request.headers.get("Supersedes", "")[:80],
        number=headline_number(item, finding),
    )


@cache
def _changing(_version: str) -> frozenset[str]:
    """The items whose answers open or close others; after the rest nothing has to be worked out again."""
    items = current.library().items.values()
    triggers = [trigger for item in items for trigger in item.opened_by]
    graded = {trigger.graded_item for trigger in triggers if trigger.graded_item}
    answered = {trigger.answered.item for trigger in triggers if trigger.answered}
    located = {LOCATION for trigger in triggers if trigger.sites}
    closing = {item.id for item in items if item.closes}
    return frozenset({RED_FLAGS, PRECAUTIONS, PRESSURE} | graded | answered | located | closing)


def _steps_of(screening_id: int) -> ScreeningPage:
    row = load_screening(current.session(), screening_id)
    return page_of(row) if row else abort(404)


def _changes(before: ScreeningPage, after: ScreeningPage, item: str) -> dict[str, Any]:
    """The steps that opened, the sides that closed, whether testing is on hold, and where the way goes on."""
    following = after.beside(item)[1]
    return {
        "next": step_url(after, following.item.id) if following else None,
        "opened": [
            _opened(step) for step, was in _beside(before, after) if step.included and not was.included
        ],
        "closed": [
            {"item": step.item.id, "side": str(side or NO_SIDE), "text": closing.reason}
            for step, was in _beside(before, after)
            for side, closing in step.closed.items()
            if side not in was.closed
        ],
        "hold": after.on_hold,
    }


def _beside(before: ScreeningPage, after: ScreeningPage) -> list[tuple[Step, Step]]:
    """Each step after the save with what it was before; one that this very save brought in is no change."""
    was = {step.item.id: step for step in before.steps}
    return [(step, was[step.item.id]) for step in after.steps if step.item.id in was]


def _opened(step: Step) -> dict[str, str]:
    text = f"{step.item.name}: {step.opened_because}." if step.opened_because else f"{step.item.name}."
    return {"item": step.item.id, "name": step.item.name, "text": text}


def _refusal(error: DocumentError, item: Item) -> dict[str, Any]:
    """What is wrong, and apart from it what is only still to come; either way nothing was saved."""
    wrong = [problem for problem in error.problems if problem.value is not None]
    to_come = [problem for problem in error.problems if problem.value is None]
    missing = sentences(to_come, item)
    return {"errors": sentences(wrong, item), "missing": missing} if wrong else _to_come(missing)


def _to_come(missing: Mapping[str, Any]) -> dict[str, Any]:
    return {"errors": {}, "missing": missing, "message": _("Not saved yet, an answer is missing")}


def _conflict(conflict: Conflict) -> dict[str, Any]:
    return {
        "error": "conflict",
        "revision": conflict.revision,
        "echo": _echo(conflict.current),
        "saved_by": conflict.saved_by,
        "saved_at": clock(conflict.saved_at),
    }


def _echo(finding: Finding) -> dict[str, Any]:
    """The finding as the page's script sends one."""
    return {
        "values": _plain(finding.values),
        "status": finding.status,
        "not_done_reason": finding.not_done_reason,
        "pain": finding.pain,
        "pain_limited": finding.pain_limited,
        "compensations": list(finding.compensations),
        "note": finding.note,
        "opened_because": finding.opened_because or None,
        "timed": list(finding.timed),
        "confirmed": list(finding.confirmed),
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return float(value) if isinstance(value, Decimal) else value
