"""The people of the tests, all invented: Alice runs the clinic, Bob treats in it, the others are patients."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from argon2 import PasswordHasher
from sqlalchemy.orm import Session

from clinic_app.records.clinic import Clinic
from clinic_app.records.patient import Patient
from clinic_app.records.user import User


@dataclass(frozen=True)
class Member:
    """Someone who signs in."""

    username: str
    name: str
    title: str
    licence: str
    role: str
    password: str


ALICE = Member("alice", "Alice Nakamura", "PT", "PT 1044", "administrator", "thimble orchard lantern 9")
BOB = Member("bob", "Bob Lindqvist", "PT, DPT", "PT 2071", "therapist", "harbour pencil meadow 4")

CLINIC: dict[str, Any] = {
    "name": "Riverside Physiotherapy",
    "address": "12 Mill Lane\nRiverside",
    "phone": "555 0100",
    "emergency_number": "112",
    "paper": "A4",
    "mass_unit": "kg",
    "force_unit": "N",
    "time_zone": "Europe/Stockholm",
    "language": "en",
}

MARISOL: dict[str, Any] = {
    "family_name": "Duarte",
    "given_names": "Marisol",
    "born_on": date(1969, 2, 4),
    "record_number": "004 127 893",
    "sex": "female",
}
TEWODROS: dict[str, Any] = {
    "family_name": "Bekele",
    "given_names": "Tewodros",
    "preferred_name": "Teddy",
    "born_on": date(1992, 6, 11),
    "record_number": "003 980 116",
    "sex": "male",
}


# The app's own parameters are slow on purpose, and a signature checks the password again.
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def add_clinic(session: Session) -> Clinic:
    """The clinic's row."""
    clinic = Clinic(id=1, **CLINIC)
    session.add(clinic)
    return clinic


def add_member(session: Session, member: Member) -> User:
    """The account of this member."""
    fields = asdict(member)
    user = User(password_hash=QUICK.hash(fields.pop("password")), **fields)
    session.add(user)
    return user


def add_patient(session: Session, person: dict[str, Any] | None = None, **changes: Any) -> Patient:
    """A patient: Marisol unless another is named, with these fields changed."""
    patient = Patient(**{**(person or MARISOL), **changes})
    session.add(patient)
    session.flush()
    return patient
