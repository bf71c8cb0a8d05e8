"""`clinic doctor`: says whether this installation is sound, one line for each thing that it needs."""

import shutil
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import available_timezones

import click
from sqlalchemy import Engine, make_url, text

from clinic_app import machine
from clinic_app.app import FILES
from clinic_app.config import SettingError, Settings
from clinic_app.lan.certificate import ends, files_of
from clinic_app.library import ContentError, load_library
from clinic_app.pdf import Printer, PrintError
from clinic_app.records.clinic import the_clinic
from clinic_app.records.engine import make_engine, sessions
from clinic_app.records.version import is_current

LEAST_FREE_MB = 500
FONTS = ("latin-400-normal", "latin-600-normal", "latin-700-normal")
# This version was made after this day; a clock before it is wrong.
MADE_AFTER = date(2026, 11, 1)


class UnsoundError(Exception):
    """Something that the clinic needs is not as it should be; the sentence says what to do."""


def database(settings: Settings, engine: Engine) -> str:
    """It can be reached, and SQLite's own check finds it whole."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            found = connection.execute(text("PRAGMA quick_check")).scalar()
            if found != "ok":
                raise UnsoundError(f"{found}. Restore the last backup")
            return f"SQLite, {Path(make_url(settings.database_url).database or '').name}, whole"
        return f"PostgreSQL {connection.execute(text('SHOW server_version')).scalar()}"


def migrations(_settings: Settings, engine: Engine) -> str:
    """Its tables are those of this version."""
    if not is_current(engine):
        raise UnsoundError("the tables are not those of this version. Start the clinic once: make run")
    return "the tables are those of this version"


def content(settings: Settings, _engine: Engine) -> str:
    """Every content file can be read, the clinic's own ones too."""
    library = load_library(overrides=settings.folder / "content")
    return f"version {library.version[:12]}, {len(library.items)} tests, not reviewed by a second therapist"


def fonts(_settings: Settings, _engine: Engine) -> str:
    """The fonts that the documents embed are there."""
    folder = FILES / "static" / "fonts"
    lacking = [name for name in FONTS if not list(folder.glob(f"*{name}.woff2"))]
    if lacking:
        raise UnsoundError(f"{', '.join(lacking)} not in {folder}. Install again: make setup")
    return "all there"


def pdf(_settings: Settings, _engine: Engine) -> str:
    """A page can be printed."""
    printer = Printer(FILES / "static")
    try:
        page = '<html lang="en"><head><title>Check</title></head><body><h1>Check</h1></body></html>'
        return f"a page prints, {len(printer.print(page)):,} bytes"
    finally:
        printer.stop()


def tablets(settings: Settings, _engine: Engine) -> str:
    """The certificate that tablets are served with has not ended."""
    own = settings.certificate
    file = Path(own) if own else files_of(settings.folder).certificate
    if not own and not file.exists():
        return "not opened to them: make run LAN=1"
    until = ends(file)
    if until < datetime.now(UTC):
        mend = "Bring a new one" if own else "Start again, and a new one is made: make run LAN=1"
        raise UnsoundError(f"the certificate {file.name} ended on {until:%Y-%m-%d}. {mend}")
    return f"the certificate {file.name} holds until {until:%Y-%m-%d}"


def space(settings: Settings, _engine: Engine) -> str:
    """There is room to go on."""
    free = shutil.disk_usage(settings.folder).free // 1_000_000
    if free < LEAST_FREE_MB:
        raise UnsoundError(f"{free} MB free, at least {LEAST_FREE_MB} MB are needed")
    return f"{free:,} MB free"


def clock(_settings: Settings, engine: Engine) -> str:
    """The clock is not in the past, and the clinic's time zone is known here."""
    now = datetime.now(UTC)
    if now.date() < MADE_AFTER:
        raise UnsoundError(f"it says {now:%Y-%m-%d %H:%M} UTC, which is past. Set the machine's clock")
    if is_current(engine):
        with sessions(engine)[0]() as session:
            clinic = the_clinic(session)
        if clinic and clinic.time_zone not in available_timezones():
            raise UnsoundError(f"the time zone {clinic.time_zone} is not known here. Install tzdata")
    return f"{now:%Y-%m-%d %H:%M} UTC"


CHECKS: dict[str, Callable[[Settings, Engine], str]] = {
    "Database": database,
    "Tables": migrations,
    "Content": content,
    "Fonts": fonts,
    "Printing": pdf,
    "Tablets": tablets,
    "Free space": space,
    "Clock": clock,
}


@click.command("doctor")
def command() -> None:
    """Check this installation; the exit status is 1 when something is not sound."""
    if sentences := machine.missing():
        sys.exit("\n".join(sentences))
    try:
        settings = Settings.from_environment()
    except SettingError as error:
        sys.exit(str(error))
    engine = make_engine(settings.database_url)
    sound = [_checked(name, check, settings, engine) for name, check in CHECKS.items()]
    sys.exit(0 if all(sound) else 1)


def _checked(name: str, check: Callable[[Settings, Engine], str], settings: Settings, engine: Engine) -> bool:
    try:
        found, sound = check(settings, engine), True
    except (UnsoundError, ContentError, PrintError, OSError) as error:
        found, sound = str(error), False
    except Exception as error:  # whatever it is, the other checks go on
        found, sound = f"{type(error).__name__}: {error}", False
    click.echo(f"{'ok ' if sound else 'BAD'}  {name:<11} {found}")
    return sound
