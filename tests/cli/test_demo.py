"""The demonstration clinic: invented people, signed with the product's own rules."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from clinic_app.cli.demo import command
from clinic_app.exchange.report_json import sha256_of
from clinic_app.records.clinic import Clinic
from clinic_app.records.engine import make_engine, sessions
from clinic_app.records.patient import Patient
from clinic_app.records.programme import Programme, programmes_of
from clinic_app.records.returned_log import ReturnedLog, last_log, logs_of
from clinic_app.records.screening import Screening
from clinic_app.records.share_link import terms_now
from tests import people


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    folder = tmp_path_factory.mktemp("demo")
    done = CliRunner().invoke(command, env={"CLINIC_FOLDER": str(folder)}, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    assert "Sign in as demo" in done.output
    engine = make_engine(f"sqlite:///{folder / 'clinic.sqlite'}")
    with sessions(engine)[0]() as session:
        yield session
    engine.dispose()


def test_it_says_that_it_is_a_demonstration_and_everyone_in_it_is_invented(demo: Session) -> None:
    assert demo.get_one(Clinic, 1).is_demo
    notes = set(demo.scalars(select(Patient.note)))
    numbers = list(demo.scalars(select(Patient.record_number)))
    assert notes == {"Invented person"}
    assert all(number.startswith("DEMO-") for number in numbers)


def test_it_holds_thirty_patients_and_ninety_screenings_over_three_years(demo: Session) -> None:
    assert demo.scalar(select(func.count()).select_from(Patient)) == 30
    taken = list(demo.scalars(select(Screening.taken_on)))
    assert len(taken) == 90
    assert 2.5 * 365 < (max(taken) - min(taken)).days < 3.5 * 365


def test_every_screening_is_sealed_and_one_is_stopped(demo: Session) -> None:
    rows = demo.execute(select(Screening.status, Screening.report, Screening.report_sha256)).all()
    assert all(sha256_of(report) == seal for _status, report, seal in rows)
    assert [status for status, *_ in rows].count("stopped") == 1
    assert (demo.scalar(select(func.count()).select_from(Programme)) or 0) > 50


def test_one_patients_logs_came_back_and_the_next_programme_waits_with_what_they_propose(
    demo: Session,
) -> None:
    [patient_id] = demo.scalars(select(Programme.patient_id).join(ReturnedLog).distinct())
    first, second = logs_of(demo, patient_id)[::-1]
    for log in (first, second):
        assert [row.week for row in log.rows] == [1, 2, 3, 4]
    assert demo.get_one(Patient, patient_id).family_name == "Duarte"
    next_one = programmes_of(demo, patient_id)[0]
    assert (next_one.status, next_one.screening_id) == ("draft", second.programme.screening_id)
    offered = last_log(demo, patient_id, next_one.id)
    assert offered
    assert offered.programme.id == second.programme.id
    assert demo.get_one(Programme, next_one.id).lines


def test_each_screening_knows_what_changed_since_the_one_before(demo: Session) -> None:
    signed = demo.scalars(select(Screening).filter_by(status="signed").order_by(Screening.taken_on))
    seen: set[int] = set()
    for row in signed:
        assert bool((row.report or {}).get("since")) == (row.patient_id in seen)
        seen.add(row.patient_id)


def test_share_links_stay_off(demo: Session) -> None:
    assert terms_now(demo) is None


def test_it_never_goes_into_the_folder_of_a_real_clinic(tmp_path: Path, clinic_database: Path) -> None:
    (tmp_path / "clinic.sqlite").write_bytes(clinic_database.read_bytes())
    done = CliRunner().invoke(command, env={"CLINIC_FOLDER": str(tmp_path)})
    assert done.exit_code == 1
    assert "holds a real clinic" in done.output
    with sessions(make_engine(f"sqlite:///{tmp_path / 'clinic.sqlite'}"))[0]() as session:
        assert session.get_one(Clinic, 1).name == people.CLINIC["name"]
        assert not session.scalar(select(func.count()).select_from(Patient))
