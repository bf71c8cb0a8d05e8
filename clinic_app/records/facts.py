"""A screening's rows as the value that the domain reasons about."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from clinic_app.domain import screening as domain
from clinic_app.domain.finding import Finding
from clinic_app.domain.protocol import Group, Side
from clinic_app.records.decision import TAKE_UP
from clinic_app.records.finding import finding_of
from clinic_app.records.screening import Screening

DEMOGRAPHICS = "demographics"
RED_FLAGS = "red_flags"
PRECAUTIONS = "precautions"
# These answers are no findings of a test: the domain gets them as the subject and the safety answers.
APART = frozenset({DEMOGRAPHICS, RED_FLAGS, PRECAUTIONS})

_OWN_KEYS = frozenset({"id", "side", "cleared", "cleared_by", "cleared_on"})


def facts_of(row: Screening) -> domain.Screening:
    """All that `assess` reads of this screening. What was not answered stays unanswered."""
    findings = [finding_of(finding) for finding in row.findings]
    found = {finding.item: finding for finding in findings if finding.item in APART and finding.done}
    apart = {item: finding.values for item, finding in found.items()}
    opened = {(d.subject, d.side): d.reason for d in row.decisions if d.kind == "open_item"}
    return domain.Screening(
        protocol=row.protocol,
        subject=_subject(row, found.get(DEMOGRAPHICS, Finding(DEMOGRAPHICS))),
        red_flags=_answers(apart.get(RED_FLAGS, {})),
        red_flag_overrides={d.subject: d.reason for d in row.decisions if d.kind == "red_flag"},
        precautions=_precautions(apart.get(PRECAUTIONS, {})),
        findings=tuple(_opened(finding, opened) for finding in findings if finding.item not in APART),
        overrides=tuple(
            domain.Override(Group(d.subject), Side(d.side), domain.Class(d.value), d.reason)
            for d in row.decisions
            if d.kind == "class"
        ),
        opened=tuple(d.subject for d in row.decisions if d.kind == TAKE_UP),
    )


def _subject(row: Screening, told: Finding) -> domain.Subject:
    values: Mapping[str, Any] = told.values
    return domain.Subject(
        age=row.patient.age_on(row.taken_on),
        sex=domain.Sex(row.patient.sex),
        height_cm=_decimal(values.get("height_cm")),
        mass_kg=_decimal(values.get("mass_kg")),
        kicking_leg=values.get("kicking_leg") or None,
        activity=values.get("activity") or None,
        sport=values.get("sport") or None,
        confirmed=told.confirmed,
    )


def _decimal(value: Any) -> Decimal | None:
    return None if value is None or value == "" else Decimal(value)


def _answers(values: Mapping[str, Any]) -> dict[str, domain.Answer]:
    return {flag: domain.Answer(answer) for flag, answer in values.items() if answer}


def _precautions(values: Mapping[str, Any]) -> domain.Precautions:
    rows = tuple(
        domain.PrecautionRow(
            id=row["id"],
            side=Side(row["side"]) if row.get("side") else None,
            cleared=row.get("cleared") is True,
            extra={key: value for key, value in row.items() if key not in _OWN_KEYS},
            cleared_by=row.get("cleared_by") or "",
            cleared_on=row.get("cleared_on") or "",
        )
        for row in values.get("rows", ())
    )
    return domain.Precautions(answered=values.get("answered") is True, rows=rows)


def _opened(finding: Finding, opened: Mapping[tuple[str, str], str]) -> Finding:
    if finding.opened_because:
        return finding
    reason = opened.get((finding.item, finding.side or "")) or opened.get((finding.item, ""))
    return replace(finding, opened_because=reason) if reason else finding
