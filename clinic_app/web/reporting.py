"""Reports from the records: a draft derives its own; a signed or stopped screening has the one stored."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from importlib.metadata import version

from clinic_app.domain.assess import assess
from clinic_app.domain.case import case_of
from clinic_app.domain.circumstances import Circumstances
from clinic_app.domain.exercise_library import ExerciseLibrary
from clinic_app.domain.library import Library
from clinic_app.domain.minutes import session_minutes
from clinic_app.domain.programme import Prescription, Programme, WorkMode
from clinic_app.domain.protocol import Side
from clinic_app.domain.remarks import blocks_of
from clinic_app.domain.report import (
    ChosenLine,
    Origin,
    Report,
    ReportClinic,
    ReportDecision,
    ReportLine,
    ReportPatient,
    ReportProgramme,
    ReportStatus,
)
from clinic_app.domain.safe import why_unsafe
from clinic_app.domain.schedule import weeks_until
from clinic_app.domain.screening import Sex
from clinic_app.exchange.report_json import programme_from_json, report_from_json, sha256_of
from clinic_app.records.clinic import Clinic
from clinic_app.records.decision import Decision
from clinic_app.records.facts import facts_of
from clinic_app.records.patient import Patient
from clinic_app.records.programme import Programme as ProgrammeRow
from clinic_app.records.screening import Screening as ScreeningRow
from clinic_app.web.terms import terms_of


class ChangedRecordError(Exception):
    """A signed report is not the one that was signed."""


@dataclass(frozen=True)
class Approval:
    """Who approved a programme and when, when it starts and is looked at again, and what was decided.

    Without a day for the re-test the weeks of the library are told.
    """

    by: str
    at: datetime
    start_on: date
    review_on: date
    confirmed: tuple[ReportDecision, ...] = ()
    retest_on: date | None = None
    goal: str = ""
    proposals: tuple[ReportDecision, ...] = ()


def report_of(row: ScreeningRow, clinic: Clinic, library: Library) -> Report:
    """The report of a screening: stored once it is signed or stopped, derived while it is a draft."""
    if row.status == ReportStatus.DRAFT:
        return derived_report(row, clinic, library)
    if row.report is None or sha256_of(row.report) != row.report_sha256:
        raise ChangedRecordError(f"the report of screening {row.id} is not the one that was signed")
    return report_from_json(row.report)


def derived_report(row: ScreeningRow, clinic: Clinic, library: Library) -> Report:
    """What the library of today says of the findings."""
    facts = facts_of(row)
    assessment = assess(facts, library)
    return Report(
        status=ReportStatus.DRAFT,
        clinic=_clinic(clinic),
        patient=_patient(row.patient, row.taken_on),
        taken_on=row.taken_on,
        reason=row.reason,
        impression=row.impression,
        action_taken=row.action_taken,
        examiner=row.started_by.signature,
        facts=facts,
        assessment=assessment,
        terms=terms_of(library, facts, assessment),
        content_version=library.version,
        rule_versions=library.rules.versions,
        app_version=version("gluteal-screen"),
        decisions=tuple(_decision(decision) for decision in row.decisions),
        own=library.own,
    )


def final_report(report: Report, status: ReportStatus, signature: str, at: datetime) -> Report:
    """The report as it is stored: signed, or stopped, by whom and when."""
    return replace(report, status=status, signed_by=signature, signed_at=at)


def programme_report(
    chosen: Iterable[ChosenLine],
    suggested: Programme,
    circumstances: Circumstances,
    approval: Approval,
    library: ExerciseLibrary,
) -> ReportProgramme:
    """A programme with every word of its handout, as it is stored when it is approved."""
    lines = tuple(_line(line, circumstances, library) for line in chosen)
    prescriptions = tuple(line.prescription for line in lines)
    case = case_of(circumstances, library)
    return ReportProgramme(
        status=suggested.status,
        lines=lines,
        blocks=blocks_of(replace(suggested, prescriptions=prescriptions), circumstances, case, library),
        circumstances=circumstances,
        pain=library.selection.pain[case.irritability],
        session_minutes=session_minutes(prescriptions, library),
        retest_weeks=_retest_weeks(approval, library),
        start_on=approval.start_on,
        review_on=approval.review_on,
        approved_by=approval.by,
        approved_at=approval.at,
        handout=library.handout,
        uncovered=suggested.uncovered,
        deferred=suggested.deferred,
        excluded=suggested.excluded,
        confirmed=approval.confirmed,
        goal=approval.goal,
        retest_on=approval.retest_on,
        proposals=approval.proposals,
    )


def with_programme(report: Report, row: ProgrammeRow | None) -> Report:
    """The report together with the approved programme of the screening, if there is one."""
    if row is None or row.frozen is None:
        return report
    return replace(report, programme=programme_from_json(row.frozen))


def treated(prescription: Prescription) -> tuple[Side, ...]:
    """The legs that do any sets of a line."""
    sides = prescription.sides
    if sides.mode is WorkMode.ONE_SIDE_ONLY and sides.side:
        return (sides.side,)
    return (sides.side, sides.side.other) if sides.side else tuple(Side)


def _line(chosen: ChosenLine, circumstances: Circumstances, library: ExerciseLibrary) -> ReportLine:
    exercise = library.by_id[chosen.prescription.exercise]
    against = why_unsafe(exercise, circumstances, library, treated(chosen.prescription))
    return ReportLine(
        prescription=chosen.prescription,
        name=exercise.name,
        plain_name=exercise.plain_name,
        words=exercise.words,
        unit=library.dose_class(exercise).unit,
        origin=chosen.origin,
        reason=chosen.reason,
        accepted=against if chosen.origin is Origin.ADDED and chosen.reason else (),
        held=exercise.figure.start == exercise.figure.end,
        note=chosen.note,
    )


def _retest_weeks(approval: Approval, library: ExerciseLibrary) -> tuple[int, int]:
    if approval.retest_on is None:
        return library.selection.review.retest_weeks
    weeks = weeks_until(approval.retest_on, approval.start_on)
    return weeks, weeks


def _clinic(row: Clinic) -> ReportClinic:
    return ReportClinic(
        name=row.name,
        address=row.address,
        phone=row.phone,
        emergency_number=row.emergency_number,
        paper=row.paper,
        mass_unit=row.mass_unit,
        time_zone=row.time_zone,
        language=row.language,
        is_demo=row.is_demo,
    )


def _patient(row: Patient, day: date) -> ReportPatient:
    return ReportPatient(
        family_name=row.family_name,
        given_names=row.given_names,
        preferred_name=row.preferred_name,
        born_on=row.born_on,
        age=row.age_on(day),
        sex=Sex(row.sex),
        record_number=row.record_number,
        language=row.language,
        print_size=row.print_size,
    )


def _decision(row: Decision) -> ReportDecision:
    return ReportDecision(
        kind=row.kind,
        subject=row.subject,
        reason=row.reason,
        made_by=row.made_by,
        made_at=row.made_at,
        side=Side(row.side) if row.side else None,
        value=row.value,
    )
