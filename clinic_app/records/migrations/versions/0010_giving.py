"""Which document was given to its patient, on which day and by whom; what is noted stays."""

from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Make the table, whose rows are never changed."""
    op.create_table(
        "giving",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("document_id", sa.Integer, sa.ForeignKey("document.id"), nullable=False),
        sa.Column("patient_id", sa.Integer, sa.ForeignKey("patient.id"), nullable=False, index=True),
        sa.Column("given_on", sa.Date, nullable=False),
        sa.Column("taught_back", sa.Boolean, nullable=False),
        sa.Column("given_by_id", sa.Integer, sa.ForeignKey("user.id"), nullable=False),
        sa.Column("given_by", sa.String(240), nullable=False),
        sa.Column("noted_at", sa.DateTime, nullable=False),
        sa.UniqueConstraint("document_id", "given_on"),
    )
    connection = op.get_bind()
    statements = Path(__file__).with_suffix(f".{connection.dialect.name}.sql").read_text("utf-8")
    for statement in statements.split(";\n\n"):
        connection.exec_driver_sql(statement)
