"""What a programme's goal and days are, and the clinic's own templates of programmes."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add the goal and the days, which programmes from before have not, and the table of templates."""
    op.add_column("programme", sa.Column("goal", sa.Text(), nullable=False, server_default=""))
    for name in ("start_on", "review_on", "retest_on"):
        op.add_column("programme", sa.Column(name, sa.Date, nullable=True))
    op.create_table(
        "programme_template",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("lines", sa.JSON, nullable=False),
        sa.Column("made_by_id", sa.Integer, sa.ForeignKey("user.id"), nullable=False),
        sa.Column("made_by", sa.String(240), nullable=False),
        sa.Column("made_at", sa.DateTime, nullable=False),
        sa.UniqueConstraint("name", name="uq_programme_template_name"),
    )
