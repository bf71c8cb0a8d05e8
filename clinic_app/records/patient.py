"""Patients and the precautions that hold for them now."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, event, exists, func, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from clinic_app.records import audit
from clinic_app.records.folding import compact, fold
from clinic_app.records.refusal import Outdated
from clinic_app.records.table import Table, now


class Patient(Table):
    """One person; `sex` is female, male or not_stated and serves reference values only.

    `search_text` is kept from names and record number at each save; it is also the order of lists.
    """

    __tablename__ = "patient"
    __table_args__ = (
        Index(
            "ix_patient_search_text",
            "search_text",
            postgresql_using="gin",
            postgresql_ops={"search_text": "gin_trgm_ops"},
        ),
        Index("ix_patient_search_text_id", "search_text", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    family_name: Mapped[str] = mapped_column(String(80))
    given_names: Mapped[str] = mapped_column(String(80))
    preferred_name: Mapped[str] = mapped_column(String(80), default="")
    born_on: Mapped[date] = mapped_column(index=True)
    record_number: Mapped[str] = mapped_column(String(40), unique=True)
    sex: Mapped[str] = mapped_column(String(20))
    language: Mapped[str] = mapped_column(String(10), default="en")
    print_size: Mapped[str] = mapped_column(String(10), default="normal")
    phone: Mapped[str] = mapped_column(String(40), default="")
    email: Mapped[str] = mapped_column(String(200), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    search_text: Mapped[str] = mapped_column(Text)
    revision: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)
    precautions: Mapped[list["PatientPrecaution"]] = relationship(
        back_populates="patient", order_by="PatientPrecaution.id", cascade="all, delete-orphan"
    )

    @property
    def full_name(self) -> str:
        """Family name, then given names."""
        return f"{self.family_name}, {self.given_names}"

    def age_on(self, day: date) -> int:
        """Age in whole years on that day."""
        return day.year - self.born_on.year - ((day.month, day.day) < (self.born_on.month, self.born_on.day))


class PatientPrecaution(Table):
    """A precaution that holds for a patient now; `side` is left, right or empty for both."""

    __tablename__ = "patient_precaution"

    id: Mapped[int] = mapped_column(primary_key=True)
    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id"), index=True)
    precaution: Mapped[str] = mapped_column(String(60))
    side: Mapped[str] = mapped_column(String(10), default="")
    extra: Mapped[dict[str, Any]] = mapped_column(default=dict)
    note: Mapped[str] = mapped_column(Text, default="")
    cleared: Mapped[bool] = mapped_column(default=False)
    cleared_by: Mapped[str] = mapped_column(String(120), default="")
    cleared_on: Mapped[date | None]
    noted_at: Mapped[datetime] = mapped_column(default=now)
    patient: Mapped[Patient] = relationship(back_populates="precautions")


def add_patient(session: Session, patient: Patient, user_id: int) -> Patient:
    """Put a new patient on record."""
    session.add(patient)
    session.flush()
    audit.record(
        session,
        user_id=user_id,
        action="add",
        noun="patient",
        noun_id=patient.id,
        patient_id=patient.id,
    )
    return patient


def change_patient(
    session: Session, patient: Patient, changes: Mapping[str, Any], expected_revision: int, user_id: int
) -> None:
    """Change these fields; `Outdated` when somebody else changed the patient since the form was shown."""
    session.refresh(patient, with_for_update=True)
    if patient.revision != expected_revision:
        raise Outdated(patient.revision)
    changed = sorted(name for name, value in changes.items() if getattr(patient, name) != value)
    if not changed:
        return
    for name in changed:
        setattr(patient, name, changes[name])
    patient.revision += 1
    audit.record(
        session,
        user_id=user_id,
        action="change",
        noun="patient",
        noun_id=patient.id,
        patient_id=patient.id,
        detail={"fields": changed, "revision": patient.revision},
    )
    session.flush()


def next_record_number(session: Session) -> str:
    """A record number that nobody has; it stays free until this session's transaction ends."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("LOCK TABLE patient IN SHARE ROW EXCLUSIVE MODE"))
    number = (session.scalar(select(func.max(Patient.id))) or 0) + 1
    while session.scalar(select(exists().where(Patient.record_number == f"P{number:06}"))):
        number += 1
    return f"P{number:06}"


@event.listens_for(Patient, "before_insert")
@event.listens_for(Patient, "before_update")
def _keep_search_text(_mapper: Any, _connection: Any, patient: Patient) -> None:
    names = (patient.family_name, patient.given_names, patient.preferred_name)
    numbers = (fold(patient.record_number), compact(patient.record_number))
    parts = [fold(name) for name in names if name] + list(dict.fromkeys(numbers))
    patient.search_text = " ".join(part for part in parts if part)
