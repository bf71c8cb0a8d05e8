"""One act for what is usual or still so, what was recorded last time, and the way to the red flags."""

import html
import json
import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from clinic_app.domain.finding import Finding
from clinic_app.domain.report import ReportStatus
from clinic_app.records.patient import Patient
from clinic_app.records.user import User
from tests import people, screened
from tests.at_table import ABDUCTION, AtTable
from tests.counting import queries_of

FILLS = re.compile(r'data-usual="([^"]+)"')
PERSON = {"height_cm": Decimal("168"), "mass_kg": Decimal("61.5"), "activity": "recreational"}


@pytest.fixture
def before(app: Flask, session: Session, patient: Patient) -> None:
    """Marisol was screened in May: right abduction graded 4."""
    bob = session.query(User).filter_by(username=people.BOB.username).one()
    found = [Finding("demographics", values=PERSON), *screened.graded(screened.RIGHT_WEAK)]
    row = screened.draft(session, patient, bob, [*screened.safe_answers(app), *found], date(2026, 5, 3))
    screened.end(app, session, row, bob, ReportStatus.SIGNED)
    session.commit()


def _fills(table: AtTable, step: str) -> dict[str, Any]:
    found = FILLS.search(table.get(f"/steps/{step}").text)
    return json.loads(html.unescape(found[1])) if found else {}


def test_a_usual_test_is_filled_in_by_one_act_and_saved_only_by_going_on(
    table: AtTable, session: Session
) -> None:
    table.safe()
    fills = _fills(table, ABDUCTION)
    assert fills == {
        f"{side}-{key}": [value]
        for side in ("left", "right")
        for key, value in (("grade_whole", "5"), ("pain", "0"))
    }
    filled = table.step(ABDUCTION, {"do": "usual"})
    assert filled.status_code == 200
    assert "nothing is saved before Next" in filled.text
    assert len(re.findall(r'value="5"[^>]* checked', filled.text)) == 2
    assert table.recorded(session, ABDUCTION, "left") is None


def test_the_usual_is_offered_only_while_nothing_is_recorded_and_nothing_closes_the_test(
    table: AtTable,
) -> None:
    assert table.step("red_flags", table.rows()).status_code == 303
    table.done(ABDUCTION, "left", {"grade": "4"})
    assert _fills(table, ABDUCTION) == {}
    assert _fills(table, "mmt_hip_extension")
    table.step("precautions", {"answered": "y", "pc_valsalva__held": "y"})
    assert _fills(table, "mmt_hip_extension") == {}


def test_what_was_taken_back_is_not_recorded_and_no_later_entry_is_lost(
    table: AtTable, session: Session
) -> None:
    table.safe().done(ABDUCTION, "left", {"grade": "5"})
    back = table.put(ABDUCTION, "left", {"values": {}, "pain": None})
    assert (back.status_code, back.json["state"]) == (200, "none")
    assert "Hip abduction, manual grade" in table.get("/review").text
    assert _fills(table, ABDUCTION)
    older = table.put(ABDUCTION, "left", {"values": {"grade": "5"}, "pain": 0}, revision=1)
    assert (older.status_code, older.json["echo"]["values"]) == (409, {})
    # A device that shows nothing may enter; one that knows an older grade may not overwrite the new one.
    assert table.put(ABDUCTION, "left", {"values": {"grade": "4"}, "pain": 0}, revision=0).status_code == 200
    assert table.put(ABDUCTION, "left", {"values": {"grade": "5"}, "pain": 0}, revision=1).status_code == 409
    row = table.recorded(session, ABDUCTION, "left")
    assert row
    assert row.values == {"grade": "4"}


def test_a_group_of_red_flags_is_answered_no_by_one_act_and_what_was_said_stays(
    table: AtTable, session: Session
) -> None:
    answer = table.step("red_flags", {"no_to": "bone", "rf_fracture": "unsure"})
    assert answer.status_code == 303
    row = table.recorded(session, "red_flags")
    assert row
    assert row.values == {
        "rf_fracture": "unsure",
        "rf_no_weight_bearing": "no",
        "rf_stress_fracture": "no",
    }


@pytest.mark.usefixtures("before")
def test_height_and_mass_of_last_time_are_confirmed_and_marked_as_such(table: AtTable) -> None:
    page = table.get("/steps/demographics").text
    assert "Still as on 3 May 2026: Height 168 cm, body mass 61.5 kg" in page
    fills = _fills(table, "demographics")
    assert (fills["height_cm"], fills["mass_kg"]) == (["168"], ["61.5"])
    assert fills["note"] == ["Confirmed to be still as on 3 May 2026"]


@pytest.mark.usefixtures("before")
def test_last_time_is_shown_for_both_sides_and_never_filled_in(app: Flask, table: AtTable) -> None:
    page = table.get(f"/steps/{ABDUCTION}").text
    told = page[page.index("3 May 2026") :][:600]
    assert re.search(r"Left</dt><dd>5, pain 0/10", told)
    assert re.search(r"Right</dt><dd>4, pain 0/10", told)
    assert "checked" not in re.sub(r'value="plain"[^>]*', "", page)
    assert "Quick screen" not in told
    here, all_of_them = f"/steps/{ABDUCTION}", "/kept"
    asked = [len(queries_of(app, lambda url=url: table.get(url))) for url in (here, all_of_them)]
    assert asked[1] <= asked[0]


def test_the_words_to_say_are_there_in_spanish_and_say_that_nobody_reviewed_them(table: AtTable) -> None:
    page = table.get(f"/steps/{ABDUCTION}").text
    assert '<p lang="es">“Levante toda la pierna' in page
    assert "Spanish: not yet reviewed by a second clinician" in page


def test_a_red_flag_is_one_tap_from_every_step_and_leads_back(table: AtTable) -> None:
    page = table.get(f"/steps/{ABDUCTION}").text
    way = f"/steps/red_flags?from={ABDUCTION}"
    assert page.count(f'href="{table.url(way)}" data-red-flag') == 2
    assert "About " in page
    back = table.get(way).text
    assert f'href="{table.url(f"/steps/{ABDUCTION}")}"' in back
    assert "Back to Hip abduction, grade" in back
