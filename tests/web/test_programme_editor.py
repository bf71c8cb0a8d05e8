"""The sheet is shaped for one person: goal and days, a dose for each leg, notes, and what went before."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from clinic_app.records.audit import AuditEvent
from clinic_app.records.patient import Patient, PatientPrecaution
from clinic_app.records.programme_template import ProgrammeTemplate
from clinic_app.web.programmes import agreed
from clinic_app.web.reporting import programme_from_json
from tests.at_table import AtTable
from tests.on_sheet import Sheet, begin


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> date:
    """A day to count from."""
    chosen = date(2026, 9, 21)
    monkeypatch.setattr(agreed, "today", lambda: chosen)
    return chosen


def one_sided(sheet: Sheet) -> str:
    """An exercise of the sheet whose legs do not do the same."""
    lines = (line["prescription"] for line in sheet.row.lines)
    return next(line["exercise"] for line in lines if line["sides"]["mode"] == "one_side_plus_1_set_other")


def templates_of(session: Session) -> list[ProgrammeTemplate]:
    """The clinic's templates as they stand now."""
    session.rollback()
    return list(session.scalars(select(ProgrammeTemplate)))


def line_of(sheet: Sheet, exercise: str) -> dict[str, Any]:
    return next(line for line in sheet.row.lines if line["prescription"]["exercise"] == exercise)


def words_of(sheet: Sheet, **typed: str) -> dict[str, Any]:
    answer = sheet.post("/words", **typed)
    assert answer.status_code == 200
    return dict(answer.json or {})


def approve_another(sheet: Sheet, **changes: Any) -> Sheet:
    """Approve this programme, and begin the next one of the same screening."""
    assert sheet.post("/approve", **changes).status_code == 303
    answer = sheet.table.client.post_form(sheet.table.url("/programme"))
    return Sheet(sheet.table, sheet.session, int(answer.location.rsplit("/", 1)[1]))


def test_a_note_to_the_patient_and_the_goal_are_kept_and_frozen(suggested: Sheet) -> None:
    first = suggested.exercises[0]
    suggested.post(**{f"{first}-note": " Use the\nkitchen  counter. ", "goal": "Walk the dog again"})
    assert line_of(suggested, first)["note"] == "Use the kitchen counter."
    assert "Use the kitchen counter." in suggested.get().text
    assert suggested.post("/approve").status_code == 303
    frozen = programme_from_json(suggested.row.frozen or {})
    assert (frozen.goal, frozen.lines[0].note) == ("Walk the dog again", "Use the kitchen counter.")


def test_a_note_that_is_too_long_says_how_long_it_may_be_and_is_not_lost(suggested: Sheet) -> None:
    first, long = suggested.exercises[0], "slowly " * 60
    answer = suggested.post(**{f"{first}-note": long, "goal": "g" * 121})
    assert answer.status_code == 422
    assert "note to the patient: 419 characters do not fit. Use at most 200" in answer.text
    assert "Goal: 121 characters do not fit. Use at most 120" in answer.text
    assert long.strip() in answer.text
    assert "note" not in line_of(suggested, first)


def test_the_next_programme_begins_with_the_goal_of_the_last(suggested: Sheet) -> None:
    assert approve_another(suggested, goal="Climb the stairs").row.goal == "Climb the stairs"


def test_the_days_are_proposed_and_frozen_as_they_were_proposed(suggested: Sheet, today: date) -> None:
    assert suggested.post("/approve").status_code == 303
    frozen = programme_from_json(suggested.row.frozen or {})
    weeks = [(day - today) / timedelta(weeks=1) for day in (frozen.review_on, frozen.retest_on or today)]
    assert frozen.start_on == today
    assert weeks == [4, 8]
    assert frozen.retest_weeks == (8, 8)


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("start_on", "2026-09-20", "Start: 20 Sep 2026 does not fit. Enter a day from 21 Sep 2026 to 19 Oct"),
        ("start_on", "2026-10-20", "Start: 20 Oct 2026 does not fit"),
        ("review_on", "2026-10-04", "Review: 4 Oct 2026 does not fit. Enter a day from 5 Oct 2026 to 19 Oct"),
        ("review_on", "2026-10-20", "Review: 20 Oct 2026 does not fit"),
        ("retest_on", "2026-11-01", "Re-test: 1 Nov 2026 does not fit. Enter a day from 2 Nov 2026 to 16"),
        ("retest_on", "2026-11-17", "Re-test: 17 Nov 2026 does not fit"),
        ("review_on", "soon", "Review: soon does not fit"),
    ],
)
def test_a_day_beyond_its_limit_is_named_with_the_limit(
    suggested: Sheet, today: date, name: str, typed: str, said: str
) -> None:
    answer = suggested.post(**{name: typed})
    assert answer.status_code == 422
    assert said in answer.text
    assert f'value="{typed}"' in answer.text
    assert suggested.row.start_on is None
    assert suggested.post("/approve", **{name: typed}).status_code == 422
    assert today


