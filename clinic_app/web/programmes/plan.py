"""What every page of a programme is built from: its row, the signed report, and what `prescribe` says."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import abort
from flask_login import current_user
from sqlalchemy.orm import joinedload, selectinload

from clinic_app.domain.adapter import circumstances_of, unresolved
from clinic_app.domain.assessment import Outcome
from clinic_app.domain.circumstances import Circumstances, Gate
from clinic_app.domain.prescribe import prescribe
from clinic_app.domain.programme import Programme, ProgrammeStatus
from clinic_app.domain.report import ChosenLine, Report
from clinic_app.exchange.chosen_lines import lines_from_json
from clinic_app.exchange.programme_json import read_circumstances
from clinic_app.records.patient import Patient
from clinic_app.records.programme import Programme as ProgrammeRow
from clinic_app.records.screening import Screening
from clinic_app.web import current
from clinic_app.web.reporting import report_of

_OPEN = frozenset(
    {ProgrammeStatus.OK, ProgrammeStatus.SHORT, ProgrammeStatus.PARTIAL, ProgrammeStatus.NONE_AVAILABLE}
)


@dataclass(frozen=True)
class Plan:
    """One programme as its pages see it. `waiting` are the ids that withhold it until confirmed."""

    row: ProgrammeRow
    report: Report
    circumstances: Circumstances
    suggested: Programme
    lines: tuple[ChosenLine, ...]
    waiting: tuple[str, ...]

    @property
    def asked(self) -> bool:
        """The circumstances were answered."""
        return bool(self.row.circumstances.get("given"))

    @property
    def open(self) -> bool:
        """Exercises may be chosen: nothing withholds them, and there is something to work on."""
        return self.suggested.status in _OPEN

    @property
    def answers(self) -> Mapping[str, Any]:
        """The circumstances as they were typed."""
        answers: Mapping[str, Any] = self.row.circumstances.get("answers", {})
        return answers

    @property
    def confirmed(self) -> Mapping[str, Mapping[str, str]]:
        """What the therapist confirmed in writing: the reason, by whom and when."""
        confirmed: Mapping[str, Mapping[str, str]] = self.row.circumstances.get("confirmed", {})
        return confirmed


def open_plan(programme_id: int) -> Plan:
    """The programme with all that its pages show; 404 when there is none. The reading is remembered."""
    plan = plan_by_id(programme_id)
    current.note_read(current_user.id, "programme", plan.row.id, plan.row.patient_id)
    return plan


def plan_by_id(programme_id: int) -> Plan:
    """The same for what a page asks of its own, whose reading was remembered when it was opened."""
    screening = joinedload(ProgrammeRow.screening)
    row = current.session().get(
        ProgrammeRow,
        programme_id,
        options=[
            screening.joinedload(Screening.patient).selectinload(Patient.precautions),
            screening.joinedload(Screening.started_by),
            screening.joinedload(Screening.signed_by),
            screening.options(selectinload(Screening.rows), selectinload(Screening.decisions)),
        ],
    )
    clinic = current.clinic()
    if row is None or clinic is None:
        abort(404)
    return plan_of(row, report_of(row.screening, clinic, current.library()))


def plan_of(row: ProgrammeRow, report: Report) -> Plan:
    """The plan of a row, with the suggestion for its circumstances as they are stored."""
    given = row.circumstances.get("given")
    confirmed = row.circumstances.get("confirmed", {})
    circumstances, waiting = completed(report, read_circumstances(given or {}), confirmed)
    suggested = prescribe(circumstances, current.library().exercises)
    return Plan(row, report, circumstances, suggested, lines_from_json(row.lines), waiting)


def completed(
    report: Report, given: Circumstances, confirmed: Mapping[str, Any]
) -> tuple[Circumstances, tuple[str, ...]]:
    """The circumstances with what the screen holds, and what still withholds a programme."""
    library = current.library()
    valid = replace(given.gate, screen_valid=report.assessment.outcome is Outcome.ASSESSED)
    whole = circumstances_of(report.facts, report.assessment, replace(given, gate=valid), library, confirmed)
    open_ = unresolved(report.facts, report.assessment, library, confirmed)
    waiting = tuple(one for one in open_ if one not in confirmed)
    if whole.gate.red_flags_unresolved and not waiting:
        whole = replace(whole, gate=_resolved(whole.gate))
    return whole, waiting


def _resolved(gate: Gate) -> Gate:
    """Everything that withheld the programme was confirmed in writing."""
    return replace(gate, red_flags_unresolved=False)
