"""A patient is found by whatever part of name, birth date or record number the front desk remembers."""

from datetime import date
from itertools import count

import pytest
from sqlalchemy.orm import Session

from clinic_app.records.folding import fold
from clinic_app.records.patient import Patient
from clinic_app.records.patient_search import find_patients, similar_patients

_numbers = count(1)

PEOPLE = (
    ("Duarte", "Marisol", "", date(1969, 2, 4), "004 127 893"),
    ("Bekele", "Tewodros", "Teddy", date(1992, 6, 11), "003 980 116"),
    ("Ångström", "Zoë", "", date(1980, 4, 2), "A-1969-7"),
    ("Łukasiewicz", "Jan", "", date(1969, 12, 31), "100"),
    ("O'Brien", "Maeve", "", date(1975, 1, 1), "200"),
    ("Smith-Jones", "Ana María", "", date(1969, 4, 2), "300"),
    ("Straße", "Øyvind", "", date(1950, 5, 5), "400"),
    ("100% Real", "Under_score", "", date(1951, 5, 5), "500"),
    ("Ng", "Bo", "", date(1999, 9, 9), "600"),
)

FOUND_BY = {
    "duarte": "Duarte",
    "UART": "Duarte",
    "marisol duarte": "Duarte",
    "Duarte, Marisol": "Duarte",
    "mar dua": "Duarte",
    "teddy": "Bekele",
    "angstrom zoe": "Ångström",
    "ÅNGSTRÖM": "Ångström",
    "zoë": "Ångström",
    "lukasiewicz": "Łukasiewicz",
    "łuk": "Łukasiewicz",
    "obrien": "O'Brien",
    "o'brien": "O'Brien",
    "O’Brien": "O'Brien",
    "o brien": "O'Brien",
    "smith jones": "Smith-Jones",
    "jones-smith": "Smith-Jones",
    "maria ana": "Smith-Jones",
    "strasse": "Straße",
    "oyvind": "Straße",
    "100%": "100% Real",
    "under_s": "100% Real",
    "ng bo": "Ng",
    "004127893": "Duarte",
    "004 127 893": "Duarte",
    "127 893": "Duarte",
    "a19697": "Ångström",
    "A-1969-7": "Ångström",
    "duarte 1969": "Duarte",
    "4/2/1969 dua": "Duarte",
}
MARISOL_AGAIN = (
    ("Duarte", "Marisol", date(1969, 2, 4)),
    ("DUARTE", "marisól", date(1969, 4, 2)),
    ("Marisol", "Duarte", date(2001, 1, 1)),
    ("Duarte", "Marisol Inês", date(1970, 2, 4)),
    ("Duarte", "Mariso", date(1969, 2, 4)),
    ("Duarti", "Marisol", date(1969, 2, 4)),
    ("Costa", "Marisol", date(1969, 2, 4)),
    ("Duarte", "Maria", date(1969, 2, 4)),
)
SOMEBODY_ELSE = (
    ("Duarte", "Helena", date(1990, 1, 1)),
    ("Costa", "Marisol", date(1990, 1, 1)),
    ("Petrov", "Igor", date(1969, 2, 4)),
    ("", "", date(1990, 1, 1)),
)
NOBODY = ("duarte 1968", "marisol bekele", "xyz", "%%%", "___", '"""', "d%e", "\\\\\\", "*** OR")
MARISOLS_BIRTHDAY = ("4 2 1969", "4/2/1969", "04.02.1969", "4-2-1969", "1969-02-04", "1969/2/4")


@pytest.fixture
def clinic(session: Session) -> Session:
    """A clinic with these people on record."""
    for family, given, preferred, born_on, number in PEOPLE:
        session.add(
            Patient(
                family_name=family,
                given_names=given,
                preferred_name=preferred,
                born_on=born_on,
                record_number=number,
                sex="not_stated",
            )
        )
    session.commit()
    return session


def found(session: Session, typed: str, *, day_first: bool = True) -> list[str]:
    return [patient.family_name for patient in find_patients(session, typed, day_first=day_first).patients]


def test_a_patient_is_found_by_any_part_of_name_birth_date_or_number(clinic: Session) -> None:
    assert {typed: found(clinic, typed) for typed in FOUND_BY} == {
        typed: [family_name] for typed, family_name in FOUND_BY.items()
    }


def test_nobody_is_found_by_what_fits_nobody(clinic: Session) -> None:
    for typed in NOBODY:
        assert found(clinic, typed) == []