@pytest.mark.parametrize("typed", ["2026-10-05", "2026-10-19"])
def test_a_day_at_its_limit_is_taken(suggested: Sheet, today: date, typed: str) -> None:
    assert suggested.post(review_on=typed).status_code == 303
    assert suggested.row.review_on == date.fromisoformat(typed)
    assert today


def test_a_review_that_would_come_too_early_moves_along_with_the_start(suggested: Sheet, today: date) -> None:
    suggested.post(review_on=(today + timedelta(weeks=2)).isoformat())
    start = today + timedelta(weeks=1)
    assert suggested.post(start_on=start.isoformat()).status_code == 303
    assert suggested.row.review_on == start + timedelta(weeks=4)
    assert suggested.row.retest_on == today + timedelta(weeks=8)


def test_every_exercise_is_put_on_the_same_days_at_once(suggested: Sheet) -> None:
    assert suggested.post(do="days", days_for_all="2").status_code == 303
    assert {line["prescription"]["days_per_week"] for line in suggested.row.lines} == {2}
    refused = suggested.post(do="days", days_for_all="8")
    assert "Days a week: 8 does not fit. Enter a whole number from 2 to 7" in refused.text


def test_each_leg_has_its_own_dose_within_its_limits(suggested: Sheet) -> None:
    exercise = one_sided(suggested)
    typed = {f"{exercise}-sets": "3", f"{exercise}-reps": "10", f"{exercise}-other_reps": "8"}
    assert suggested.post(**typed, **{f"{exercise}-other_sets": "2"}).status_code == 303
    prescription = line_of(suggested, exercise)["prescription"]
    assert (prescription["sets"], prescription["reps"]) == (3, 10)
    assert (prescription["other"]["sets"], prescription["other"]["reps"]) == (2, 8)
    assert "Right leg: 3 sets of 10 times." in suggested.get().text
    assert "Left leg: 2 sets of 8 times." in suggested.get().text
    refused = suggested.post(**{f"{exercise}-sets": "4", f"{exercise}-other_sets": "0"})
    assert "sets: 4 does not fit. Enter a whole number from 1 to 3" in refused.text
    assert "Left leg, sets: 0 does not fit. Enter a whole number from 1 to 3" in refused.text


def test_a_dose_of_the_other_leg_that_is_left_empty_stays_one_set(suggested: Sheet) -> None:
    exercise = one_sided(suggested)
    suggested.post(**{f"{exercise}-reps": "9", f"{exercise}-other_sets": ""})
    assert line_of(suggested, exercise)["prescription"]["sides"]["mode"] == "one_side_plus_1_set_other"
    assert "Then do 1 set on your other leg." in suggested.get().text


def test_the_same_dose_for_both_legs_reads_as_both_legs(suggested: Sheet) -> None:
    exercise = one_sided(suggested)
    sets = str(line_of(suggested, exercise)["prescription"]["sets"])
    suggested.post(**{f"{exercise}-other_sets": sets})
    assert "other" not in line_of(suggested, exercise)["prescription"]
    assert "Do it on both legs. Start with your right leg." in suggested.get().text


def test_the_patients_words_follow_what_is_typed_and_nothing_is_saved(
    suggested: Sheet, session: Session
) -> None:
    first, revision = suggested.exercises[0], suggested.row.revision
    reads = select(func.count()).where(AuditEvent.noun == "programme")
    before = session.scalar(reads)
    told = words_of(suggested, **{f"{first}-sets": "1", f"{first}-days_per_week": "4"})
    assert told["lines"][first].startswith(("1 set of", "Hold for"))
    assert "Do it 4 days a week." in told["lines"][first]
    assert "exercises, about" in told["summary"]
    assert suggested.row.revision == revision
    assert session.scalar(reads) == before


def test_words_for_a_dose_beyond_its_limit_say_what_is_wrong(suggested: Sheet) -> None:
    first = suggested.exercises[0]
    told = words_of(suggested, **{f"{first}-reps": "99"})
    assert "99 does not fit" in told["errors"][f"{first}-reps"]
    assert told["lines"] == {}


