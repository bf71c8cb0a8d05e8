"""The steps as pages: what they show, what they save, and where work goes on."""

import re

from flask import Flask
from sqlalchemy.orm import Session

from clinic_app.records.clinic import Clinic
from clinic_app.records.patient import Patient, PatientPrecaution
from tests.at_table import ABDUCTION, AtTable
from tests.counting import queries_of


def test_a_new_screening_begins_with_the_red_flags(table: AtTable) -> None:
    page = table.get("/steps/red_flags")
    assert page.status_code == 200
    assert "Before we test any muscles" in page.text


def test_every_step_of_the_protocol_can_be_opened(app: Flask, table: AtTable) -> None:
    for line in app.extensions["clinic"]["library"].protocols["quick"].lines[:-1]:
        assert table.get(f"/steps/{line.item}").status_code == 200, line.item


def test_the_three_protocols_are_offered_with_their_minutes_the_quick_one_first(table: AtTable) -> None:
    page = table.client.get(f"/patients/{table.patient_id}/screenings/new").text
    places = [page.index(f'value="{name}"') for name in ("quick", "full", "older_adult")]
    assert places[0] == min(places)
    for minutes in ("about 19 min", "about 15 min"):
        assert minutes in page


def test_the_chosen_protocol_is_started(table: AtTable) -> None:
    assert "Leg length" in table.start("full").get("/steps").text
    answer = table.client.post_form(f"/patients/{table.patient_id}/screenings", {"protocol": "short"})
    assert answer.status_code == 400


def test_a_test_outside_the_protocol_becomes_a_step_until_it_is_taken_back(table: AtTable) -> None:
    table.safe()
    before = table.get("/steps/mmt_hip_abduction").text
    added = table.client.post_form(table.url("/further/hhd_abduction"), {"do": "add"})
    assert added.location.endswith("/steps/hhd_abduction")
    page = table.get("/steps/hhd_abduction").text
    assert "You added this test" in page
    assert _minutes(page) == _minutes(before) + 2
    assert "Hip abduction, dynamometer" in table.get("/review").text
    table.client.post_form(table.url("/further/hhd_abduction"), {"do": "undo"})
    assert table.get("/steps/hhd_abduction").status_code == 404


def test_an_added_test_with_something_recorded_is_not_taken_back(table: AtTable) -> None:
    table.safe()
    table.client.post_form(table.url("/further/fadir"), {"do": "add"})
    assert table.done("fadir", "left", {"result": "negative"}).status_code == 200
    assert "You added this test" not in table.get("/steps/fadir").text
    kept = table.client.post_form(table.url("/further/fadir"), {"do": "undo"})
    assert kept.location.endswith("/steps/fadir")
    assert "Something is recorded here, so the test stays" in table.get("/steps/fadir").text


def test_what_is_asked_already_or_is_no_test_is_not_added(table: AtTable) -> None:
    for item in (ABDUCTION, "red_flags", "review", "mmt_knee"):
        assert table.client.post_form(table.url(f"/further/{item}"), {"do": "add"}).status_code == 404, item


def test_high_irritability_closes_the_dynamometer_and_says_so(table: AtTable) -> None:
    table.start("full").safe()
    answer = table.done("irritability", "none", {"level": "high"}, pain=None)
    assert {"hhd_abduction"} <= {closed["item"] for closed in answer.json["closed"]}
    assert "High irritability: no dynamometer and no break test" in table.get("/steps/hhd_abduction").text


def test_high_blood_pressure_closes_the_maximal_tests_and_says_so(table: AtTable) -> None:
    table.start("full")
    table.step("red_flags", table.rows())
    table.step(
        "precautions", {"pc_hypertension__held": "y", "pc_hypertension__doctor_agrees": "no", "answered": "y"}
    )
    for item in ("hhd_abduction", "mmt_hip_er", "bridge_single_leg_hold"):
        assert "Left is closed" in table.get(f"/steps/{item}").text, item


