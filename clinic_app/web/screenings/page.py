"""What every page of a screening is built from: its row, its facts, its steps, and the rail of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import groupby
from typing import Any

from flask import abort, url_for
from flask_babel import ngettext
from flask_login import current_user

from clinic_app.domain.assessment import SafetyResult
from clinic_app.domain.finding import Finding
from clinic_app.domain.progress import State, Step, first_gap, minutes_left, steps
from clinic_app.domain.protocol import Side
from clinic_app.domain.safety_gate import check_safety
from clinic_app.domain.screening import Screening
from clinic_app.records.draft import DRAFT
from clinic_app.records.facts import RED_FLAGS, facts_of
from clinic_app.records.finding import NO_SIDE, finding_of
from clinic_app.records.finding import Finding as FindingRow
from clinic_app.records.screening import Screening as ScreeningRow
from clinic_app.records.screening import load_screening
from clinic_app.web import current
from clinic_app.web.banner import banner, sides_in_view
from clinic_app.web.entry import STOPS
from clinic_app.web.screenings.last_time import Before, before, last_time
from clinic_app.web.screenings.usual import OneAct, one_act
from clinic_app.web.wording.language import say as _

REVIEW = "review"
RING = {State.DONE: "done", State.NOT_DONE: "not_done", State.CLOSED: "not_done", State.MISSING: "none"}


@dataclass(frozen=True)
class ScreeningPage:
    """One screening as its pages see it."""

    row: ScreeningRow
    facts: Screening
    steps: tuple[Step, ...]
    safety: SafetyResult

    @property
    def on_hold(self) -> bool:
        """A red-flag stop is open."""
        return any(flag.consequence in STOPS for flag in self.safety.open)

    @property
    def asked(self) -> tuple[Step, ...]:
        """The steps that are shown in the rail; what is only offered stands among the further tests."""
        return tuple(step for step in self.steps if step.included)

    @cached_property
    def then(self) -> Before | None:
        """The last signed screening of this patient; asked for once, however many steps are shown."""
        return before(self.row)

    def one_act(self, step: Step) -> OneAct | None:
        """What may be entered on this step by one act."""
        return one_act(step, bool(self.rows_of(step.item.id)), self.then)

    def added(self, item: str) -> bool:
        """The therapist added this test by hand."""
        return item in self.facts.opened

    def step(self, item: str) -> Step:
        """The step of that item; 404 when the protocol has none."""
        found = next((step for step in self.steps if step.item.id == item), None)
        return found or abort(404)

    def beside(self, item: str) -> tuple[Step | None, Step | None]:
        """The steps before and after; a step that is not asked stands where the protocol has it."""
        places = [step.item.id for step in self.steps]
        here = places.index(item)
        before = [step for step in self.asked if places.index(step.item.id) < here]
        after = [step for step in self.asked if places.index(step.item.id) > here]
        return (before[-1] if before else None), (after[0] if after else None)

    def rows_of(self, item: str) -> dict[Side | None, FindingRow]:
        """The recorded rows of an item by side."""
        return {finding_of(row).side: row for row in self.row.findings if row.item == item}

    def findings_of(self, item: str) -> dict[Side | None, Finding]:
        """The recorded findings of an item by side."""
        return {side: finding_of(row) for side, row in self.rows_of(item).items()}


def open_page(screening_id: int) -> ScreeningPage:
    """The screening with all that its pages show; 404 when there is none. The reading is remembered."""
    row = load_screening(current.session(), screening_id)
    if row is None:
        abort(404)
    current.note_read(current_user.id, "screening", row.id, row.patient_id)
    if row.status == DRAFT and row.protocol not in current.library().protocols:
        abort(503)
    return page_of(row)


def page_of(row: ScreeningRow) -> ScreeningPage:
    """The page of a row that is loaded."""
    library, facts = current.library(), facts_of(row)
    # A protocol of the clinic's own is not there while its files are refused: no steps until they are mended.
    made = steps(facts, library) if facts.protocol in library.protocols else ()
    return ScreeningPage(row, facts, made, check_safety(facts, library))


def frame(page: ScreeningPage, here: str) -> dict[str, Any]:
    """What the layout of a step needs: the bar with the person, the rail, and the way back and on."""
    back, after = page.beside(here)
    return {
        **banner(page.row.patient, page.row.taken_on),
        "sides_in_view": sides_in_view(page.facts),
        "screening": page.row,
        "sections": sections(page, here),
        "more_href": url_for("screenings.all_steps", screening_id=page.row.id, _anchor="more"),
        "current": here,
        "back": _link(page, back),
        "forward": {"form": "entry", "name": _(after.item.rail_name), "next": step_url(page, after.item.id)}
        if after
        else None,
        "close_href": url_for("patients.show", patient_id=page.row.patient_id),
        "save": ("idle", ""),
        "minutes": _minutes(page),
        "red_flag_href": _red_flag(page, here),
    }


def entry_frame(page: ScreeningPage, step: Step, held: str = "") -> dict[str, Any]:
    """What a step adds to the frame: where each side is saved, and from which revision on."""
    item, keys = step.item, step.item.keys()
    sides = [str(side or NO_SIDE) for side in keys]
    # A side that was taken back has its revision too, or a device would lay its own older answer over it.
    saved = {row.side: row.revision for row in page.row.rows if row.item == item.id}
    url = partial(url_for, "screenings.save_finding", screening_id=page.row.id, item=item.id)
    return {
        **frame(page, item.id),
        "step": step,
        "item": item,
        "held": held,
        "take_up": url_for("screenings.take_up", screening_id=page.row.id, item=item.id),
        "added": page.added(item.id),
        "usual": page.one_act(step),
        "last_time": last_time(page.then, step, page.facts.protocol),
        "action": url_for("screenings.save_step", screening_id=page.row.id, step=item.id),
        "urls": {side: url(side=side) for side in sides},
        "revisions": {side: saved.get(side, 0) for side in sides},
    }


def step_url(page: ScreeningPage, item: str) -> str:
    """The address of a step; the last one is the review."""
    if item == REVIEW:
        return url_for("screenings.review", screening_id=page.row.id)
    return url_for("screenings.show_step", screening_id=page.row.id, step=item)


def resume_url(page: ScreeningPage) -> str:
    """Where work goes on: the open stop, else the first gap, else the review."""
    gap = first_gap(page.steps)
    return step_url(page, "red_flags" if page.on_hold else gap.item.id if gap else REVIEW)


def sections(page: ScreeningPage, here: str = "") -> list[dict[str, Any]]:
    """The rail: the steps by the position of the patient, so that they turn over as seldom as possible."""
    made = [_section(page, position, list(group), here) for position, group in groupby(page.asked, _position)]
    return [section for section in made if section["items"]]


def _position(step: Step) -> str:
    return step.item.position.value


def _section(page: ScreeningPage, position: str, asked: list[Step], here: str) -> dict[str, Any]:
    counted = [step for step in asked if step.included]
    done = [step for step in counted if step.finished]
    started = any(state is not State.MISSING for step in counted for state in step.states.values())
    return {
        "id": position,
        "name": _(current.library().words["position"][position]),
        "position": position,
        "items": [_entry(page, step) for step in asked],
        "done": len(done),
        "total": len(counted),
        "open": any(step.item.id == here for step in asked) or (started and len(done) < len(counted)),
    }


def _entry(page: ScreeningPage, step: Step) -> dict[str, Any]:
    states = {side: RING[state] for side, state in step.states.items()}
    if "none" in states.values() and set(states.values()) != {"none"}:
        states = {side: "missing" if state == "none" else state for side, state in states.items()}
    return {
        "id": step.item.id,
        "name": _(step.item.rail_name or step.item.name),
        "added": page.added(step.item.id),
        "href": step_url(page, step.item.id),
        "sided": Side.LEFT in states,
        "left": states.get(Side.LEFT, ""),
        "right": states.get(Side.RIGHT, ""),
        "state": states.get(None, ""),
        "warn": _warning(states),
    }


def _warning(states: Mapping[Side | None, str]) -> str:
    words = {Side.LEFT: _("Left missing"), Side.RIGHT: _("Right missing"), None: _("One answer missing")}
    return next((words[side] for side, state in states.items() if state == "missing"), "")


def _link(page: ScreeningPage, step: Step | None) -> dict[str, str] | None:
    if step is None:
        return None
    return {"href": step_url(page, step.item.id), "name": _(step.item.rail_name or step.item.name)}


def _red_flag(page: ScreeningPage, here: str) -> str:
    """The way to the red flags from any step, and where it leads back to."""
    return f"{step_url(page, RED_FLAGS)}?from={here}" if here not in ("", RED_FLAGS) else ""


def _minutes(page: ScreeningPage) -> str:
    """How long the rest takes; a planning estimate."""
    left = round(minutes_left(page.steps))
    if not left:
        return ""
    return str(ngettext("About %(num)d min left", "About %(num)d min left", left))