def test_the_words_are_in_the_language_of_the_patient(
    suggested: Sheet, session: Session, patient: Patient
) -> None:
    session.rollback()
    session.get_one(Patient, patient.id).language = "es"
    session.commit()
    told = words_of(suggested)
    assert "días a la semana" in told["lines"][suggested.exercises[0]]
    assert '<p class="ex-words small" lang="es">' in suggested.get().text


def test_more_than_five_exercises_or_thirty_minutes_get_a_nudge(suggested: Sheet, app: Any) -> None:
    assert "More than five exercises" not in suggested.get().text
    for exercise in app.extensions["clinic"]["library"].exercises.exercises[:12]:
        suggested.post(do=f"add:{exercise.id}", **{f"reason-{exercise.id}": "Wanted"})
    assert len(suggested.exercises) == 6
    assert "More than five exercises" in suggested.get().text
    most = {f"{exercise}-{key}": number for exercise in suggested.exercises for key, number in LONG.items()}
    assert any("over 30 minutes" in nudge for nudge in words_of(suggested, **most)["nudges"])


LONG = {"sets": "3", "reps": "15"}


def names(page: str) -> set[str]:
    """The exercises that the drawer shows."""
    rows = re.findall(r'<li class="(?:lib|out)-row"( hidden)? data-facts.*?<b>(.*?)</b>', page, re.DOTALL)
    return {name for hidden, name in rows if not hidden}


def test_the_drawer_holds_all_forty_and_says_why_each_is_where_it_is(suggested: Sheet) -> None:
    page = suggested.get().text
    assert len(names(page)) == 40
    for row in re.findall(r'<li class="lib-row".*?</li>', page, re.DOTALL):
        assert re.search(r"Level \d\. \w+", row), row


@pytest.mark.parametrize(
    ("chosen", "held", "not_held"),
    [
        ({"q": "BRIDGE one"}, "One-leg bridge", "Bridge"),
        ({"position": "prone"}, "Leg lift on your belly", "Clam"),
        ({"equipment": "step"}, "Step-up", "Clam"),
        ({"equipment": "none"}, "Clam", "Clam with a band"),
        ({"level": "5"}, "Side hop and hold", "Clam"),
        ({"group": "internal_rotators"}, "Reverse clam", "Bridge"),
    ],
)
def test_the_drawer_is_searched_and_filtered(
    suggested: Sheet, chosen: dict[str, str], held: str, not_held: str
) -> None:
    query = "&".join(f"{name}={value}" for name, value in chosen.items())
    found = names(suggested.get(f"?{query}").text)
    assert held in found
    assert not_held not in found


def test_filtering_without_script_loses_nothing_that_was_typed(suggested: Sheet) -> None:
    first = suggested.exercises[0]
    answer = suggested.post(do="filter", position="prone", **{f"{first}-sets": "1"})
    assert "position=prone" in answer.location
    assert line_of(suggested, first)["prescription"]["sets"] == 1


def test_the_sheet_is_put_into_another_order_at_once(suggested: Sheet) -> None:
    turned = suggested.exercises[::-1]
    assert suggested.post(do=f"order:{','.join(turned)}").status_code == 303
    assert suggested.exercises == turned


@pytest.mark.parametrize("spoilt", ["", "clam,clam", "{first}", "{all},jump_land"])
def test_an_order_of_other_exercises_is_refused(suggested: Sheet, spoilt: str) -> None:
    before = suggested.exercises
    order = spoilt.format(first=before[0], all=",".join(before))
    assert suggested.post(do=f"order:{order}").status_code == 400
    assert suggested.exercises == before


def test_a_template_holds_exercises_and_doses_and_nothing_of_the_person(
    suggested: Sheet, session: Session
) -> None:
    first = suggested.exercises[0]
    suggested.post(do="keep", template_name="Runner, week 1", **{f"{first}-note": "Near your own fence"})
    (template,) = templates_of(session)
    assert [line["prescription"]["exercise"] for line in template.lines] == suggested.exercises
    kept = str(template.lines)
    assert not [word for word in ("fence", "right", "left", "abductors") if word in kept]
    assert "Runner, week 1" in suggested.get().text
    again = suggested.post(do="keep", template_name="Runner, week 1")
    assert "there is a template Runner, week 1 already" in again.text
    assert "enter 1 to 80 characters" in suggested.post(do="keep", template_name=" ").text


