"""What the tests of the pages share."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from clinic_app.records.patient import Patient
from tests.at_table import AtTable
from tests.on_sheet import Sheet, begin


@pytest.fixture
def table(app: Flask, as_bob: Any, patient: Patient) -> AtTable:
    """Bob has just started a screening of Marisol."""
    return AtTable(app, as_bob, patient.id).start()


@pytest.fixture
def sheet(table: AtTable, session: Session) -> Sheet:
    """The programme of E02, just begun."""
    return begin(table.safe().enter(), session)


@pytest.fixture
def suggested(sheet: Sheet) -> Sheet:
    """The circumstances are answered, and exercises suggested."""
    assert sheet.answer().status_code == 303
    return sheet
