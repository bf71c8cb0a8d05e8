"""Reads norms/: the reference values, one file each."""

from pathlib import Path

from clinic_app.domain.reference import Norm
from clinic_app.library.items import read_each


def load_norms(folder: Path) -> dict[str, Norm]:
    """Read every norm below `folder`/norms."""
    return dict(read_each(folder / "norms", Norm))
