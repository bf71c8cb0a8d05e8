"""A statement that is compiled once: working it out anew at each save costs more than running it."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from sqlalchemy import Connection, CursorResult, Dialect
from sqlalchemy.sql import ClauseElement

Processor = Callable[[Any], Any]


class Prepared:
    """A statement in a database's own words, with what turns our values into the database's."""

    def __init__(self, statement: ClauseElement, dialect: Dialect) -> None:
        compiled: Any = statement.compile(dialect=dialect)
        self.sql = str(compiled)
        self.fixed: Mapping[str, Any] = compiled.params
        self.order: list[str] | None = compiled.positiontup
        kinds = {name: bind.type.dialect_impl(dialect) for bind, name in compiled.bind_names.items()}
        self.processors: Mapping[str, Processor] = {
            name: process for name, kind in kinds.items() if (process := kind.bind_processor(dialect))
        }

    def run(self, connection: Connection, values: Mapping[str, Any]) -> CursorResult[Any]:
        """Send it with these values; results come as the driver gives them."""
        sent = {**self.fixed, **values}
        for name, process in self.processors.items():
            sent[name] = process(sent[name])
        parameters = sent if self.order is None else tuple([sent[name] for name in self.order])
        return connection.exec_driver_sql(self.sql, parameters)


@cache
def prepared(statement: Callable[[str], ClauseElement], dialect: Dialect) -> Prepared:
    """The statement that this function makes for the named database, compiled at its first use."""
    return Prepared(statement(dialect.name), dialect)
