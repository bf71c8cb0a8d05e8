"""Reference tables that a clinic enters from papers."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_IN_USE = sa.text("retired_at IS NULL")
_KEY = ("table_id", "sex", "age_min", "age_max")
_WORDS = {
    **{"doi": 120, "item": 60, "sex": 20, "unit": 40, "position": 40, "method": 40, "stabilisation": 40},
    **{"pad_site": 200, "aggregate": 120, "population": 400, "page": 40},
}


def upgrade() -> None:
    """Make the table, and let each ages of a table be in use once."""
    op.create_table(
        "norm",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("table_id", sa.String(40), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        *(sa.Column(name, sa.String(length), nullable=False) for name, length in _WORDS.items()),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("age_min", "age_max", "n")),
        *(sa.Column(name, sa.JSON, nullable=False) for name in ("mean", "sd")),
        *_by("entered", nullable=False),
        *_by("checked", nullable=True),
        *_by("retired", nullable=True),
        sa.CheckConstraint(
            "checked_by_id IS NULL OR checked_by_id <> entered_by_id", name="ck_norm_second_person"
        ),
    )
    op.create_index(
        "uq_norm_in_use", "norm", _KEY, unique=True, sqlite_where=_IN_USE, postgresql_where=_IN_USE
    )


def _by(done: str, *, nullable: bool) -> tuple[sa.Column[int], sa.Column[str], sa.Column[object]]:
    return (
        sa.Column(f"{done}_by_id", sa.Integer, sa.ForeignKey("user.id"), nullable=nullable),
        sa.Column(f"{done}_by", sa.String(240), nullable=False),
        sa.Column(f"{done}_at", sa.DateTime, nullable=nullable),
    )
