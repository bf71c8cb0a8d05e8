"""How a value came in: measured by the stopwatch, or unlikely and confirmed."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the two lists of field keys; in the rows from before they are empty."""
    for name in ("timed", "confirmed"):
        op.add_column("finding", sa.Column(name, sa.JSON, nullable=False, server_default="[]"))
