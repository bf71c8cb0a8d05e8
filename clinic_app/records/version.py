"""Whether the database is of this version, told without loading what would bring it there."""

from pathlib import Path

from sqlalchemy import Engine, column, inspect, select, table

VERSIONS = Path(__file__).parent / "migrations" / "versions"
_version = table("alembic_version", column("version_num"))


def newest() -> str:
    """The last change of the tables that this version knows: its file begins with its number."""
    return max(file.name.partition("_")[0] for file in VERSIONS.glob("[0-9]*_*.py"))


def is_current(engine: Engine) -> bool:
    """Whether the database is exactly as this version wants it; one of a newer version is not."""
    with engine.connect() as connection:
        if not inspect(connection).has_table(_version.name):
            return False
        return list(connection.scalars(select(_version.c.version_num))) == [newest()]