def test_a_force_is_typed_in_the_unit_of_the_set_up_and_worked_out(table: AtTable, session: Session) -> None:
    table.start("full").safe()
    table.done("demographics", "none", {"mass_kg": 70}, pain=None)
    table.done("hhd_setup", "none", {"unit": "kgf", "abduction": {"lever_cm": 36}}, pain=None)
    table.step(
        "hhd_abduction", {"left-entered.unit": "kgf", "left-entered.trials.0": "12,3", "left-pain": "0"}
    )
    row = table.recorded(session, "hhd_abduction", "left")
    assert row
    assert [str(force) for force in row.values["trials_n"]] == ["120.6"]
    assert row.number == 120.6
    page = table.get("/steps/hhd_abduction").text
    assert 'value="12.3"' in page
    assert "120.6 <small>N</small>" in page
    assert "0.620 <small>N·m/kg</small>" in page


def test_numbers_are_told_to_the_script_as_numbers(table: AtTable) -> None:
    table.start("full").safe()
    for item, key in (("demographics", "mass_kg"), ("hhd_setup", "er.lever_cm"), ("sls_time", "trials_s.0")):
        tag = re.search(rf'<input[^>]*data-key="{re.escape(key)}"[^>]*>', table.get(f"/steps/{item}").text)
        assert tag, item
        assert 'data-kind="number"' in tag[0], item


def _minutes(page: str) -> int:
    found = re.search(r"About (\d+) min left", page)
    assert found
    return int(found[1])


def test_a_step_of_no_protocol_is_not_found(table: AtTable) -> None:
    assert table.get("/steps/hhd_abduction").status_code == 404


def test_the_form_saves_both_sides_and_goes_on(table: AtTable, session: Session) -> None:
    table.safe()
    answer = table.step(
        ABDUCTION,
        {
            "left-grade_whole": "5",
            "left-pain": "0",
            "right-grade_whole": "4",
            "right-finer": "minus",
            "right-pain": "3",
        },
    )
    assert answer.status_code == 303
    assert answer.location.endswith("/steps/mmt_hip_extension")
    left, right = (table.recorded(session, ABDUCTION, side) for side in ("left", "right"))
    assert left
    assert left.values == {"grade": "5"}
    assert left.pain == 0
    assert left.number == 11
    assert right
    assert right.values == {"grade": "4-"}
    assert right.pain == 3


def test_a_side_that_was_not_entered_stays_missing(table: AtTable, session: Session) -> None:
    table.safe()
    table.step(
        ABDUCTION, {"left-grade_whole": "5", "left-pain": "0", "left-finer": "plain", "right-finer": "plain"}
    )
    assert table.recorded(session, ABDUCTION, "right") is None
    assert "Right missing" in table.get("/steps/mmt_hip_extension").text


def test_pain_that_was_not_recorded_is_not_zero(table: AtTable, session: Session) -> None:
    table.safe()
    table.step(ABDUCTION, {"left-grade_whole": "5"})
    row = table.recorded(session, ABDUCTION, "left")
    assert row
    assert row.pain is None


def test_sending_the_same_again_changes_nothing(table: AtTable, session: Session) -> None:
    table.safe()
    typed = {"left-grade_whole": "5", "left-pain": "0"}
    table.step(ABDUCTION, typed)
    table.step(ABDUCTION, {**typed, "revision-left": "1"})
    row = table.recorded(session, ABDUCTION, "left")
    assert row
    assert row.revision == 1


def test_a_wrong_value_saves_neither_side_and_keeps_everything_typed(
    table: AtTable, session: Session
) -> None:
    table.safe()
    answer = table.step(
        "trendelenburg_30s",
        {
            "left-result": "neg",
            "left-pain": "0",
            "right-result": "drop",
            "right-seconds": "45,5",
            "right-note": "Shaky",
        },
    )
    assert answer.status_code == 422
    assert "Right: Held for: 45.5 does not fit. Enter a number from 0 to 30 s" in answer.text
    assert 'value="45,5"' in answer.text
    assert "Shaky" in answer.text
    assert table.recorded(session, "trendelenburg_30s", "left") is None
    assert table.recorded(session, "trendelenburg_30s", "right") is None


