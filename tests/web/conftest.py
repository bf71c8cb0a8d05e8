"""What the tests of the pages share."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from clinic_app.domain.prescribe import prescribe
from clinic_app.domain.report import ChosenLine
from clinic_app.exchange.report_json import programme_to_json
from clinic_app.records.clinic import the_clinic
from clinic_app.records.patient import Patient
from clinic_app.records.programme import Approval as Stored
from clinic_app.records.programme import approve, draft_programme
from clinic_app.records.screening import load_screening
from clinic_app.records.user import User
from clinic_app.web.reporting import Approval, programme_report, report_of
from tests import people, reports
from tests.at_table import AtTable
from tests.on_sheet import Sheet, begin


@pytest.fixture
def table(app: Flask, as_bob: Any, patient: Patient) -> AtTable:
    """Bob has just started a screening of Marisol."""
    return AtTable(app, as_bob, patient.id).start()


@pytest.fixture
def signed(table: AtTable) -> AtTable:
    """Marisol's screening, signed by Bob."""
    answer = table.safe().enter().sign(impression="Right abductor weakness", reason="Knee pain when running")
    assert answer.status_code == 303
    return table


@pytest.fixture
def approved(signed: AtTable, session: Session) -> int:
    """The suggested programme, approved by Bob."""
    row = load_screening(session, signed.id)
    bob = session.scalar(select(User).where(User.username == people.BOB.username))
    assert row
    assert bob
    clinic = the_clinic(session)
    assert clinic
    library = reports.library()
    case = reports.circumstances(report_of(row, clinic, library))
    suggested = prescribe(case, library.exercises)
    approval = Approval(bob.signature, reports.SIGNED_AT, reports.TAKEN_ON, reports.TAKEN_ON)
    chosen = [ChosenLine(prescription) for prescription in suggested.prescriptions]
    frozen = programme_report(chosen, suggested, case, approval, library.exercises)
    programme = draft_programme(session, row, bob.id)
    approve(session, programme, Stored(programme_to_json(frozen), bob, approval.at, programme.revision))
    session.commit()
    return programme.id


@pytest.fixture
def sheet(table: AtTable, session: Session) -> Sheet:
    """The programme of E02, just begun."""
    return begin(table.safe().enter(), session)


@pytest.fixture
def suggested(sheet: Sheet) -> Sheet:
    """The circumstances are answered, and exercises suggested."""
    assert sheet.answer().status_code == 303
    return sheet
