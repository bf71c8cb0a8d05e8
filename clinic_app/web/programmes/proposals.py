"""What the log of the last programme proposes for this one, and what the therapist decided on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import request

from clinic_app.domain.neighbours import neighbours_of
from clinic_app.domain.progress_rules import Advice, Step
from clinic_app.domain.progress_ways import Way, ways_of
from clinic_app.records.programme import Programme
from clinic_app.records.returned_log import last_log
from clinic_app.web import current, language
from clinic_app.web.logs.reading import LogView, ProposalView, view_of
from clinic_app.web.programmes.blueprint import blueprint
from clinic_app.web.programmes.plan import Plan
from clinic_app.web.wording.language import say as _
from clinic_app.web.wording.log import way_words

DECIDED = "proposals"


@dataclass(frozen=True)
class Offer:
    """One way to accept a proposal, in words."""

    way: Way
    words: str


@dataclass(frozen=True)
class Decided:
    """What was decided on a proposal: what accepting it did, or empty and perhaps why not."""

    accepted: str
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Offered:
    """One proposal in the editor: the ways to accept it, none where its exercise is not on this sheet.

    `decided` is what was decided already; `reason` and `seen` are what was typed and ticked just now.
    """

    view: ProposalView
    offers: tuple[Offer, ...]
    decided: Decided | None
    reason: str
    seen: bool

    @property
    def asks_criterion(self) -> bool:
        """Accepting asks that the therapist has seen what no log holds: that it has become easy."""
        harder = any(offer.way.step is not Step.KEEP for offer in self.offers)
        return self.view.proposal.advice is Advice.PROGRESS and harder

    @property
    def is_stuck(self) -> bool:
        """The log would allow more, and no step is offered."""
        return self.view.proposal.advice is Advice.PROGRESS and not self.asks_criterion

    def find(self, key: str) -> Offer | None:
        """The offer of that key."""
        return next((offer for offer in self.offers if offer.way.key == key), None)


@dataclass(frozen=True)
class Proposals:
    """The log of the last programme, and its proposals for this one."""

    log: LogView
    offered: tuple[Offered, ...]

    def find(self, exercise: str) -> Offered | None:
        """The proposal for that exercise."""
        return next((one for one in self.offered if one.view.exercise.id == exercise), None)


@blueprint.app_template_global()
def progress_proposals(plan: Plan) -> Proposals | None:
    """The proposals for a draft; None when the patient had no programme before it."""
    returned = last_log(current.session(), plan.row.patient_id, plan.row.id)
    if returned is None:
        return None
    log = view_of(returned, language.moment_here().date())
    return Proposals(log, tuple(_offered(view, plan) for view in log.proposals))


def stored_decisions(row: Programme) -> Mapping[str, Mapping[str, Any]]:
    """What was decided on the proposals of the log before, by exercise, as it is stored."""
    stored: Mapping[str, Mapping[str, Any]] = row.circumstances.get(DECIDED, {})
    return stored


def undecided(circumstances: Mapping[str, Any]) -> dict[str, Any]:
    """The circumstances without these decisions: what they did is gone once the sheet starts anew."""
    return {key: value for key, value in circumstances.items() if key != DECIDED}


@blueprint.app_template_global()
def decided_proposals(row: Programme) -> dict[str, Decided]:
    """The same to be read, by the exercise's name."""
    known = current.library().exercises.by_id
    stored = stored_decisions(row).items()
    return {_(known[name].name) if name in known else name: _decided(said) for name, said in stored}


def _decided(said: Mapping[str, Any]) -> Decided:
    at = datetime.fromisoformat(said["at"])
    return Decided(said["accepted"], said.get("reason", ""), said["by"], at)


def _offered(view: ProposalView, plan: Plan) -> Offered:
    exercise = view.exercise.id
    said = stored_decisions(plan.row).get(exercise)
    return Offered(
        view,
        _offers(view, plan),
        _decided(said) if said else None,
        request.form.get(f"decline-{exercise}", "").strip(),
        f"seen-{exercise}" in request.form,
    )


def _offers(view: ProposalView, plan: Plan) -> tuple[Offer, ...]:
    library = current.library().exercises
    sheet = [line.prescription for line in plan.lines]
    line = next((one for one in sheet if one.exercise == view.exercise.id), None)
    if line is None or view.proposal.advice is None or not plan.open:
        return ()
    neighbours = neighbours_of(line, plan.circumstances, library, sheet)
    names = {exercise.id: exercise.name for exercise in library.exercises}
    dose = library.dose_class(view.exercise)
    return tuple(
        Offer(way, way_words(way, dose, names)) for way in ways_of(view.proposal, line, neighbours, library)
    )
