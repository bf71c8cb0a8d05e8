"""assess and prescribe, for every screening of the demonstration."""

from sqlalchemy import select

from clinic_app.cli.demo import GIVEN
from clinic_app.domain.assess import assess
from clinic_app.domain.prescribe import prescribe
from clinic_app.exchange.programme_json import read_circumstances
from clinic_app.records.clinic import the_clinic
from clinic_app.records.facts import facts_of
from clinic_app.records.screening import SIGNED, Screening, load_screening
from clinic_app.web.programmes.plan import completed
from clinic_app.web.reporting import report_of
from tests.bench.place import Place
from tests.bench.timing import Row, in_turns

ROUNDS = 5


def reasoning_rows(place: Place) -> list[Row]:
    """The mean over all signed screenings, median of the rounds."""
    library = place.app.extensions["clinic"]["library"]
    cases = []
    with place.app.app_context(), place.app.extensions["clinic"]["read"]() as session:
        clinic = the_clinic(session)
        assert clinic
        for screening_id in session.scalars(select(Screening.id).filter_by(status=SIGNED)).all():
            row = load_screening(session, screening_id)
            assert row
            report = report_of(row, clinic, library)
            cases.append((facts_of(row), completed(report, read_circumstances(GIVEN), {})[0]))

    def reason() -> None:
        for facts, circumstances in cases:
            assess(facts, library)
            prescribe(circumstances, library.exercises)

    taken = in_turns({"reason": reason}, ROUNDS, warm=1)["reason"] / len(cases)
    return [
        Row(
            "assess and prescribe, one screening",
            taken,
            goal="2 ms",
            remark=f"mean of {len(cases)} screenings",
        )
    ]
