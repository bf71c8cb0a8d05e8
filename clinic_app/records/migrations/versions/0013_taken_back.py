"""What was wrongly noted as given is taken back, once: by whom, when and why stays beside it."""

from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

STANDING = sa.text("taken_back_at IS NULL")


def upgrade() -> None:
    """Add the columns; a document is noted once a day among the notes that stand."""
    connection = op.get_bind()
    who = sa.ForeignKey("user.id", name="fk_giving_taken_back_by_id_user")
    with op.batch_alter_table("giving") as giving:
        giving.drop_constraint("uq_giving_document_id_given_on", type_="unique")
        giving.add_column(sa.Column("taken_back_at", sa.DateTime, nullable=True))
        giving.add_column(sa.Column("taken_back_by_id", sa.Integer, who, nullable=True))
        giving.add_column(sa.Column("taken_back_by", sa.String(240), nullable=False, server_default=""))
        giving.add_column(sa.Column("taken_back_why", sa.String(200), nullable=False, server_default=""))
    op.create_index(
        "ix_giving_standing",
        "giving",
        ["document_id", "given_on"],
        unique=True,
        sqlite_where=STANDING,
        postgresql_where=STANDING,
    )
    statements = Path(__file__).with_suffix(f".{connection.dialect.name}.sql").read_text("utf-8")
    for statement in statements.split(";\n\n"):
        connection.exec_driver_sql(statement)
