"""Names the Debian packages of the programs that the tests drive and this machine lacks."""

import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from clinic_app import machine

# What the browser's driver needs, and a small machine may lack.
DRIVER = (("atomic", "libatomic.so.1", "libatomic1"),)


def wanted() -> list[str]:
    """The packages to install, for apt-get."""
    needed = (*machine.LIBRARIES, *DRIVER)
    packages = [package for name, file, package in needed if not machine.found(name, file)]
    if not any(map(shutil.which, ("chromium-headless-shell", "chromium"))):
        packages.append("chromium-headless-shell")
    # Tells a browser which certificates to trust.
    if not shutil.which("certutil"):
        packages.append("libnss3-tools")
    if not list(Path("/usr/lib/postgresql").glob("*/bin/initdb")):
        packages.append("postgresql")
    return packages


if __name__ == "__main__":
    print(" ".join(wanted()))