def test_a_decimal_comma_is_understood(table: AtTable, session: Session) -> None:
    table.safe()
    table.step("trendelenburg_30s", {"right-result": "drop", "right-seconds": "12,4", "right-pain": "0"})
    row = table.recorded(session, "trendelenburg_30s", "right")
    assert row
    assert str(row.values["seconds"]) == "12.4"


def test_not_tested_asks_for_a_reason(table: AtTable, session: Session) -> None:
    table.safe()
    refused = table.step(ABDUCTION, {"left-status": "not_done"})
    assert refused.status_code == 422
    assert "Choose why this side was not tested" in refused.text
    table.step(ABDUCTION, {"left-status": "not_done", "left-not_done_reason": "unable_pain"})
    row = table.recorded(session, ABDUCTION, "left")
    assert row
    assert (row.status, row.not_done_reason, row.values) == ("not_done", "unable_pain", {})


def test_pain_stopped_the_test_is_an_answer_of_its_own(table: AtTable, session: Session) -> None:
    table.safe()
    table.step(ABDUCTION, {"right-grade_whole": "3", "right-pain": "6", "right-pain_limited": "yes"})
    row = table.recorded(session, ABDUCTION, "right")
    assert row
    assert (row.status, row.pain_limited) == ("done", "yes")


def test_a_degree_is_not_kept_where_no_drop_was_seen(table: AtTable, session: Session) -> None:
    table.safe()
    table.step("gait_observation", {"left-patterns": "none", "left-degree": "obvious", "left-pain": "0"})
    row = table.recorded(session, "gait_observation", "left")
    assert row
    assert row.values == {"patterns": ["none"]}


def test_both_blood_pressure_readings_are_kept(table: AtTable, session: Session) -> None:
    typed = {"readings.0.sbp": "142", "readings.0.dbp": "88", "readings.1.sbp": "138", "readings.1.dbp": "86"}
    assert table.step("resting_bp", typed).status_code == 303
    row = table.recorded(session, "resting_bp")
    assert row
    assert row.values["readings"] == [{"sbp": 142, "dbp": 88}, {"sbp": 138, "dbp": 86}]


def test_body_mass_typed_in_pounds_is_stored_in_kilograms(table: AtTable, session: Session) -> None:
    session.get_one(Clinic, 1).mass_unit = "lb"
    session.commit()
    table.step("demographics", {"mass_kg": "150", "height_cm": "168"})
    row = table.recorded(session, "demographics")
    assert row
    assert str(row.values["mass_kg"]) == "68.0"
    assert 'value="150"' in table.get("/steps/demographics").text
    assert "from 55 to 551 lb" in table.step("demographics", {"mass_kg": "20"}).text


def test_work_goes_on_at_the_first_gap(table: AtTable) -> None:
    assert table.get("/resume").location.endswith("/steps/red_flags")
    table.safe()
    assert table.get("/resume").location.endswith("/steps/symptom_location")


def test_back_leg_pain_opens_the_nerve_root_test_and_says_why(table: AtTable) -> None:
    table.safe()
    table.step("symptom_location", {"left-sites": "low_back", "right-sites": "none"})
    assert (
        "Pain in the low back, the buttock or the leg below the knee"
        in table.get("/steps/lumbar_l5_motor").text
    )


def test_a_test_that_nothing_opened_can_be_done_by_hand(table: AtTable, session: Session) -> None:
    table.safe()
    assert "L5 motor tests" in table.get("/steps").text
    assert "Nothing found so far asks for this test" in table.get("/steps/lumbar_l5_motor").text
    table.step("lumbar_l5_motor", {"left-heel_walk": "ok", "left-toe_grade": "4+", "left-pain": "0"})
    row = table.recorded(session, "lumbar_l5_motor", "left")
    assert row
    assert row.values == {"heel_walk": "ok", "toe_grade": "4+"}


