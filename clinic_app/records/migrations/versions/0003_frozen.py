"""What is signed stays: the database itself refuses to change it, whoever asks.

Frozen are a signed or stopped screening with its findings and decisions, an approved programme, every
document and every audit event. The statements stand beside this file, one set for each database, with an
empty line between two.
"""

from pathlib import Path

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Put the triggers in place."""
    connection = op.get_bind()
    statements = Path(__file__).with_suffix(f".{connection.dialect.name}.sql").read_text("utf-8")
    for statement in statements.split(";\n\n"):
        connection.exec_driver_sql(statement)
