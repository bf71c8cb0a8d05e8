"""The ground all rows stand on: naming of constraints, moments in UTC, and JSON that keeps decimals."""

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import DateTime, MetaData
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import JSON, TypeDecorator


class Moment(TypeDecorator[datetime]):
    """A moment in UTC: stored without offset, read back with it; a naive one is refused."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Any) -> datetime | None:
        """Store the moment in UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, _dialect: Any) -> datetime | None:
        """Read it back as UTC."""
        return None if value is None else value.replace(tzinfo=UTC)


class Facts(TypeDecorator[Any]):
    """JSON whose decimals come back as they were given: 61.50 is stored as `{"decimal": "61.50"}`.

    A change inside a stored value is not noticed: assign a new one.
    """

    impl = JSON(none_as_null=True)
    cache_ok = True

    def process_bind_param(self, value: Any, _dialect: Any) -> Any:
        """Mark the decimals."""
        return _marked(value)

    def process_result_value(self, value: Any, _dialect: Any) -> Any:
        """Turn marked decimals back."""
        return _unmarked(value)


def _marked(value: Any) -> Any:
    if isinstance(value, Decimal):
        return {"decimal": str(value)}
    if isinstance(value, Mapping):
        return {key: _marked(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_marked(part) for part in value]
    return value


def _unmarked(value: Any) -> Any:
    """The value itself, changed in place: it was just read, and a stored report has thousands of parts."""
    if isinstance(value, dict):
        if value.keys() == {"decimal"}:
            return Decimal(value["decimal"])
        for key, part in value.items():
            if isinstance(part, dict | list):
                value[key] = _unmarked(part)
    elif isinstance(value, list):
        for place, part in enumerate(value):
            if isinstance(part, dict | list):
                value[place] = _unmarked(part)
    return value


def now() -> datetime:
    """This moment in UTC."""
    return datetime.now(UTC)


class Table(DeclarativeBase):
    """What every row class derives from."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: Moment, dict[str, Any]: Facts, list[Any]: Facts}  # noqa: RUF012
