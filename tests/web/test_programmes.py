"""The home programme: nothing taken for granted, nothing unsafe, and approved before it is printed."""

import re
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from clinic_app.records.programme import Programme
from clinic_app.web.reporting import programme_from_json
from tests.at_table import AtTable
from tests.counting import queries_of
from tests.on_sheet import Sheet, begin


def test_a_programme_begins_after_the_signature(table: AtTable, session: Session) -> None:
    table.safe().enter()
    table.client.post_form(table.url("/programme"))
    assert session.scalars(select(Programme)).all() == []


def test_the_circumstances_are_asked_first(sheet: Sheet) -> None:
    assert sheet.get().location.endswith("/circumstances")
    page = sheet.get("/circumstances").text
    assert "Age on the day: 57 years" in page
    assert "Hip abductors, right: moderate" in page


@pytest.mark.parametrize(
    ("left_out", "said"),
    [
        ("goal", "Trains for: choose an answer"),
        ("irritability", "How easily the pain flares: choose an answer"),
        ("falls_12m", "Falls in the last 12 months: enter a whole number from 0 to 50"),
        ("weight_bearing_left", "Weight allowed, left leg: choose an answer"),
        ("post_op", "under the surgeon&#39;s rules: choose an answer"),
        ("equipment", "At hand: tick what holds, or none"),
        ("positions_not_tolerated", "Positions not tolerated: tick what holds, or none"),
        ("floor_transfer_ok", "Gets down to the floor and up again safely: choose an answer"),
        ("cleared_for_impact", "Cleared for jumping and landing: choose an answer"),
    ],
)
def test_a_safety_answer_is_never_given_by_silence(sheet: Sheet, left_out: str, said: str) -> None:
    answer = sheet.answer(**{left_out: []})
    assert answer.status_code == 422
    assert said in answer.text
    assert sheet.row.lines == []


def test_exercises_are_suggested_with_their_reason(suggested: Sheet) -> None:
    page = suggested.get().text
    assert 3 <= len(suggested.exercises) <= 6
    assert "Hip abductors" in page
    assert "Suggested" in page
    assert "about" in page
    assert "minutes" in page


def test_what_was_left_out_stands_there_with_its_reason(suggested: Sheet) -> None:
    page = suggested.get().text
    assert "Left out, and why" in page
    assert "Not available: step" in page


def test_doses_are_changed_within_their_limits(suggested: Sheet) -> None:
    first = suggested.exercises[0]
    assert suggested.post(**{f"{first}-sets": "2", f"{first}-days_per_week": "4"}).status_code == 303
    assert suggested.row.lines[0]["prescription"]["sets"] == 2
    refused = suggested.post(**{f"{first}-sets": "9"})
    assert refused.status_code == 422
    assert "sets: 9 does not fit. Enter a whole number from 1 to 3" in refused.text
    assert suggested.row.lines[0]["prescription"]["sets"] == 2


def test_exercises_are_moved_and_removed(suggested: Sheet) -> None:
    first, second, *others = suggested.exercises
    suggested.post(do=f"down:{first}")
    assert suggested.exercises == [second, first, *others]
    suggested.post(do=f"up:{first}")
    suggested.post(do=f"remove:{second}")
    assert suggested.exercises == [first, *others]


def test_an_excluded_exercise_is_added_only_with_a_typed_reason(suggested: Sheet) -> None:
    suggested.post(do=f"remove:{suggested.exercises[-1]}")
    refused = suggested.post(do="add:step_down")
    assert refused.status_code == 422
    assert "write why it is added all the same" in refused.text
    assert "step_down" not in suggested.exercises
    suggested.post(do="add:step_down", **{"reason-step_down": "Has a step at the gym"})
    assert suggested.row.lines[-1]["reason"] == "Has a step at the gym"
    assert "Added although left out: Has a step at the gym" in suggested.get().text


def test_every_exercise_that_is_not_on_the_sheet_says_why(suggested: Sheet) -> None:
    page = suggested.get().text
    assert "Works no group that was flagged" in page
    assert "Harder than suits this weakness now" in page
    assert page.count("out-row") + page.count("lib-row") + len(suggested.exercises) >= 40


