"""Referral letters; a signed one is never changed."""

from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Make the table, and let the database refuse to change a signed letter."""
    op.create_table(
        "letter",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("screening_id", sa.Integer, sa.ForeignKey("screening.id"), nullable=False, index=True),
        sa.Column("patient_id", sa.Integer, sa.ForeignKey("patient.id"), nullable=False, index=True),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("to_name", sa.String(120), nullable=False),
        sa.Column("to_place", sa.String(300), nullable=False),
        sa.Column("urgency", sa.String(20), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("findings", sa.Text, nullable=False),
        sa.Column("done", sa.Text, nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("created_by_id", sa.Integer, sa.ForeignKey("user.id"), nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("filled_at", sa.DateTime, nullable=False),
        sa.Column("signed_by_id", sa.Integer, sa.ForeignKey("user.id"), nullable=True),
        sa.Column("signed_by", sa.String(240), nullable=False),
        sa.Column("signed_at", sa.DateTime, nullable=True),
        sa.Column("frozen", sa.JSON, nullable=True),
    )
    connection = op.get_bind()
    statements = Path(__file__).with_suffix(f".{connection.dialect.name}.sql").read_text("utf-8")
    for statement in statements.split(";\n\n"):
        connection.exec_driver_sql(statement)
