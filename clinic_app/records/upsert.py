"""Insert or update in one statement, in the words of either database."""

from typing import Any

from sqlalchemy import BindParameter, FromClause, Table, bindparam
from sqlalchemy.dialects import postgresql, sqlite

Insert = sqlite.Insert | postgresql.Insert

_INSERT: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def insert_into(table: FromClause, dialect: str) -> Insert:
    """An insert into `table` that knows `on_conflict_do_update`; `dialect` is sqlite or postgresql."""
    assert isinstance(table, Table)  # noqa: S101
    insert: Insert = _INSERT[dialect](table)
    return insert


def insert_row(table: FromClause, dialect: str) -> Insert:
    """An insert that is given every column but the id, each under its own name."""
    values: dict[str, BindParameter[Any]] = {
        column.name: bindparam(column.name) for column in table.c if column.name != "id"
    }
    return insert_into(table, dialect).values(values)