def test_a_safe_neighbour_takes_the_place_with_one_tap(suggested: Sheet) -> None:
    page = suggested.get().text
    swaps = re.findall(r'value="swap:(\w+):(\w+)"', page)
    assert swaps
    old, new = swaps[0]
    place = suggested.exercises.index(old)
    assert suggested.post(do=f"swap:{old}:{new}").status_code == 303
    assert suggested.exercises[place] == new
    assert old not in suggested.exercises


def test_a_neighbour_that_is_not_safe_is_refused(suggested: Sheet, app: Any) -> None:
    exercises, page = app.extensions["clinic"]["library"].exercises, suggested.get().text
    pairs = [(old, new) for old in suggested.exercises for new in exercises.by_id[old].progression_to]
    old, new = next(pair for pair in pairs if f"swap:{pair[0]}:{pair[1]}" not in page)
    assert suggested.post(do=f"swap:{old}:{new}").status_code == 422
    assert old in suggested.exercises


def test_what_the_screening_holds_is_not_asked_again(table: AtTable, session: Session) -> None:
    table.safe().enter()
    table.put("irritability", "none", {"values": {"level": "moderate"}})
    table.put("symptom_behaviour", "none", {"values": {"falls_12m": 2}})
    sheet = begin(table, session)
    page = sheet.get("/circumstances").text
    assert 'name="irritability"' not in page
    assert 'name="falls_12m"' not in page
    assert "2 falls in the last 12 months" in page
    assert sheet.answer(irritability=[], falls_12m=[], injured="no").status_code == 303
    assert sheet.row.circumstances["given"]["patient"]["falls_risk"] == "high"


def test_a_sheet_holds_at_most_six_exercises(suggested: Sheet, app: Any) -> None:
    library = app.extensions["clinic"]["library"].exercises
    for exercise in library.exercises[:12]:
        suggested.post(do=f"add:{exercise.id}", **{f"reason-{exercise.id}": "Wanted"})
    assert len(suggested.exercises) == 6


def test_a_change_made_elsewhere_is_not_overwritten(suggested: Sheet) -> None:
    first = suggested.exercises[0]
    revision = suggested.row.revision
    answer = suggested.post(do=f"remove:{first}", revision=1, goal="Walk", **{f"{first}-reps": "7"})
    assert answer.status_code == 409
    assert first in suggested.exercises
    assert "This programme was also changed elsewhere" in answer.text
    assert re.search(rf'name="{first}-reps" value="7"|id="{first}-reps"[^>]* value="7"', answer.text)
    assert 'name="goal"' in answer.text
    assert 'value="Walk"' in answer.text
    assert f'name="revision" value="{revision}"' in answer.text
    assert suggested.post(goal="Walk").status_code == 303
    assert suggested.row.goal == "Walk"


def test_a_mistake_on_an_old_page_does_not_hide_that_it_is_old(suggested: Sheet) -> None:
    first = suggested.exercises[0]
    answer = suggested.post(revision=1, **{f"{first}-reps": "99"})
    assert answer.status_code == 422
    assert 'name="revision" value="1"' in answer.text


def test_circumstances_on_an_old_page_come_back_as_they_were_typed(
    suggested: Sheet,
) -> None:
    answer = suggested.answer(revision=1, irritability="high")
    assert answer.status_code == 409
    assert "This programme was also changed elsewhere" in answer.text
    assert re.search(r'value="high"[^>]* checked', answer.text)
    assert suggested.row.circumstances["given"]["irritability"] == "low"


def test_an_approved_programme_is_frozen_with_all_its_words(suggested: Sheet) -> None:
    assert suggested.post("/approve").status_code == 303
    row = suggested.row
    assert (row.status, row.approved_by) == ("approved", "Bob Lindqvist, PT, DPT (PT 2071)")
    frozen = programme_from_json(row.frozen or {})
    assert [line.prescription.exercise for line in frozen.lines] == suggested.exercises
    page = suggested.get().text
    assert f"/screenings/{row.screening_id}/print" in page
    assert "Approved" in page
    suggested.post(do=f"remove:{suggested.exercises[0]}")
    assert len(suggested.exercises) == len(frozen.lines)


