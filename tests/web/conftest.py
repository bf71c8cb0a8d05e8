"""What the tests of the pages share."""

from typing import Any

import pytest
from flask import Flask

from clinic_app.records.patient import Patient
from tests.at_table import AtTable


@pytest.fixture
def table(app: Flask, as_bob: Any, patient: Patient) -> AtTable:
    """Bob has just started a screening of Marisol."""
    return AtTable(app, as_bob, patient.id).start()
