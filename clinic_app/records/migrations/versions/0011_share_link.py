"""Links with which patients read their handouts: what each opens, until when, and what became of it."""

from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Make the table; what a link opens, and until when, is never changed, and what was revoked stays so."""
    op.create_table(
        "share_link",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("token_hash", sa.String(64), nullable=False, unique=True),
        sa.Column("document_id", sa.Integer, sa.ForeignKey("document.id"), nullable=False, index=True),
        sa.Column("made_by_id", sa.Integer, sa.ForeignKey("user.id"), nullable=False),
        sa.Column("made_by", sa.String(240), nullable=False),
        sa.Column("made_at", sa.DateTime, nullable=False),
        sa.Column("expires_at", sa.DateTime, nullable=False),
        sa.Column("wrong_years", sa.Integer, nullable=False),
        sa.Column("opened", sa.Integer, nullable=False),
        sa.Column("opened_at", sa.DateTime),
        sa.Column("revoked_at", sa.DateTime),
        sa.Column("revoked_by_id", sa.Integer, sa.ForeignKey("user.id")),
        sa.Column("revoked_by", sa.String(240), nullable=False),
    )
    connection = op.get_bind()
    statements = Path(__file__).with_suffix(f".{connection.dialect.name}.sql").read_text("utf-8")
    for statement in statements.split(";\n\n"):
        connection.exec_driver_sql(statement)
