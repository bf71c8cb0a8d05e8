"""A report goes into JSON and comes back to the letter."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from clinic_app.domain.change import Change, Difference, Measure, Since, Unlike, Verdict
from clinic_app.domain.evidence import Mark
from clinic_app.domain.finding import Finding
from clinic_app.domain.protocol import Side
from clinic_app.domain.report import Report
from clinic_app.domain.rules import Number
from clinic_app.exchange.report_json import (
    canonical_bytes,
    programme_from_json,
    programme_to_json,
    report_from_json,
    report_to_json,
    sha256_of,
)
from tests import reports

MIXED = Finding(
    "resting_bp",
    values={
        "readings": ({"sbp": 150, "dbp": 90, "hr": None},),
        "weight": Decimal("71.50"),
        "as_text": "71.50",
        "chosen": ("a", "b"),
        "ticked": False,
        "trials_s": (Decimal("12.5"), Decimal(45)),
        "points": 2,
        "entered": {"unit": "kgf", "trials": (Decimal("12.3"),)},
    },
)

LIMIT = Number(Decimal("2.0"), Mark.CONVENTION, "Steps of a real change", ("convention",))
REAL, NOT_COMPARABLE = Verdict.REAL, Verdict.NOT_COMPARABLE
SINCE = Since(
    date(2026, 3, 10),
    (
        Change("mmt_hip_abduction", Side.RIGHT, Measure.GRADE, REAL, then="2", now="4-", limit=LIMIT),
        Change("sls_time", Side.LEFT, Measure.SECONDS, REAL, then=Decimal("12.50"), now=Decimal(30)),
        Change("faber", None, Measure.ANSWER, NOT_COMPARABLE, unlike=(Unlike(Difference.LEVER, "40", "41"),)),
    ),
)


@pytest.mark.parametrize(
    "report",
    [
        reports.draft(),
        reports.signed(),
        reports.stopped(),
        reports.with_exercises(),
        reports.signed(reports.screened(*reports.STOPPED_BY_PAIN)),
        replace(reports.signed(), since=SINCE),
    ],
    ids=["draft", "signed", "stopped", "programme", "pain", "since"],
)
def test_what_is_read_back_is_what_was_signed(report: Report) -> None:
    stored = json.loads(json.dumps(report_to_json(report)))
    assert report_from_json(stored) == report
    assert sha256_of(stored) == sha256_of(report_to_json(report))


def test_a_decimal_keeps_its_zeros_and_is_not_taken_for_a_text() -> None:
    report = reports.draft()
    report = replace(report, facts=replace(report.facts, findings=(MIXED,)))
    back = report_from_json(json.loads(canonical_bytes(report_to_json(report))))
    assert back == report
    values = back.facts.findings[0].values
    assert str(values["weight"]) == "71.50"
    assert isinstance(values["weight"], Decimal)
    assert values["as_text"] == "71.50"
    assert values["ticked"] is False


def test_a_programme_is_stored_with_every_word_of_its_handout() -> None:
    programme = reports.with_exercises().programme
    assert programme is not None
    stored = json.loads(json.dumps(programme_to_json(programme)))
    assert programme_from_json(stored) == programme
    assert "Talk with your doctor or physical therapist first." in json.dumps(stored)


def test_a_record_signed_before_values_were_told_timed_keeps_its_bytes() -> None:
    stored = canonical_bytes(report_to_json(reports.signed()))
    assert b'"timed"' not in stored
    assert b'"confirmed"' not in stored


def test_one_changed_answer_changes_the_seal() -> None:
    signed = report_to_json(reports.signed())
    other = report_to_json(reports.signed(impression="Something else"))
    assert sha256_of(signed) != sha256_of(other)


def test_the_seal_does_not_depend_on_the_order_of_keys() -> None:
    signed = report_to_json(reports.signed())
    turned = dict(reversed(signed.items()))
    assert list(turned) != list(signed)
    assert canonical_bytes(turned) == canonical_bytes(signed)


def test_a_report_of_an_unknown_format_is_refused() -> None:
    with pytest.raises(ValueError, match="format 99"):
        report_from_json({**report_to_json(reports.signed()), "format": 99})


def test_not_tested_and_not_recorded_stay_apart_in_the_record() -> None:
    report = reports.signed(reports.screened(reports.graded("mmt_hip_abduction", Side.LEFT, "5", pain=None)))
    back = report_from_json(json.loads(json.dumps(report_to_json(report))))
    assert back.facts.findings[0].pain is None
