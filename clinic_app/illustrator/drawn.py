"""What the committed pictures were drawn from: hashes that tell whether one is out of date."""

import hashlib
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

SOURCES = Path(__file__).parent
LIST = "drawn.toml"
HEADING = (
    "# By `clinic draw`: the SHA-256 of each picture, and of the pose and the program it was drawn from.\n"
)


@dataclass(frozen=True, slots=True)
class Drawn:
    """One line of the list."""

    drawn_from: str
    picture: str


def hash_of(content: bytes) -> str:
    """The SHA-256, as hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def hash_of_sources(pose_file: Path) -> str:
    """The SHA-256 of a pose file and of all that draws it, whatever their line ends."""
    return hash_of((_hash_of_illustrator() + hash_of(_read(pose_file))).encode())


@cache
def _hash_of_illustrator() -> str:
    files = sorted(file for file in SOURCES.iterdir() if file.suffix in (".py", ".toml"))
    return hash_of("".join(f"{file.name} {hash_of(_read(file))}\n" for file in files).encode())


def _read(file: Path) -> bytes:
    return file.read_text("utf-8").encode()


def read_drawn(folder: Path) -> dict[str, Drawn]:
    """Picture -> its line of the list in `folder`, none when there is no list."""
    file = folder / LIST
    told = tomllib.loads(file.read_text("utf-8")) if file.is_file() else {}
    return {name: Drawn(**line) for name, line in told.items()}


def write_drawn(folder: Path, drawn: dict[str, Drawn]) -> None:
    """Write the list into `folder`, in the order of the names."""
    lines = [
        f'{name} = {{ drawn_from = "{line.drawn_from}", picture = "{line.picture}" }}\n'
        for name, line in sorted(drawn.items())
    ]
    (folder / LIST).write_text(HEADING + "".join(lines), "utf-8")
