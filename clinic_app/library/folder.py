"""The content folder: its files, the clinic's own laid over them, and the version of the whole."""

import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from clinic_app.library.errors import ContentError
from clinic_app.library.lines import line_of

PACKAGED = Path(__file__).parent.parent / "content"


def content_files(folder: Path) -> list[Path]:
    """Every content file below `folder`, relative to it, in a fixed order."""
    return sorted(file.relative_to(folder) for file in folder.rglob("*.toml") if file.is_file())


def version_of(folder: Path) -> str:
    """The SHA-256, as hexadecimal, over the names and bytes of all content files."""
    digest = hashlib.sha256()
    for file in content_files(folder):
        content = (folder / file).read_bytes()
        digest.update(f"{file.as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


@contextmanager
def laid_over(folder: Path, overrides: Path | None) -> Iterator[Path]:
    """`folder`, with the files of `overrides` in place of those of the same name and beside the others."""
    own = content_files(overrides) if overrides and overrides.is_dir() else []
    if not overrides or not own:
        yield folder
        return
    with tempfile.TemporaryDirectory(prefix="content-") as made:
        merged = Path(made)
        for source, files in ((folder, content_files(folder)), (overrides, own)):
            for file in files:
                (merged / file).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source / file, merged / file)
        yield merged


def where(folder: Path, error: ContentError) -> int:
    """The line that the error is about, 0 when it cannot be told; an unknown key is itself looked for."""
    _told, unknown, names = error.reason.partition("unknown key: ")
    key = ".".join(part for part in (error.key, names.split(", ")[0] if unknown else "") if part)
    files = [*sorted(folder.rglob(error.file)), *sorted((folder / error.file).glob("*.toml"))]
    lines = (line_of(file.read_text("utf-8", "replace"), key) for file in files if file.is_file())
    return next((line for line in lines if line), 0)