def test_a_closed_test_says_by_which_precaution_and_opens_only_with_a_typed_reason(
    table: AtTable, session: Session
) -> None:
    table.step("red_flags", table.rows())
    table.step("precautions", {"pc_tha_lateral__left": "y", "answered": "y"})
    page = table.get(f"/steps/{ABDUCTION}").text
    assert "Left is closed: Lateral approach hip replacement" in page
    assert "Right is closed" not in page
    table.step(ABDUCTION, {"left-grade_whole": "4", "left-pain": "0"})
    assert "kept, not used" in table.get("/review").text
    reason = {"left-opened_because": "Surgeon allowed it by phone today", "revision-left": "1"}
    table.step(ABDUCTION, {"left-grade_whole": "4", "left-pain": "0", **reason})
    row = table.recorded(session, ABDUCTION, "left")
    assert row
    assert row.opened_because == "Surgeon allowed it by phone today"
    assert "kept, not used" not in table.get("/review").text


def test_precautions_on_record_are_suggested_and_not_answered(
    table: AtTable, patient: Patient, session: Session
) -> None:
    session.add(PatientPrecaution(patient_id=patient.id, precaution="pc_fall_risk"))
    session.commit()
    assert "On record" in table.get("/steps/precautions").text
    assert table.recorded(session, "precautions") is None
    assert table.get("/resume").location.endswith("/steps/red_flags")


def test_a_precautions_list_left_blank_is_never_read_as_none(table: AtTable, session: Session) -> None:
    answer = table.step("precautions", {})
    assert answer.status_code == 422
    assert "say that you have asked about every row" in answer.text
    assert table.recorded(session, "precautions") is None


def test_a_clearance_says_whose_it_is(table: AtTable, session: Session) -> None:
    ticked = {"pc_abductor_repair__right": "y", "pc_abductor_repair__cleared": "y", "answered": "y"}
    asked = table.step("precautions", ticked).text
    assert "write who cleared it" in asked
    assert "enter the day on which it was cleared" in asked
    told = {"cleared_by": "Dr Ahlgren, surgeon", "cleared_on": "2026-07-03"}
    typed = {f"pc_abductor_repair__{key}": value for key, value in told.items()}
    assert table.step("precautions", {**ticked, **typed}).status_code == 303
    row = table.recorded(session, "precautions")
    assert row
    assert row.values["rows"] == [{"id": "pc_abductor_repair", "side": "right", "cleared": True, **told}]
    assert "Dr Ahlgren, surgeon" in table.get("/steps/precautions").text


def test_a_change_made_elsewhere_is_shown_beside_what_was_typed(table: AtTable, session: Session) -> None:
    table.safe().done(ABDUCTION, "right", {"grade": "4"})
    answer = table.step(ABDUCTION, {"right-grade_whole": "3", "right-pain": "0"})
    assert answer.status_code == 409
    assert "Right was also changed elsewhere" in answer.text
    assert "4, pain 0/10" in answer.text
    row = table.recorded(session, ABDUCTION, "right")
    assert row
    assert row.values == {"grade": "4"}
    table.step(ABDUCTION, {"right-grade_whole": "3", "right-pain": "0", "revision-right": "1"})
    row = table.recorded(session, ABDUCTION, "right")
    assert row
    assert row.values == {"grade": "3"}


def test_a_step_asks_the_database_the_same_few_things_however_much_is_recorded(
    app: Flask, table: AtTable
) -> None:
    table.safe()
    few = queries_of(app, lambda: table.get(f"/steps/{ABDUCTION}"))
    table.enter()
    many = queries_of(app, lambda: table.get(f"/steps/{ABDUCTION}"))
    assert len(many) == len(few) <= 8


def test_pain_that_is_not_the_familiar_one_is_said_and_not_left_blank(
    table: AtTable, session: Session
) -> None:
    table.start("full").safe()
    table.client.post_form(table.url("/further/palpation_gt"), {"do": "add"})
    answer = table.step("palpation_gt", {"left-result": "positive", "left-familiar": "no"})
    assert answer.status_code == 303
    row = table.recorded(session, "palpation_gt", "left")
    assert row
    assert row.values["familiar"] is False
    inputs = re.findall(r"<input[^>]*left-familiar[^>]*>", table.get("/steps/palpation_gt").text)
    assert ["checked" in one for one in inputs if 'value="no"' in one] == [True]
