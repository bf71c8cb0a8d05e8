"""Red flags stop the screen, and the stop cannot be walked around."""

import pytest
from sqlalchemy.orm import Session

from clinic_app.records.screening import Screening
from tests.at_table import ABDUCTION, AtTable

URGENT, REFERRED, LETTER = "rf_fracture", "rf_cancer", "rf_claudication"


def answered(table: AtTable, **answers: str) -> None:
    """Answer every row, these differently."""
    table.step("red_flags", {**table.rows(), **answers})


def test_a_yes_stops_the_screen_and_says_why_and_what_to_do(table: AtTable) -> None:
    answered(table, rf_fracture="yes")
    page = table.get("/steps/red_flags").text
    assert "Stop. Do not load-test today." in page
    assert "Possible fracture" in page
    assert "arrange same-day emergency or urgent care" in page
    assert "Testing is on hold" in page


def test_unsure_counts_as_not_cleared(table: AtTable) -> None:
    answered(table, rf_fracture="unsure")
    page = table.get("/steps/red_flags").text
    assert "Clear this first" in page
    assert "stop-unsure" in page


def test_unanswered_rows_are_named_and_what_was_answered_is_kept(table: AtTable, session: Session) -> None:
    answer = table.step("red_flags", {"rf_fracture": "no"})
    assert answer.status_code == 422
    assert "Not answered yet: Possible cauda equina syndrome" in answer.text
    row = table.recorded(session, "red_flags")
    assert row
    assert row.values == {"rf_fracture": "no"}


@pytest.mark.parametrize("item", [ABDUCTION, "gait_observation", "trendelenburg_30s", "lumbar_l5_motor"])
def test_no_test_is_taken_while_a_stop_is_open(table: AtTable, session: Session, item: str) -> None:
    answered(table, rf_fracture="yes")
    answer = table.done(item, "right", {"grade": "5"} if item == ABDUCTION else _VALUES[item])
    assert answer.status_code == 423
    assert "on hold until the red flags are cleared" in answer.json["message"]
    assert table.get(f"/steps/{item}").location.endswith("/steps/red_flags")
    assert table.step(item, {"right-grade_whole": "5"}).location.endswith("/steps/red_flags")
    assert table.recorded(session, item, "right") is None


_VALUES = {
    "gait_observation": {"patterns": ["none"]},
    "trendelenburg_30s": {"result": "neg"},
    "lumbar_l5_motor": {"heel_walk": "ok"},
}


def test_what_was_found_before_the_stop_is_kept(table: AtTable, session: Session) -> None:
    table.safe().done(ABDUCTION, "right", {"grade": "4"})
    table.put("red_flags", "none", {"values": {**table.rows(), URGENT: "yes"}}, revision=1)
    assert table.recorded(session, ABDUCTION, "right") is not None


def test_the_page_learns_at_once_that_testing_is_on_hold(table: AtTable) -> None:
    answer = table.put("red_flags", "none", {"values": {URGENT: "yes"}})
    assert answer.json["hold"] is True
    assert table.put("red_flags", "none", {"values": {URGENT: "no"}}).json["hold"] is False


def test_an_answer_that_is_none_is_refused(table: AtTable) -> None:
    assert table.put("red_flags", "none", {"values": {URGENT: "maybe"}}).status_code == 422


def test_an_urgent_stop_cannot_be_overridden(table: AtTable) -> None:
    answered(table, rf_fracture="yes")
    table.client.post_form(table.url(f"/red-flags/{URGENT}"), {"reason": "I looked at it"})
    page = table.get("/steps/red_flags").text
    assert "an urgent stop stays" in page
    assert "Stop. Do not load-test today." in page
    assert "Already cleared?" not in page


