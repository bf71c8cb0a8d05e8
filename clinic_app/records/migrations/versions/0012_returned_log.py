"""The log of a home programme that came back, week by week."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Make the table: a row for each week, exercise or all, and author."""
    op.create_table(
        "returned_log",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("programme_id", sa.Integer, sa.ForeignKey("programme.id"), nullable=False),
        sa.Column("week", sa.Integer, nullable=False),
        sa.Column("exercise", sa.String(60), nullable=False),
        sa.Column("author", sa.String(10), nullable=False),
        *(sa.Column(name, sa.Integer, nullable=True) for name in ("days_done", "pain", "pain_next_morning")),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("entered_by_id", sa.Integer, sa.ForeignKey("user.id"), nullable=True),
        sa.Column("entered_by", sa.String(240), nullable=False),
        sa.Column("entered_at", sa.DateTime, nullable=False),
        sa.UniqueConstraint("programme_id", "week", "exercise", "author"),
        sa.CheckConstraint("days_done BETWEEN 0 AND 7", name="ck_returned_log_days_done"),
        sa.CheckConstraint("pain BETWEEN 0 AND 10", name="ck_returned_log_pain"),
        sa.CheckConstraint("pain_next_morning BETWEEN 0 AND 10", name="ck_returned_log_pain_next_morning"),
        sa.CheckConstraint("(author = 'user') = (entered_by_id IS NOT NULL)", name="ck_returned_log_author"),
    )
