"""Finding patients by name, date of birth or record number, and those who may be the same person."""

from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from sqlalchemy import ColumnElement, and_, column, func, literal, literal_column, or_, select, table, tuple_
from sqlalchemy.orm import Session

from clinic_app.records.folding import birth_in, fold
from clinic_app.records.patient import Patient

SHORTEST = 3
MOST_COUNTED = 1000
CLOSE = 0.75
MOST_SIMILAR = 20

_fts = table("patient_fts", column("rowid"), column("search_text"))


@dataclass(frozen=True)
class Page:
    """One page of patients by name. `after` asks for the next one, None when this is the last.

    `count` is of all that fit, at most `MOST_COUNTED`, and then `count_is_capped`. `too_short`: fewer than
    three letters were typed, so nothing was searched.
    """

    patients: tuple[Patient, ...] = ()
    count: int = 0
    count_is_capped: bool = False
    after: int | None = None
    too_short: bool = False


def find_patients(
    session: Session, typed: str = "", *, day_first: bool = True, after: int | None = None, limit: int = 50
) -> Page:
    """The patients that fit everything typed, in any order; all of them when nothing was typed.

    `after` is that of the page before.
    """
    if 0 < len(fold(typed).replace(" ", "")) < SHORTEST:
        return Page(too_short=True)
    wanted = _condition(session, typed, day_first)
    counted = select(literal(1)).select_from(Patient).where(wanted).limit(MOST_COUNTED + 1).subquery()
    count = session.scalar(select(func.count()).select_from(counted)) or 0
    rows = select(Patient).where(wanted).order_by(Patient.search_text, Patient.id).limit(limit + 1)
    if after is not None and (last := session.get(Patient, after)):
        rows = rows.where(tuple_(Patient.search_text, Patient.id) > (last.search_text, last.id))
    found = session.scalars(rows).all()
    return Page(
        patients=tuple(found[:limit]),
        count=min(count, MOST_COUNTED),
        count_is_capped=count > MOST_COUNTED,
        after=found[limit - 1].id if len(found) > limit else None,
    )


def similar_patients(
    session: Session, family_name: str, given_names: str, born_on: date, *, besides: int | None = None
) -> list[Patient]:
    """Patients who may be this person, those born on that day first.

    They have the same names (given or preferred, or swapped) whatever the birth date, or the same birth date
    and a close name. `besides` leaves out the patient being edited.
    """
    person = _Person(fold(family_name), frozenset({fold(given_names)}))
    words = f"{person.family} {_first_word(given_names)}"
    candidates = (
        select(Patient)
        .where(or_(Patient.born_on == born_on, _text_condition(session, words)))
        .where(Patient.id != besides if besides is not None else literal(True))
        .order_by((Patient.born_on == born_on).desc(), Patient.search_text, Patient.id)
        .limit(10 * MOST_SIMILAR)
    )
    similar = [patient for patient in session.scalars(candidates) if person.resembles(patient, born_on)]
    return similar[:MOST_SIMILAR]


@dataclass(frozen=True)
class _Person:
    family: str
    given: frozenset[str]

    def resembles(self, patient: Patient, born_on: date) -> bool:
        names = (patient.given_names, patient.preferred_name)
        other = _Person(fold(patient.family_name), frozenset(fold(name) for name in names if name))
        return self.same_names(other) or (patient.born_on == born_on and self.close(other))

    def same_names(self, other: "_Person") -> bool:
        mine, theirs = _firsts(self.given), _firsts(other.given)
        swapped = bool({self.family} & other.given) and bool({other.family} & self.given)
        return swapped or (self.family == other.family and bool(mine & theirs))

    def close(self, other: "_Person") -> bool:
        if self.family == other.family or _firsts(self.given) & _firsts(other.given):
            return True
        pairs = ((f"{self.family} {a}", f"{other.family} {b}") for a in self.given for b in other.given)
        return any(SequenceMatcher(None, a, b).ratio() >= CLOSE for a, b in pairs)


def _firsts(names: frozenset[str]) -> set[str]:
    return {_first_word(name) for name in names if name}


def _first_word(names: str) -> str:
    return next(iter(fold(names).split()), "")


def _condition(session: Session, typed: str, day_first: bool) -> ColumnElement[bool]:
    text = _text_condition(session, typed)
    birth = birth_in(typed, day_first=day_first)
    if birth is None:
        return text
    born = Patient.born_on.between(birth.first, birth.last)
    return or_(text, and_(born, _text_condition(session, birth.rest)))


def _text_condition(session: Session, typed: str) -> ColumnElement[bool]:
    words = fold(typed).split()
    conditions = [Patient.search_text.like(_containing(word), escape="\\") for word in words]
    indexed = ['"' + word.replace('"', '""') + '"' for word in words if len(word) >= SHORTEST]
    if indexed and session.get_bind().dialect.name == "sqlite":
        match = literal_column("patient_fts").op("MATCH")(" ".join(indexed))
        conditions.append(Patient.id.in_(select(_fts.c.rowid).where(match)))
    return and_(literal(True), *conditions)


def _containing(word: str) -> str:
    escaped = word.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
    return f"%{escaped}%"
