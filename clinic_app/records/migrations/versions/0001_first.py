"""The first tables: the clinic and its people, patients, screenings, programmes, documents, the audit."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables, each after those it refers to."""
    _clinic()
    _people()
    _patients()
    _screenings()
    _findings()
    _programmes()
    _documents()
    _audit()


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.Integer, primary_key=True)


def _text(name: str, length: int | None = None) -> sa.Column[str]:
    return sa.Column(name, sa.String(length) if length else sa.Text(), nullable=False)


def _number(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=nullable)


def _yes_no(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean, nullable=False)


def _day(name: str, *, nullable: bool = False) -> sa.Column[date]:
    return sa.Column(name, sa.Date, nullable=nullable)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[datetime]:
    return sa.Column(name, sa.DateTime, nullable=nullable)


def _json(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.JSON, nullable=nullable)


def _link(name: str, table: str, *, nullable: bool = False, index: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, sa.ForeignKey(f"{table}.id"), nullable=nullable, index=index)


def _clinic() -> None:
    op.create_table(
        "clinic",
        _id(),
        _text("name", 120),
        _text("address", 400),
        _text("phone", 40),
        _text("emergency_number", 20),
        _text("paper", 10),
        _text("mass_unit", 5),
        _text("force_unit", 5),
        _text("time_zone", 60),
        _text("language", 10),
        _yes_no("is_demo"),
        _moment("created_at"),
    )
    op.create_table(
        "setup_link",
        _id(),
        sa.Column("token_hash", sa.String(64), nullable=False, unique=True),
        _moment("created_at"),
    )


def _people() -> None:
    op.create_table(
        "user",
        _id(),
        sa.Column("username", sa.String(80), nullable=False, unique=True),
        _text("name", 120),
        _text("title", 40),
        _text("licence", 60),
        _text("role", 20),
        _text("password_hash", 200),
        _yes_no("must_change_password"),
        _moment("created_at"),
        _moment("disabled_at", nullable=True),
    )
    op.create_table(
        "login",
        _id(),
        _link("user_id", "user", index=True),
        sa.Column("token_hash", sa.String(64), nullable=False, unique=True),
        _text("device", 200),
        _moment("started_at"),
        _moment("seen_at"),
        _moment("ended_at", nullable=True),
    )
    op.create_table(
        "attempt",
        sa.Column("key", sa.String(200), primary_key=True),
        sa.Column("window_started_at", sa.DateTime, primary_key=True),
        _number("count"),
        _moment("last_at"),
    )


def _patients() -> None:
    op.create_table(
        "patient",
        _id(),
        _text("family_name", 80),
        _text("given_names", 80),
        _text("preferred_name", 80),
        sa.Column("born_on", sa.Date, nullable=False, index=True),
        sa.Column("record_number", sa.String(40), nullable=False, unique=True),
        _text("sex", 20),
        _text("language", 10),
        _text("print_size", 10),
        _text("phone", 40),
        _text("email", 200),
        _text("note"),
        _text("search_text"),
        _number("revision"),
        _moment("created_at"),
        _moment("updated_at"),
    )
    op.create_index("ix_patient_search_text_id", "patient", ["search_text", "id"])
    op.create_table(
        "patient_precaution",
        _id(),
        _link("patient_id", "patient", index=True),
        _text("precaution", 60),
        _text("side", 10),
        _json("extra"),
        _text("note"),
        _yes_no("cleared"),
        _text("cleared_by", 120),
        _day("cleared_on", nullable=True),
        _moment("noted_at"),
    )


def _screenings() -> None:
    op.create_table(
        "screening",
        _id(),
        _link("patient_id", "patient"),
        _text("protocol", 40),
        _text("status", 20),
        _day("taken_on"),
        _text("reason"),
        _text("impression"),
        _text("action_taken"),
        _link("started_by_id", "user"),
        _moment("started_at"),
        _moment("touched_at"),
        _link("signed_by_id", "user", nullable=True),
        _moment("signed_at", nullable=True),
        _text("signature", 240),
        _text("content_version", 64),
        _json("report", nullable=True),
        _text("report_sha256", 64),
    )
    op.create_index("ix_screening_patient_id_taken_on_id", "screening", ["patient_id", "taken_on", "id"])
    op.create_index("ix_screening_status_touched_at_id", "screening", ["status", "touched_at", "id"])
    op.create_index("ix_screening_signed_at_id", "screening", ["signed_at", "id"])


def _findings() -> None:
    op.create_table(
        "finding",
        _id(),
        _link("screening_id", "screening"),
        _text("item", 60),
        _text("side", 10),
        _text("status", 20),
        _text("not_done_reason", 40),
        _number("pain", nullable=True),
        _text("pain_limited", 10),
        _json("compensations"),
        _json("values"),
        sa.Column("number", sa.Numeric(12, 4), nullable=True),
        _text("note"),
        _text("opened_because"),
        _number("revision"),
        _text("key", 80),
        _link("saved_by_id", "user"),
        _moment("saved_at"),
        sa.UniqueConstraint("screening_id", "item", "side"),
    )
    op.create_table(
        "decision",
        _id(),
        _link("screening_id", "screening"),
        _text("kind", 20),
        _text("subject", 60),
        _text("side", 10),
        _text("value", 40),
        _text("reason"),
        _link("made_by_id", "user"),
        _text("made_by", 240),
        _moment("made_at"),
        sa.UniqueConstraint("screening_id", "kind", "subject", "side"),
    )


def _programmes() -> None:
    op.create_table(
        "programme",
        _id(),
        _link("screening_id", "screening", index=True),
        _link("patient_id", "patient", index=True),
        _text("status", 20),
        _json("circumstances"),
        _json("lines"),
        _number("revision"),
        _link("created_by_id", "user"),
        _moment("created_at"),
        _link("approved_by_id", "user", nullable=True),
        _moment("approved_at", nullable=True),
        _text("approved_by", 240),
        _json("frozen", nullable=True),
    )


def _documents() -> None:
    edition = ("screening_id", "kind", "paper", "language", "print_size", "source_sha256")
    op.create_table(
        "document",
        _id(),
        _link("patient_id", "patient", index=True),
        _link("screening_id", "screening"),
        _link("programme_id", "programme", nullable=True),
        _text("kind", 20),
        _text("paper", 10),
        _text("language", 10),
        _text("print_size", 10),
        _text("source_sha256", 64),
        _text("sha256", 64),
        _number("pages"),
        sa.Column("content", sa.LargeBinary, nullable=False),
        _link("made_by_id", "user"),
        _moment("made_at"),
        sa.UniqueConstraint(*edition, name="uq_document_edition"),
    )


def _audit() -> None:
    op.create_table(
        "audit_event",
        _id(),
        _moment("at"),
        _link("user_id", "user", nullable=True),
        _text("action", 40),
        _text("noun", 40),
        _number("noun_id", nullable=True),
        _link("patient_id", "patient", nullable=True),
        _json("detail"),
    )
    op.create_index("ix_audit_event_patient_id_at", "audit_event", ["patient_id", "at"])
