"""Builds the compiled message catalogues (.mo) from the readable ones (.po) whenever the package is built."""

import os
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface[Any]):
    """Compiles every catalogue beside its source."""

    def initialize(self, _version: str, _build_data: dict[str, Any]) -> None:
        """Write `messages.mo` for each `messages.po` below the package."""
        for po in Path(self.root, "clinic_app", "translations").rglob("*.po"):
            # A clinic that runs from here reads the old catalogue or the new one, never half of it.
            unfinished = po.with_suffix(f".{os.getpid()}")
            with po.open("rb") as source, unfinished.open("wb") as target:
                write_mo(target, read_po(source))
            unfinished.replace(po.with_suffix(".mo"))
