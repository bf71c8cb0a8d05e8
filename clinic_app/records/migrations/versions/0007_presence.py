"""Who has a screening open right now, and what a device is called."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the table, and give a sign-in the name of its device; those from before have none."""
    op.create_table(
        "presence",
        sa.Column("login_id", sa.Integer, sa.ForeignKey("login.id"), primary_key=True),
        sa.Column("tab", sa.String(40), primary_key=True),
        sa.Column("screening_id", sa.Integer, sa.ForeignKey("screening.id"), nullable=False, index=True),
        sa.Column("step", sa.String(60), nullable=False),
        sa.Column("seen_at", sa.DateTime, nullable=False),
    )
    op.add_column("login", sa.Column("device_name", sa.String(40), nullable=False, server_default=""))
