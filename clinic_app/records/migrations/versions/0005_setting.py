"""What a clinic sets otherwise than published, row by row, and the number that tells that it changed."""

from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the table, whose rows are never changed, and count the changes on the clinic's own row."""
    op.create_table(
        "setting",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("key", sa.String(80), nullable=False),
        sa.Column("value", sa.JSON, nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_by_id", sa.Integer, sa.ForeignKey("user.id"), nullable=False),
        sa.Column("made_by", sa.String(240), nullable=False),
        sa.Column("made_at", sa.DateTime, nullable=False),
    )
    op.create_index("ix_setting_key_id", "setting", ["key", "id"])
    op.add_column("clinic", sa.Column("content_revision", sa.Integer, nullable=False, server_default="0"))
    connection = op.get_bind()
    statements = Path(__file__).with_suffix(f".{connection.dialect.name}.sql").read_text("utf-8")
    for statement in statements.split(";\n\n"):
        connection.exec_driver_sql(statement)