def test_a_referral_stop_is_cleared_only_with_a_reason_which_stands_with_the_name(table: AtTable) -> None:
    answered(table, rf_cancer="yes")
    table.client.post_form(table.url(f"/red-flags/{REFERRED}"), {"reason": "  "})
    assert "Stop. Do not load-test today." in table.get("/steps/red_flags").text
    table.client.post_form(
        table.url(f"/red-flags/{REFERRED}"), {"reason": "Oncology cleared the hip in June"}
    )
    page = table.get("/steps/red_flags").text
    assert "Stop. Do not load-test today." not in page
    assert "Oncology cleared the hip in June" in page
    assert "Bob Lindqvist" in page
    assert table.get(f"/steps/{ABDUCTION}").status_code == 200


def test_a_clearance_can_be_taken_back(table: AtTable) -> None:
    answered(table, rf_cancer="yes")
    url = table.url(f"/red-flags/{REFERRED}")
    table.client.post_form(url, {"reason": "Oncology cleared the hip in June"})
    table.client.post_form(url, {"do": "undo"})
    assert "Stop. Do not load-test today." in table.get("/steps/red_flags").text


def test_a_row_that_only_asks_for_a_letter_does_not_stop_the_screen(table: AtTable) -> None:
    answered(table, rf_claudication="yes")
    page = table.get("/steps/red_flags").text
    assert "Write to the physician" in page
    assert "Testing is on hold" not in page


def test_a_stopped_screen_is_ended_with_what_was_done(table: AtTable, session: Session) -> None:
    answered(table, rf_fracture="yes")
    blank = table.client.post_form(table.url("/stop"), {"action_taken": " "})
    assert blank.status_code == 422
    assert "Write what you did" in blank.text
    ended = table.client.post_form(table.url("/stop"), {"action_taken": "Called the ambulance at 10:40"})
    assert ended.status_code == 303
    row = session.get_one(Screening, table.id)
    assert (row.status, row.action_taken) == ("stopped", "Called the ambulance at 10:40")
    assert row.report
    assert row.report_sha256
    assert row.signature == "Bob Lindqvist, PT, DPT (PT 2071)"
    page = table.get("").text
    assert "Screen stopped: Possible fracture" in page
    assert "Called the ambulance at 10:40" in page


def test_a_stopped_screen_is_never_signed(table: AtTable, session: Session) -> None:
    answered(table, rf_fracture="yes")
    table.step("precautions", {"answered": "y"})
    assert table.sign(acknowledged="y").status_code == 422
    assert "A stopped screen is not signed" in table.get("/review").text
    assert session.get_one(Screening, table.id).status == "draft"


def test_without_an_open_stop_there_is_nothing_to_end(table: AtTable, session: Session) -> None:
    table.safe()
    assert table.client.post_form(table.url("/stop"), {"action_taken": "Nothing"}).status_code == 303
    assert session.get_one(Screening, table.id).status == "draft"


def test_an_ended_screen_takes_nothing_more(table: AtTable) -> None:
    answered(table, rf_fracture="yes")
    table.client.post_form(table.url("/stop"), {"action_taken": "Called the ambulance"})
    assert table.put("red_flags", "none", {"values": table.rows()}).status_code == 423


def test_a_red_flag_found_in_the_middle_stops_the_screen_there(table: AtTable, session: Session) -> None:
    table.safe().done(ABDUCTION, "right", {"grade": "4"})
    page = table.get(f"/steps/{ABDUCTION}").text
    assert f"{table.url('/steps/red_flags')}" in page
    assert "A red flag appears? Stop, and record it" in page
    revision = table.recorded(session, "red_flags")
    assert revision
    table.step(
        "red_flags", {**table.rows(), "rf_empty_end_feel": "yes", "revision-none": str(revision.revision)}
    )
    assert table.get(f"/steps/{ABDUCTION}").location.endswith("/steps/red_flags")
    assert table.recorded(session, ABDUCTION, "right") is not None
    table.client.post_form(table.url("/stop"), {"action_taken": "Letter to Dr Ahlgren"})
    ended = table.get("").text
    assert "Screen stopped: Empty end feel or sign of the buttock" in ended
    assert "Letter to Dr Ahlgren" in ended