def test_a_dose_typed_just_before_approving_is_the_one_approved(suggested: Sheet) -> None:
    first = suggested.exercises[0]
    assert suggested.post("/approve", **{f"{first}-sets": "1"}).status_code == 303
    frozen = programme_from_json(suggested.row.frozen or {})
    assert frozen.lines[0].prescription.sets == 1


def test_a_dose_beyond_its_limit_is_not_approved(suggested: Sheet) -> None:
    first = suggested.exercises[0]
    answer = suggested.post("/approve", **{f"{first}-sets": "30"})
    assert answer.status_code == 422
    assert "30 does not fit" in answer.text
    assert suggested.row.status == "draft"


def test_an_empty_sheet_is_not_approved(suggested: Sheet) -> None:
    for exercise in suggested.exercises:
        suggested.post(do=f"remove:{exercise}")
    assert suggested.post("/approve").status_code == 422
    assert suggested.row.status == "draft"


def test_a_second_programme_does_not_touch_the_approved_one(suggested: Sheet) -> None:
    suggested.post("/approve")
    answer = suggested.table.client.post_form(suggested.table.url("/programme"))
    assert answer.location != f"/programmes/{suggested.id}"


def test_nothing_weak_means_no_programme_needed(table: AtTable, session: Session) -> None:
    table.safe()
    for item in ("mmt_hip_abduction", "mmt_hip_extension"):
        for side in ("left", "right"):
            table.done(item, side, {"grade": "5"})
    sheet = begin(table, session)
    sheet.answer()
    assert "No programme needed from this screen" in sheet.get().text
    assert sheet.exercises == []


def test_nothing_that_could_be_read_withholds_the_programme(table: AtTable, session: Session) -> None:
    table.safe()
    sheet = begin(table, session)
    sheet.answer()
    assert "Withheld: the screen cannot be interpreted" in sheet.get().text
    assert sheet.post("/approve").status_code == 422


def test_a_nerve_root_pattern_withholds_until_confirmed_in_writing(table: AtTable, session: Session) -> None:
    table.safe()
    table.step("symptom_location", {"left-sites": "none", "right-sites": "low_back"})
    for side, grade in (("left", "5"), ("right", "4")):
        table.done("mmt_hip_abduction", side, {"grade": grade})
        table.done("mmt_hip_extension", side, {"grade": "5"})
        table.done(
            "lumbar_l5_motor", side, {"heel_walk": "weak" if side == "right" else "ok", "toe_grade": grade}
        )
    sheet = begin(table, session)
    sheet.answer()
    page = sheet.get().text
    assert "Withheld: red flag not cleared" in page
    assert "Confirm in writing" in page
    assert sheet.exercises == []
    sheet.post("/confirm/P-L5", reason=" ")
    assert sheet.exercises == []
    sheet.post("/confirm/P-L5", reason="Seen by Dr Ahlgren today: old, stable")
    assert sheet.exercises
    assert "Seen by Dr Ahlgren today" in sheet.get().text


def test_after_surgery_the_surgeon_is_asked_first(sheet: Sheet) -> None:
    assert sheet.answer(post_op="yes").status_code == 422
    sheet.answer(post_op="yes", surgeon_clearance="no")
    assert "Withheld: the surgeon&#39;s rules are missing" in sheet.get().text


def test_falls_make_the_balance_demand_smaller(sheet: Sheet) -> None:
    sheet.answer(falls_12m="3", injured="no")
    assert sheet.row.circumstances["given"]["patient"]["falls_risk"] == "high"


def test_the_editor_asks_the_database_the_same_few_things_whatever_is_on_the_sheet(
    suggested: Sheet, app: Any
) -> None:
    many = queries_of(app, suggested.get)
    for exercise in suggested.exercises[1:]:
        suggested.post(do=f"remove:{exercise}")
    few = queries_of(app, suggested.get)
    assert len(many) == len(few) <= 10
