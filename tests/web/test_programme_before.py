"""What was there before: templates of the clinic, the last programme, and every version."""

import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from clinic_app.records.patient import Patient, PatientPrecaution
from clinic_app.records.programme_template import ProgrammeTemplate
from tests.at_table import AtTable
from tests.on_sheet import Sheet, approve_another, begin, line_of


def templates_of(session: Session) -> list[ProgrammeTemplate]:
    """The clinic's templates as they stand now."""
    session.rollback()
    return list(session.scalars(select(ProgrammeTemplate)))


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
