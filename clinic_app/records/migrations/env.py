"""Runs the changes on the connection that `records/migrate.py` hands over."""

from typing import Any

from alembic import context
from sqlalchemy import Connection

import clinic_app.records
from clinic_app.records.table import Table

assert clinic_app.records.__all__  # noqa: S101


def include_object(_item: Any, name: str | None, kind: str, reflected: bool, _other: Any) -> bool:
    """Leave the search table of SQLite alone: it is made and kept by hand."""
    return not (kind == "table" and reflected and str(name).startswith("patient_fts"))


connection: Connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Table.metadata,
    render_as_batch=True,
    compare_type=True,
    include_object=include_object,
)
with context.begin_transaction():
    context.run_migrations()