def test_a_birth_date_is_read_day_first_where_the_clinic_writes_it_so(clinic: Session) -> None:
    for typed in MARISOLS_BIRTHDAY:
        assert found(clinic, typed) == ["Duarte"]


def test_a_birth_date_is_read_month_first_where_the_clinic_writes_it_so(clinic: Session) -> None:
    assert found(clinic, "4 2 1969", day_first=False) == ["Smith-Jones"]
    assert found(clinic, "2/4/1969", day_first=False) == ["Duarte"]
    assert found(clinic, "1969-02-04", day_first=False) == ["Duarte"]


def test_a_year_finds_who_was_born_in_it_and_whose_number_holds_it(clinic: Session) -> None:
    assert found(clinic, "1969") == ["Ångström", "Duarte", "Łukasiewicz", "Smith-Jones"]


def test_a_day_that_does_not_exist_finds_nobody(clinic: Session) -> None:
    for typed in ("31/2/1969", "13/25/1969", "0/0/1969"):
        assert found(clinic, typed) == []


def test_fewer_than_three_letters_are_not_searched(clinic: Session) -> None:
    for typed in ("d", "du", " d u ", "'d-"):
        page = find_patients(clinic, typed)
        assert page.too_short
        assert page.patients == ()


def test_without_a_word_everybody_is_listed_by_name_whatever_the_accents(clinic: Session) -> None:
    page = find_patients(clinic)
    names = [fold(patient.family_name) for patient in page.patients]
    assert names == sorted(names)
    assert page.count == len(PEOPLE)
    assert not page.too_short


def test_a_changed_name_is_found_and_the_old_one_is_not(clinic: Session) -> None:
    [patient] = find_patients(clinic, "duarte").patients
    patient.family_name = "Costa"
    clinic.commit()
    assert found(clinic, "costa") == ["Costa"]
    assert found(clinic, "duarte") == []


def test_a_removed_patient_is_not_found(clinic: Session) -> None:
    clinic.delete(find_patients(clinic, "duarte").patients[0])
    clinic.commit()
    assert found(clinic, "duarte") == []


def _crowd(session: Session, size: int) -> None:
    session.add_all(
        Patient(
            family_name="Silva",
            given_names=f"Ana {number:04}",
            born_on=date(1980, 1, 1),
            record_number=f"S{next(_numbers)}",
            sex="female",
        )
        for number in range(size)
    )
    session.commit()


def test_turning_pages_shows_everybody_once(session: Session) -> None:
    _crowd(session, 25)
    seen: list[int] = []
    page = find_patients(session, "silva", limit=10)
    seen += [patient.id for patient in page.patients]
    while page.after is not None:
        page = find_patients(session, "silva", after=page.after, limit=10)
        seen += [patient.id for patient in page.patients]
    assert len(seen) == len(set(seen)) == 25


def test_the_count_stops_at_a_thousand(session: Session) -> None:
    _crowd(session, 1001)
    page = find_patients(session, "silva")
    assert (page.count, page.count_is_capped) == (1000, True)
    exact = find_patients(session, "silva 0999")
    assert (exact.count, exact.count_is_capped) == (1, False)


def test_a_search_takes_as_many_queries_whatever_it_finds(session: Session, queries: list[str]) -> None:
    _crowd(session, 3)
    queries.clear()
    find_patients(session, "silva", limit=2)
    few = len(queries)
    _crowd(session, 60)
    queries.clear()
    find_patients(session, "silva")
    assert len(queries) == few


def test_the_same_person_entered_again_is_noticed(clinic: Session) -> None:
    for family, given, born_on in MARISOL_AGAIN:
        similar = similar_patients(clinic, family, given, born_on)
        assert [patient.family_name for patient in similar] == ["Duarte"]


def test_the_same_person_by_a_preferred_name_is_noticed(clinic: Session) -> None:
    [similar] = similar_patients(clinic, "Bekele", "Teddy", date(1990, 1, 1))
    assert similar.family_name == "Bekele"


def test_somebody_else_is_not_taken_for_the_same(clinic: Session) -> None:
    for family, given, born_on in SOMEBODY_ELSE:
        assert similar_patients(clinic, family, given, born_on) == []


def test_a_patient_is_not_similar_to_herself_while_edited(clinic: Session) -> None:
    [marisol] = find_patients(clinic, "duarte").patients
    similar = similar_patients(clinic, "Duarte", "Marisol", date(1969, 2, 4), besides=marisol.id)
    assert similar == []
