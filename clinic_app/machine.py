"""What this machine must have before anything starts. Runs on a bare Python: the standard library only."""

import ctypes
import ctypes.util
import os
import sys

OLDEST_PYTHON = (3, 11)
# The library's short name, its file on Linux, and Debian's package that holds it.
LIBRARIES = (
    ("gobject-2.0", "libgobject-2.0.so.0", "libglib2.0-0"),
    ("pango-1.0", "libpango-1.0.so.0", "libpango-1.0-0"),
    ("pangoft2-1.0", "libpangoft2-1.0.so.0", "libpangoft2-1.0-0"),
    ("harfbuzz", "libharfbuzz.so.0", "libharfbuzz0b"),
    ("harfbuzz-subset", "libharfbuzz-subset.so.0", "libharfbuzz-subset0"),
    ("fontconfig", "libfontconfig.so.1", "libfontconfig1"),
)


def missing() -> list[str]:
    """One sentence for each thing that is missing, each with the line that installs it."""
    return [sentence for sentence in (_python(), _venv(), _pango()) if sentence]


def _python() -> str:
    if sys.version_info >= OLDEST_PYTHON:
        return ""
    here = ".".join(map(str, sys.version_info[:2]))
    return (
        f"Python 3.11 or newer is needed, this is {here}. "
        f"Install it and say which: {_apt('python3.11 python3.11-venv')} && make run PYTHON=python3.11"
    )


def _venv() -> str:
    try:
        import ensurepip  # noqa: F401, PLC0415
    except ImportError:
        return f"Python's own environments are missing. Install them: {_apt('python3-venv')}"
    return ""


def _pango() -> str:
    packages = [package for name, file, package in LIBRARIES if not found(name, file)]
    if not packages:
        return ""
    if sys.platform == "darwin":
        return "Pango, which sets the printed pages, is missing. Install it: brew install pango"
    return f"Pango, which sets the printed pages, is missing. Install it: {_apt(' '.join(packages))}"


def found(name: str, file: str) -> bool:
    """Whether the library can be loaded, by its file or by its short name."""
    for candidate in (file, ctypes.util.find_library(name)):
        try:
            if candidate and ctypes.CDLL(candidate):
                return True
        except OSError:
            continue
    return False


def _apt(packages: str) -> str:
    sudo = "" if os.geteuid() == 0 else "sudo "
    return f"{sudo}apt-get install --no-install-recommends {packages}"


if __name__ == "__main__":
    sentences = missing()
    print("\n".join(sentences), file=sys.stderr, end="\n" if sentences else "")
    sys.exit(1 if sentences else 0)