def test_a_sheet_starts_from_a_template_with_what_is_safe_and_says_why_the_rest_is_not(
    suggested: Sheet, session: Session
) -> None:
    last = suggested.exercises[-1]
    suggested.post(do=f"remove:{last}")
    suggested.post(do="add:step_down", **{"reason-step_down": "Has a step at the gym"})
    first = suggested.exercises[0]
    suggested.post(do="keep", template_name="With a step", **{f"{first}-reps": "7"})
    template = templates_of(session)[0].id
    suggested.answer()
    answer = suggested.post(do="template", template=str(template))
    assert answer.status_code == 303
    assert "step_down" not in suggested.exercises
    assert line_of(suggested, first)["prescription"]["reps"] == 7
    page = suggested.table.client.get(answer.location).text
    assert "Not taken from the template" in page
    assert re.search(r"Step-down: [^<]*Not available: step", page)


def test_a_template_is_removed(suggested: Sheet, session: Session) -> None:
    suggested.post(do="keep", template_name="Old")
    template = templates_of(session)[0].id
    assert suggested.post(f"/templates/{template}/remove").status_code == 303
    assert "Choose a template" in suggested.post(do="template", template=str(template)).text
    assert templates_of(session) == []


def test_the_last_programme_is_carried_forward_with_what_changed_marked(suggested: Sheet) -> None:
    first, second, *_others = suggested.exercises
    note = {f"{first}-note": "Hold the rail", f"{first}-reps": "7"}
    following = approve_another(suggested, **note)
    following.answer()
    assert "Last time: " in following.get().text
    following.post(do=f"remove:{second}")
    assert re.search("In the last programme, of .* and not in this one", following.get().text)
    assert "Not chosen this time" in following.get().text
    assert following.post(do="last").status_code == 303
    assert following.exercises == suggested.exercises
    assert line_of(following, first)["prescription"]["reps"] == 7
    assert line_of(following, first)["note"] == "Hold the rail"
    assert following.get().text.count("As last time") == len(following.exercises)


def test_what_became_unsafe_is_not_carried_forward_and_says_why(
    suggested: Sheet, session: Session, patient: Patient
) -> None:
    suggested.post("/approve")
    before = suggested.exercises
    session.add(PatientPrecaution(patient_id=patient.id, precaution="pc_fall_risk"))
    session.commit()
    table = AtTable(suggested.table.app, suggested.table.client, patient.id).start()
    following = begin(table.safe().enter(), session)
    following.answer(equipment=["none"], positions_not_tolerated=["side_lying", "prone", "supine"])
    if following.post(do="last").status_code == 303:
        assert set(following.exercises) < set(before)
    assert re.search(
        r"<b>[^<]+</b><span class=\"small muted\">(Position not|Not available)", following.get().text
    )


def test_every_version_of_a_programme_is_kept_and_can_be_opened(suggested: Sheet) -> None:
    following = approve_another(suggested)
    following.answer()
    page = following.get().text
    assert f'href="/programmes/{suggested.id}"' in page
    assert "Bob Lindqvist, PT, DPT (PT 2071)" in page
    assert "Draft, begun" in page
    assert f'href="/programmes/{following.id}"' in suggested.get().text


def test_what_was_typed_is_saved_on_the_way_to_the_circumstances(suggested: Sheet) -> None:
    first = suggested.exercises[0]
    answer = suggested.post(do="circumstances", **{f"{first}-sets": "1"})
    assert answer.location == f"/programmes/{suggested.id}/circumstances"
    assert line_of(suggested, first)["prescription"]["sets"] == 1


def test_a_hold_that_became_too_long_is_not_printed(
    suggested: Sheet, session: Session, patient: Patient, app: Any
) -> None:
    exercises = app.extensions["clinic"]["library"].exercises
    counted = [
        one for one in suggested.exercises if exercises.dose_class(exercises.by_id[one]).unit == "reps"
    ]
    suggested.post("/approve", **{f"{counted[0]}-hold_s": "8"})
    session.rollback()
    session.add(PatientPrecaution(patient_id=patient.id, precaution="pc_hypertension"))
    session.commit()
    answer = suggested.get("/handout.pdf")
    assert answer.status_code == 409
    assert "no hold may be longer than 5 seconds now" in answer.text


def test_the_approved_page_shows_goal_note_and_re_test(suggested: Sheet) -> None:
    first = suggested.exercises[0]
    suggested.post("/approve", goal="Walk the dog again", **{f"{first}-note": "Use the counter."})
    page = suggested.get().text
    assert "<q>Walk the dog again</q>" in page
    assert "Note to the patient: Use the counter." in page
    assert "Re-test " in page
