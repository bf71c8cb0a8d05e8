"""Each test and side is saved on its own, as soon as it is entered."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from clinic_app.records.audit import AuditEvent
from tests.at_table import ABDUCTION, AtTable


def test_one_side_is_saved_on_its_own(table: AtTable, session: Session) -> None:
    table.safe()
    answer = table.done(ABDUCTION, "right", {"grade": "4-"}, pain=3)
    assert answer.status_code == 200
    assert answer.json["revision"] == 1
    assert answer.json["state"] == "done"
    assert answer.json["echo"]["values"] == {"grade": "4-"}
    assert table.recorded(session, ABDUCTION, "left") is None


def test_a_change_moves_to_the_next_revision(table: AtTable) -> None:
    table.safe()
    table.done(ABDUCTION, "right", {"grade": "4"})
    assert table.done(ABDUCTION, "right", {"grade": "3"}).json["revision"] == 2


def test_a_retry_with_the_same_key_is_no_second_save(table: AtTable, session: Session) -> None:
    table.safe()
    body = {"values": {"grade": "4"}, "pain": 0}
    first = table.put(ABDUCTION, "right", body, key="k-1", revision=0)
    again = table.put(ABDUCTION, "right", body, key="k-1", revision=0)
    assert (first.json["revision"], again.json["revision"]) == (1, 1)
    saves = select(func.count()).select_from(AuditEvent).filter_by(action="save", noun="finding")
    assert session.scalar(saves.where(AuditEvent.detail["item"].as_string() == ABDUCTION)) == 1


def test_an_entry_whose_answer_was_lost_is_gone_on_from_without_a_conflict(
    table: AtTable,
) -> None:
    table.safe()
    table.put(ABDUCTION, "right", {"values": {"grade": "4"}, "pain": 0}, key="k-1", revision=0)
    later = {"values": {"grade": "3"}, "pain": 0}
    assert table.put(ABDUCTION, "right", later, key="k-2", revision=0).status_code == 409
    known = {"key": "k-3", "supersedes": "k-1", "revision": 0}
    assert table.put(ABDUCTION, "right", later, **known).json["revision"] == 2
    assert table.put(ABDUCTION, "right", later, key="k-4", supersedes="k-1", revision=0).status_code == 409


def test_a_change_made_elsewhere_is_answered_with_both_sides_of_the_story(table: AtTable) -> None:
    table.safe()
    table.done(ABDUCTION, "right", {"grade": "4"})
    answer = table.put(ABDUCTION, "right", {"values": {"grade": "3"}, "pain": 0}, revision=0)
    assert answer.status_code == 409
    assert answer.json["echo"]["values"] == {"grade": "4"}
    assert answer.json["saved_by"] == "Bob Lindqvist"
    assert answer.json["revision"] == 1
    assert answer.json["saved_at"]


def test_a_wrong_value_is_named_with_its_field_and_its_limit_and_not_saved(
    table: AtTable, session: Session
) -> None:
    table.safe()
    answer = table.done("trendelenburg_30s", "right", {"result": "drop", "seconds": 31})
    assert answer.status_code == 422
    assert answer.json["errors"] == {"seconds": "Held for: 31 does not fit. Enter a number from 0 to 30 s"}
    assert table.recorded(session, "trendelenburg_30s", "right") is None


def test_a_tenth_of_a_second_is_kept_as_exact_as_it_was_sent(table: AtTable, session: Session) -> None:
    table.safe()
    table.done("trendelenburg_30s", "right", {"result": "drop", "seconds": 12.4})
    row = table.recorded(session, "trendelenburg_30s", "right")
    assert row
    assert str(row.values["seconds"]) == "12.4"


def test_seconds_are_kept_as_timed_or_as_typed(table: AtTable, session: Session) -> None:
    table.safe()
    held = {"values": {"result": "drop", "seconds": 12.4}, "timed": ["seconds"], "confirmed": ["seconds"]}
    answer = table.put("trendelenburg_30s", "right", held)
    assert (answer.json["echo"]["timed"], answer.json["echo"]["confirmed"]) == (["seconds"], ["seconds"])
    row = table.recorded(session, "trendelenburg_30s", "right")
    assert row
    assert (row.timed, row.confirmed) == (["seconds"], ["seconds"])
    without = table.put("trendelenburg_30s", "right", {**held, "values": {"result": "neg"}})
    assert (without.json["echo"]["timed"], without.json["echo"]["confirmed"]) == ([], [])
    assert "timed" in table.put("trendelenburg_30s", "left", {**held, "timed": "seconds"}).json["errors"]


def test_pain_beyond_ten_is_refused(table: AtTable) -> None:
    table.safe()
    assert "pain" in table.done(ABDUCTION, "left", {"grade": "5"}, pain=11).json["errors"]


def test_a_grade_that_is_none_is_refused_by_name(table: AtTable) -> None:
    table.safe()
    answer = table.done(ABDUCTION, "left", {"grade": "6"})
    assert answer.json["errors"] == {"grade": "Strength grade: 6 is not a grade"}


def test_an_answer_without_its_grade_is_not_taken_for_a_test(table: AtTable, session: Session) -> None:
    table.safe()
    answer = table.done(ABDUCTION, "left", {}, pain=2)
    assert answer.status_code == 422
    assert answer.json["message"] == "Not saved yet, an answer is missing"
    assert "grade" in answer.json["missing"]
    assert answer.json["errors"] == {}
    assert table.recorded(session, ABDUCTION, "left") is None


def test_an_unknown_value_is_refused(table: AtTable) -> None:
    table.safe()
    assert table.done(ABDUCTION, "left", {"grade": "5", "force": 3}).status_code == 422


def test_not_tested_without_a_reason_is_refused(table: AtTable) -> None:
    table.safe()
    answer = table.put(ABDUCTION, "left", {"values": {}, "status": "not_done"})
    assert answer.json["missing"] == {"not_done_reason": "Choose why this side was not tested"}


def test_tests_and_sides_that_do_not_exist_are_not_found(table: AtTable) -> None:
    for item, side in (
        ("hhd_knee", "left"),
        (ABDUCTION, "none"),
        (ABDUCTION, "middle"),
        ("review", "none"),
    ):
        assert table.put(item, side, {"values": {}}).status_code == 404, (item, side)


def test_a_body_that_is_no_finding_is_refused(table: AtTable) -> None:
    url = table.url(f"/findings/{ABDUCTION}/left")
    assert table.client.put_json(url, ["5"]).status_code == 400


def test_a_weak_grade_says_which_test_it_opened(table: AtTable) -> None:
    table.safe()
    answer = table.done(ABDUCTION, "right", {"grade": "4"})
    assert [opened["item"] for opened in answer.json["opened"]] == ["lumbar_l5_motor"]
    assert "Hip abduction graded 4 or less" in answer.json["opened"][0]["text"]
    assert table.done(ABDUCTION, "right", {"grade": "3"}).json["opened"] == []


def test_a_ticked_precaution_says_what_it_closed(table: AtTable) -> None:
    values = {"pc_tha_lateral__left": True, "answered": True}
    answer = table.put("precautions", "none", {"values": values, "note": ""})
    closed = {(one["item"], one["side"]) for one in answer.json["closed"]}
    assert (ABDUCTION, "left") in closed
    assert (ABDUCTION, "right") not in closed


def test_somebody_signed_out_is_asked_to_sign_in_again(table: AtTable, client: object) -> None:
    answer = client.put(table.url(f"/findings/{ABDUCTION}/left"), json={"values": {"grade": "5"}})  # type: ignore[attr-defined]
    assert answer.status_code == 401


def test_a_stale_token_is_told_apart_and_renewed(table: AtTable) -> None:
    answer = table.client.put(table.url(f"/findings/{ABDUCTION}/left"), json={"values": {"grade": "5"}})
    assert answer.status_code == 400
    assert answer.json["error"] == "csrf"


def test_every_save_leaves_an_audit_event_without_the_values(table: AtTable, session: Session) -> None:
    table.safe()
    table.done(ABDUCTION, "right", {"grade": "4"})
    event = session.scalars(
        select(AuditEvent).filter_by(action="save").order_by(AuditEvent.id.desc())
    ).first()
    assert event
    assert event.patient_id == table.patient_id
    assert event.detail == {"item": ABDUCTION, "side": "right", "revision": 1}
