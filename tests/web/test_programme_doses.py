"""A dose for each leg, within its limits, and the sentence that the patient will read of it."""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from clinic_app.records.audit import AuditEvent
from clinic_app.records.patient import Patient, PatientPrecaution
from tests.on_sheet import Sheet, line_of


def one_sided(sheet: Sheet) -> str:
    """An exercise of the sheet whose legs do not do the same."""
    lines = (line["prescription"] for line in sheet.row.lines)
    return next(line["exercise"] for line in lines if line["sides"]["mode"] == "one_side_plus_1_set_other")


def words_of(sheet: Sheet, **typed: str) -> dict[str, Any]:
    answer = sheet.post("/words", **typed)
    assert answer.status_code == 200
    return dict(answer.json or {})


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
