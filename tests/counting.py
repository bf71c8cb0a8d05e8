"""Counts what a page asks of the database."""

from collections.abc import Callable
from typing import Any

from flask import Flask
from sqlalchemy import event


def queries_of(app: Flask, act: Callable[[], Any]) -> list[str]:
    """The SELECT statements that `act` sends."""
    sent: list[str] = []
    engine = app.extensions["clinic"]["engine"]

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.startswith("SELECT"):
            sent.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        act()
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return sent
