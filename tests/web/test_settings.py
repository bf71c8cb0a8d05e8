"""A clinic sets a threshold, a protocol or its favourites, sees first what it would change, and says why."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from clinic_app.app import create_app
from clinic_app.config import Settings
from clinic_app.domain.finding import Finding
from clinic_app.domain.protocol import Inclusion, Side
from clinic_app.domain.report import ReportStatus
from clinic_app.exchange.report_json import report_from_json, sha256_of
from clinic_app.library import load_library
from clinic_app.records.audit import AuditEvent
from clinic_app.records.clinic import the_clinic
from clinic_app.records.patient import Patient
from clinic_app.records.screening import Screening
from clinic_app.records.setting import Setting
from clinic_app.records.user import User
from clinic_app.web import current
from clinic_app.web.papers import Paper
from clinic_app.web.reporting import report_of
from tests import papers, people, screened
from tests.conftest import _signed_in
from tests.counting import queries_of

PAIN = "/admin/settings/thresholds/pain_ni"
QUICK = "/admin/settings/protocols/quick"
WHY = "agreed in the team on Monday"


def _set(client: FlaskClient, url: str, data: dict[str, Any], **more: Any) -> Any:
    return client.post_form(url, {"reason": WHY, "seen": "0", **data, **more}, url)


def _keep(client: FlaskClient, url: str, value: str, seen: str = "0") -> Any:
    return _set(client, url, {"value": value, "confirmed": "yes", "seen": seen})


def _numbers(app: Flask) -> Any:
    """The numbers that the next request works with."""
    with app.test_request_context():
        return current.library().rules.numbers


@pytest.fixture
def signed_with_pain(app: Flask, session: Session, patient: Patient) -> Screening:
    """Right abductors weak, with pain 3 of 10 in the test: below the limit at which it is not read."""
    user = session.query(User).filter_by(username="bob").one()
    weak = Finding("mmt_hip_abduction", Side.RIGHT, values={"grade": "3"}, pain=3)
    strong = {key: grade for key, grade in screened.BOTH_STRONG.items() if key != (weak.item, weak.side)}
    findings = [*screened.safe_answers(app), weak, *screened.graded(strong)]
    row = screened.draft(session, patient, user, findings)
    screened.end(app, session, row, user, ReportStatus.SIGNED)
    session.commit()
    return row


def test_only_an_administrator_sets_anything(as_bob: FlaskClient) -> None:
    for page in ("thresholds", "thresholds/pain_ni", "protocols", "protocols/quick", "favourites"):
        assert as_bob.get(f"/admin/settings/{page}").status_code == 403


def test_every_number_stands_with_its_meaning_mark_and_published_value(
    app: Flask, as_alice: FlaskClient
) -> None:
    page = as_alice.get("/admin/settings/thresholds").text
    numbers = vars(app.extensions["clinic"]["library"].rules.numbers)

    for number in numbers.values():
        assert number.means[1:] in page
    assert "Clinical convention" in page
    assert page.count("Published: ") == len(numbers)


def test_what_would_have_changed_is_shown_and_nothing_is_kept_yet(
    app: Flask, as_alice: FlaskClient, session: Session, signed_with_pain: Screening
) -> None:
    page = _set(as_alice, PAIN, {"value": "3"}).text

    assert "With 3, 1 of the last 1 signed screenings would have come out differently" in page
    assert "Hip abductors, right</b>: " in page
    assert "→ Cannot say" in page
    assert f"/screenings/{signed_with_pain.id}" in page
    assert "Duarte" not in page
    assert session.scalars(select(Setting)).all() == []
    assert _numbers(app).pain_ni.value == 4


def test_a_value_that_changes_nothing_says_so(as_alice: FlaskClient, signed_with_pain: Screening) -> None:
    assert signed_with_pain.id
    page = _set(as_alice, PAIN, {"value": "6"}).text
    assert "With 6, 0 of the last 1 signed screenings would have come out differently" in page


def test_a_kept_value_is_used_in_every_process_and_is_on_record(
    app: Flask, settings: Settings, as_alice: FlaskClient, session: Session
) -> None:
    other = create_app(settings, app.extensions["clinic"]["library"])
    assert _numbers(other).pain_ni.value == 4

    assert _keep(as_alice, PAIN, "3").status_code == 303

    assert _numbers(app).pain_ni.value == _numbers(other).pain_ni.value == 3
    row = session.scalars(select(Setting)).one()
    assert (row.key, row.value, row.reason) == ("number.pain_ni", Decimal(3), WHY)
    assert row.made_by.startswith("Alice Nakamura")
    assert session.scalars(select(AuditEvent).filter_by(noun="setting")).one().noun_id == row.id
    page = as_alice.get("/admin/settings/thresholds").text
    assert "Own: 3" in page
    assert WHY in page
    other.extensions["clinic"]["engine"].dispose()


def test_a_signed_record_stays_and_the_next_one_carries_the_own_value(
    app: Flask, as_alice: FlaskClient, session: Session, patient: Patient, signed_with_pain: Screening
) -> None:
    before, stored = signed_with_pain.report_sha256, signed_with_pain.report
    _keep(as_alice, PAIN, "3")
    session.expire_all()

    assert session.get_one(Screening, signed_with_pain.id).report_sha256 == before == sha256_of(stored)
    assert report_from_json(stored).own == ()
    user = session.query(User).filter_by(username="bob").one()
    row = screened.draft(session, patient, user, screened.safe_answers(app))
    with app.test_request_context():
        report = report_of(row, the_clinic(session), current.library())
    assert [(own.name, own.value, own.published) for own in report.own] == [("pain_ni", 3, 4)]
    assert report.content_version != report_from_json(stored).content_version


def test_the_summary_prints_the_own_value_in_its_small_print(
    app: Flask, as_alice: FlaskClient, session: Session, patient: Patient
) -> None:
    _keep(as_alice, PAIN, "3")
    user = session.query(User).filter_by(username="bob").one()
    row = screened.draft(session, patient, user, screened.safe_answers(app))
    with app.test_request_context():
        report = report_of(row, the_clinic(session), current.library())

    assert "Own thresholds: pain_ni 3 instead of 4." in papers.html(Paper.SUMMARY, report)
    assert "Own thresholds" not in papers.html(Paper.SUMMARY, replace(report, own=()))


def test_the_published_value_comes_back(app: Flask, as_alice: FlaskClient, session: Session) -> None:
    _keep(as_alice, PAIN, "3")
    first = session.scalars(select(Setting)).one().id
    session.commit()
    _keep(as_alice, PAIN, "4", seen=str(first))

    assert [row.value for row in session.scalars(select(Setting).order_by(Setting.id))] == [Decimal(3), None]
    assert _numbers(app).pain_ni.value == 4
    assert "Published value again" in as_alice.get(PAIN).text


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("pain_ni", "8", "Enter a number from 1 to 7, in steps of 1"),
        ("pain_ni", "2.5", "Enter a number from 1 to 7, in steps of 1"),
        ("pain_ni", "much", "Enter a number"),
        ("lsi_2", "90", "It has to be below 90"),
        ("lsi_2", "70", "It has to be above 70"),
        ("z_1", "-2", "It has to be above −2.0"),
        ("bp_defer_sbp", "201", "Enter a number from 140 to 200"),
    ],
)
def test_a_value_beyond_its_limits_is_refused_with_the_limit(
    as_alice: FlaskClient, session: Session, name: str, value: str, said: str
) -> None:
    answer = _keep(as_alice, f"/admin/settings/thresholds/{name}", value)

    assert answer.status_code == 422
    assert said in answer.text
    assert session.scalars(select(Setting)).all() == []


def test_a_change_without_a_reason_is_refused(as_alice: FlaskClient, session: Session) -> None:
    answer = _set(as_alice, PAIN, {"value": "3", "confirmed": "yes"}, reason=" ")

    assert answer.status_code == 422
    assert "Say why" in answer.text
    assert session.scalars(select(Setting)).all() == []


def test_two_administrators_do_not_overwrite_each_other(as_alice: FlaskClient) -> None:
    _keep(as_alice, PAIN, "3")
    answer = _keep(as_alice, PAIN, "5")

    assert answer.status_code == 422
    assert "Somebody else changed it meanwhile" in answer.text


def test_a_derived_number_is_not_for_a_clinic_to_set(as_alice: FlaskClient) -> None:
    assert as_alice.get("/admin/settings/thresholds/side_bridge_s").status_code == 404


def test_a_published_value_is_changed_with_a_warning_and_becomes_convention(
    app: Flask, as_alice: FlaskClient
) -> None:
    url = "/admin/settings/thresholds/gt_pain"
    assert "Its source stands behind the published value only" in as_alice.get(url).text
    _keep(as_alice, url, "3")

    assert _numbers(app).gt_pain.mark == "C"


def test_an_optional_test_is_always_done_or_left_out_and_the_rest_stays(
    app: Flask, as_alice: FlaskClient
) -> None:
    lines = app.extensions["clinic"]["library"].protocols["quick"].lines
    order = [line.item for line in lines]
    sent = {"item": order, "use-single_leg_squat": "core", "use-red_flags": "off"}
    assert _set(as_alice, QUICK, sent).status_code == 303

    with app.test_request_context():
        ours = {line.item: line.inclusion for line in current.library().protocols["quick"].lines}
    assert ours["single_leg_squat"] is Inclusion.CORE
    assert ours["red_flags"] is Inclusion.CORE
    assert list(ours) == order


def test_a_test_moves_within_its_position_and_is_kept_only_with_a_reason(
    app: Flask, as_alice: FlaskClient, session: Session
) -> None:
    order = [line.item for line in app.extensions["clinic"]["library"].protocols["quick"].lines]
    first, second = order.index("gait_observation"), order.index("trendelenburg_30s")
    moved = _set(as_alice, QUICK, {"item": order, "move": "up:trendelenburg_30s"}, reason="")

    assert moved.status_code == 200
    assert session.scalars(select(Setting)).all() == []
    order[first], order[second] = order[second], order[first]
    _set(as_alice, QUICK, {"item": order})
    with app.test_request_context():
        assert [line.item for line in current.library().protocols["quick"].lines] == order


def test_the_safety_questions_stay_first_whatever_is_sent(app: Flask, as_alice: FlaskClient) -> None:
    published = app.extensions["clinic"]["library"].protocols["quick"]
    order = [line.item for line in published.lines]
    first, later = order.index("red_flags"), order.index("pain_nprs")
    order[first], order[later] = order[later], order[first]
    _set(as_alice, QUICK, {"item": order})

    with app.test_request_context():
        assert current.library().protocols["quick"] == published


def test_favourites_reach_the_exercise_library(app: Flask, as_alice: FlaskClient) -> None:
    exercise = app.extensions["clinic"]["library"].exercises.exercises[0]
    _set(as_alice, "/admin/settings/favourites", {"exercises": [exercise.id]})

    with app.test_request_context():
        assert current.library().exercises.favourites == {exercise.id}
    assert "1 favourite" in as_alice.get("/admin/settings/favourites").text


def test_a_clinic_with_own_settings_asks_the_database_no_more_often(
    app: Flask, as_alice: FlaskClient, as_bob: FlaskClient
) -> None:
    def page() -> Any:
        return as_bob.get("/today")

    page()
    before = len(queries_of(app, page))
    for number, url in enumerate((PAIN, "/admin/settings/thresholds/lsi_1")):
        _keep(as_alice, url, ("3", "85")[number])
    page()

    assert len(queries_of(app, page)) == before


def test_a_wrong_file_of_the_clinic_leaves_it_open_and_is_told(settings: Settings, app: Flask) -> None:
    folder = settings.folder / "content" / "items"
    folder.mkdir(parents=True)
    (folder / "review.toml").write_text('id = "review"\nname = "Review"\npurposs = "wrong"\n', "utf-8")
    opened = create_app(settings)
    opened.test_client_class = app.test_client_class
    alice, bob = (_signed_in(opened, member) for member in (people.ALICE, people.BOB))

    told = alice.get("/today")
    assert told.status_code == 200
    assert "review.toml: unknown key: purposs (line 3)" in told.text
    assert "file review.toml is wrong" in bob.get("/today").text
    assert "purposs" not in bob.get("/today").text
    assert opened.extensions["clinic"]["library"].version == load_library().version
    opened.extensions["clinic"]["engine"].dispose()


def test_a_draft_of_an_own_protocol_waits_while_the_clinics_files_are_refused(
    app: Flask, as_bob: FlaskClient, session: Session, patient: Patient
) -> None:
    user = session.query(User).filter_by(username="bob").one()
    row = screened.draft(session, patient, user, screened.safe_answers(app))
    row.protocol = "ours"
    session.commit()

    assert as_bob.get("/today").status_code == 200
    assert as_bob.get(f"/patients/{patient.id}").status_code == 200
    assert as_bob.get(f"/screenings/{row.id}/review").status_code == 503
