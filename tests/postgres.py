"""A real PostgreSQL server for the tests, started from Debian's own programs and thrown away after."""

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

MISSING = "PostgreSQL programs not found: apt-get install postgresql"
SETTINGS = "-c listen_addresses='' -c fsync=off -c full_page_writes=off"


def programs() -> Path | None:
    """The folder of the newest PostgreSQL, None when there is none."""
    installed = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda file: float(file.parts[-3])
    )
    on_path = shutil.which("initdb")
    found = installed[-1] if installed else Path(on_path) if on_path else None
    return found.parent if found else None


def must_have() -> bool:
    """Whether a missing PostgreSQL is a failure and no reason to skip."""
    return os.environ.get("REQUIRE_PG") == "1"


@contextlib.contextmanager
def server() -> Iterator[str]:
    """The address of a server of its own, reached by a socket only, gone when the block ends."""
    folder = programs()
    if folder is None:
        raise RuntimeError(MISSING)
    # A socket's path may have 107 bytes.
    root = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp"))
    person = _person(root)
    data = str(root / "data")
    try:
        _run(root, person, folder / "initdb", "-D", data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "-N")
        control = folder / "pg_ctl"
        options = f"-k {root} {SETTINGS}"
        _run(root, person, control, "-D", data, "-w", "-l", str(root / "log"), "-o", options, "start")
        try:
            yield f"postgresql+psycopg://postgres@/postgres?host={root}"
        finally:
            _run(root, person, control, "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(root, ignore_errors=True)


def _person(root: Path) -> dict[str, Any]:
    """PostgreSQL refuses to run as root: then it runs as its own user, who owns the folder."""
    if os.geteuid() != 0:
        return {}
    owner = pwd.getpwnam("postgres")
    os.chown(root, owner.pw_uid, owner.pw_gid)
    return {"user": "postgres", "group": "postgres", "extra_groups": []}


def _run(root: Path, person: dict[str, Any], program: Path, *words: str) -> None:
    done = subprocess.run(
        [str(program), *words],
        check=False,
        cwd=root,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
        **person,
    )
    if done.returncode:
        raise RuntimeError(f"{program.name} failed: {done.stderr}")
