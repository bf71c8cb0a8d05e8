"""The unlikely is saved, asked about once, settled by one tick, and never in the way."""

import re
from datetime import date

from flask import Flask
from sqlalchemy.orm import Session

from clinic_app.records.patient import Patient
from tests import screened
from tests.at_table import ABDUCTION, AtTable
from tests.counting import queries_of

LIMIT = "Height 210 cm is unlikely: above 205 cm (Gluteal Screen's own limit, convention)."


def _ticks(page: str) -> list[tuple[str, str, bool]]:
    """The ticks that the page shows: what a script might still show stands in templates."""
    shown = re.sub(r"<template.*?</template>", "", page, flags=re.S)
    found = re.findall(r'name="([^"]*confirmed)" value="([^"]*)"([^>]*)>', shown)
    return [(name, value, " checked" in rest) for name, value, rest in found]


def test_an_unlikely_height_is_saved_and_asked_about_until_it_is_said_to_be_right(
    table: AtTable, session: Session
) -> None:
    table.safe()
    answer = table.done("demographics", "none", {"height_cm": 210}, None)
    told = [(ask["key"], ask["kind"], ask["text"]) for ask in answer.json["asks"]]
    assert told == [("height_cm", "unlikely", LIMIT)]
    recorded = table.recorded(session, "demographics")
    assert recorded is not None
    assert recorded.values["height_cm"] == 210
    page = table.get("/steps/demographics").text
    assert "Height 210 cm is unlikely" in page
    assert _ticks(page) == [("confirmed", "height_cm", False)]
    assert "Look again: Body and activity: Height 210 cm" in table.get("/review").text
    # Without script the tick is sent with the form of the step.
    sent = {"height_cm": "210", "confirmed": "height_cm", "revision-none": "1"}
    assert table.step("demographics", sent).status_code == 303
    assert _ticks(table.get("/steps/demographics").text) == [("confirmed", "height_cm", True)]
    assert "Look again" not in table.get("/review").text
    table.revisions["demographics", "none"] = 2
    settled = table.done("demographics", "none", {"height_cm": 210}, None, confirmed=["height_cm"])
    assert settled.json["asks"] == []


def test_the_same_weak_grade_on_both_sides_is_asked_about_on_one_and_settled_for_both(
    table: AtTable,
) -> None:
    table.safe()
    assert table.done(ABDUCTION, "left", {"grade": "3+"}).json["asks"] == []
    asked = table.done(ABDUCTION, "right", {"grade": "3+"}).json["asks"]
    assert [(ask["key"], ask["kind"]) for ask in asked] == [("grade", "same_both")]
    assert _ticks(table.get(f"/steps/{ABDUCTION}").text) == [("right-confirmed", "grade", False)]
    table.done(ABDUCTION, "right", {"grade": "3+"}, confirmed=["grade"])
    assert table.done(ABDUCTION, "left", {"grade": "3+"}).json["asks"] == []


def test_a_force_is_asked_about_in_newtons_and_confirmed_as_the_device_showed_it(table: AtTable) -> None:
    table.start("full").safe()
    values = {"entered": {"unit": "N", "trials": [650]}, "position": "supine"}
    answer = table.done("hhd_abduction", "left", values)
    assert answer.status_code == 200, answer.json
    ask = answer.json["asks"][0]
    assert (ask["key"], ask["typed"]) == ("trials_n", "entered")
    assert "650 N is unlikely: above 600 N" in ask["text"]
    assert table.done("hhd_abduction", "left", values, confirmed=["trials_n"]).json["asks"] == []


def test_sides_that_look_exchanged_are_asked_about_on_the_step_and_swapped_or_confirmed(
    app: Flask, table: AtTable, session: Session, patient: Patient
) -> None:
    screened.signed(app, session, patient, screened.RIGHT_WEAK, date(2026, 3, 10))
    session.commit()
    table.safe()
    table.done("symptom_location", "left", {"sites": ["none"]}, None)
    table.done("symptom_location", "right", {"sites": ["lateral_hip"]}, None)
    assert table.done(ABDUCTION, "left", {"grade": "4"}).json["asks"] == []
    asked = table.done(ABDUCTION, "right", {"grade": "5"}).json["asks"]
    assert [(ask["key"], ask["kind"]) for ask in asked] == [("grade", "exchanged")]
    assert "Left and right look exchanged" in table.get(f"/steps/{ABDUCTION}").text
    assert "Look again: Hip abduction" in table.get("/review").text
    assert table.done(ABDUCTION, "right", {"grade": "5"}, confirmed=["grade"]).json["asks"] == []
    assert "Look again" not in table.get("/review").text


def test_asking_costs_one_look_at_the_other_side_however_much_is_recorded(app: Flask, table: AtTable) -> None:
    table.safe()
    table.done(ABDUCTION, "left", {"grade": "5"})
    few = queries_of(app, lambda: table.done(ABDUCTION, "left", {"grade": "4"}))
    table.done(ABDUCTION, "right", {"grade": "4"})
    many = queries_of(app, lambda: table.done(ABDUCTION, "left", {"grade": "4"}))
    assert len(few) == len(many)
