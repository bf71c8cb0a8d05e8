"""From the rows of a screening to what the domain reasons about: nothing added, nothing read as no."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.orm import Session

from clinic_app.domain import screening as domain
from clinic_app.domain.finding import Finding, NotDoneReason, Status
from clinic_app.domain.protocol import Group, Side
from clinic_app.domain.screening import Answer, Class, Override, Precautions, Sex
from clinic_app.records.decision import TAKE_UP, Subject, decide
from clinic_app.records.facts import facts_of
from clinic_app.records.finding import Entry, save_finding
from clinic_app.records.screening import Screening, load_screening
from clinic_app.records.user import User

MMT = Finding("mmt_hip_abduction", Side.RIGHT, values={"grade": "4"}, pain=2)
BODY = {"height_cm": Decimal("168"), "mass_kg": Decimal("61.50"), "activity": "recreational", "sport": ""}


@pytest.fixture
def facts(session: Session, draft: Screening, bob: User) -> Any:
    """Saves findings, and reads the facts back."""

    def _facts(*findings: Finding) -> domain.Screening:
        for finding in findings:
            save_finding(session, Entry(draft.id, finding, bob.id))
        session.commit()
        row = load_screening(session, draft.id)
        assert row
        return facts_of(row)

    return _facts


def test_an_empty_draft_has_answered_nothing(facts: Any) -> None:
    empty = facts()
    assert empty.protocol == "quick"
    assert empty.red_flags == {}
    assert empty.precautions == Precautions(answered=False)
    assert empty.findings == ()


def test_age_is_that_of_the_day_of_the_screening(session: Session, facts: Any, draft: Screening) -> None:
    assert facts().subject.age == 57
    draft.taken_on = date(2026, 2, 3)
    session.commit()
    assert facts().subject.age == 56


def test_the_measured_body_is_the_subject_and_no_finding(facts: Any) -> None:
    read = facts(Finding("demographics", values=BODY), MMT)
    assert read.subject == domain.Subject(
        age=57,
        sex=Sex.FEMALE,
        height_cm=Decimal("168"),
        mass_kg=Decimal("61.50"),
        activity="recreational",
    )
    assert str(read.subject.mass_kg) == "61.50"
    assert read.findings == (MMT,)


def test_a_blank_red_flag_answer_is_unanswered_and_never_no(facts: Any) -> None:
    answers = {"rf_fracture": "no", "rf_cancer": "unsure", "rf_fever": "", "rf_night_pain": None}
    read = facts(Finding("red_flags", values=answers))
    assert read.red_flags == {"rf_fracture": Answer.NO, "rf_cancer": Answer.UNSURE}


def test_an_answer_that_does_not_exist_is_an_error(facts: Any) -> None:
    with pytest.raises(ValueError, match="maybe"):
        facts(Finding("red_flags", values={"rf_fracture": "maybe"}))


@pytest.mark.parametrize("answered", [None, "", "true", 1, False])
def test_precautions_are_answered_only_by_a_plain_yes(facts: Any, answered: Any) -> None:
    values = {"answered": answered, "rows": ()}
    assert not facts(Finding("precautions", values=values)).precautions.answered


def test_precaution_rows_keep_side_clearance_and_their_own_keys(facts: Any) -> None:
    rows = (
        {"id": "pc_tha_lateral", "side": "left", "cleared": False},
        {"id": "pc_pregnancy", "side": None, "cleared": True, "trimester": 2},
        {"id": "pc_orif_weight_bearing", "side": "right", "weight_bearing": "pwb"},
    )
    read = facts(Finding("precautions", values={"answered": True, "rows": rows})).precautions
    assert read.answered
    assert read.rows == (
        domain.PrecautionRow("pc_tha_lateral", Side.LEFT),
        domain.PrecautionRow("pc_pregnancy", None, cleared=True, extra={"trimester": 2}),
        domain.PrecautionRow("pc_orif_weight_bearing", Side.RIGHT, extra={"weight_bearing": "pwb"}),
    )


def test_safety_questions_that_were_not_done_are_unanswered(facts: Any) -> None:
    read = facts(
        Finding("red_flags", None, Status.NOT_DONE, NotDoneReason.NO_TIME, values={"rf_fracture": "no"}),
        Finding("precautions", None, Status.NOT_DONE, NotDoneReason.NO_TIME, values={"answered": True}),
    )
    assert read.red_flags == {}
    assert not read.precautions.answered


def test_a_test_stopped_by_pain_stays_not_done_for_pain(facts: Any) -> None:
    stopped = Finding("mmt_hip_extension", Side.LEFT, Status.NOT_DONE, NotDoneReason.UNABLE_PAIN)
    assert facts(stopped).findings == (stopped,)


def test_the_therapists_decisions_stand_beside_the_findings(
    session: Session, facts: Any, draft: Screening, bob: User
) -> None:
    decide(session, Subject(draft.id, "red_flag", "rf_weight_loss"), "known, GP investigating", bob)
    decide(session, Subject(draft.id, "class", "abductors", "right"), "poor effort", bob, "possible")
    decide(session, Subject(draft.id, "confirm", "P-L5"), "seen by the spine clinic", bob)
    read = facts(MMT)
    assert read.red_flag_overrides == {"rf_weight_loss": "known, GP investigating"}
    assert read.overrides == (Override(Group.ABDUCTORS, Side.RIGHT, Class.POSSIBLE, "poor effort"),)


@pytest.mark.parametrize(("side", "opened"), [("right", True), ("", True), ("left", False)])
def test_a_closed_test_opened_by_hand_carries_the_reason(
    session: Session, facts: Any, draft: Screening, bob: User, *, side: str, opened: bool
) -> None:
    decide(session, Subject(draft.id, "open_item", "mmt_hip_abduction", side), "surgeon agreed", bob)
    [finding] = facts(MMT).findings
    assert finding.opened_because == ("surgeon agreed" if opened else "")


def test_a_test_added_by_hand_is_open(session: Session, facts: Any, draft: Screening, bob: User) -> None:
    decide(session, Subject(draft.id, TAKE_UP, "hhd_abduction"), "Therapist's choice", bob)
    assert facts().opened == ("hhd_abduction",)
