"""What we know: reads the content folder into frozen values; refuses a wrong file by file, key and reason."""

from dataclasses import dataclass
from pathlib import Path

from clinic_app.domain.library import Library, own_sources
from clinic_app.library.checks import problems
from clinic_app.library.errors import ContentError
from clinic_app.library.exercises import load_exercise_library
from clinic_app.library.folder import PACKAGED, laid_over, version_of, where
from clinic_app.library.items import load_items, load_protocols
from clinic_app.library.norms import load_norms
from clinic_app.library.own import load_own_limits, with_own_numbers
from clinic_app.library.rules import load_rules
from clinic_app.library.safety import load_item_ids, load_precautions, load_red_flags
from clinic_app.library.share import load_share
from clinic_app.library.texts import load_evidence, load_guide, load_notes, load_patterns, load_words

__all__ = ["ContentError", "Opened", "load_library", "open_library"]


@dataclass(frozen=True)
class Opened:
    """The content that a clinic works with, and what was wrong with its own files, if anything."""

    library: Library
    refused: ContentError | None = None


def open_library(overrides: Path) -> Opened:
    """The content with the clinic's own files; where one of them is wrong, the packaged content alone.

    A clinic that was open yesterday opens today: what is wrong is told, and none of its files is used.
    """
    try:
        return Opened(load_library(overrides=overrides))
    except ContentError as error:
        return Opened(load_library(), error)


def load_library(folder: Path = PACKAGED, overrides: Path | None = None) -> Library:
    """Read all content once; files in `overrides` replace those of the same name.

    `ContentError` names the file, the key and the reason of the first thing that is wrong.
    """
    with laid_over(folder, overrides) as whole:
        try:
            return _read(whole)
        except ContentError as error:
            raise ContentError(error.file, error.key, error.reason, where(whole, error)) from error


def _read(folder: Path) -> Library:
    ids = load_item_ids(folder)
    items, norms = load_items(folder), load_norms(folder)
    library = Library(
        items=items,
        protocols=load_protocols(folder),
        red_flags=load_red_flags(folder),
        precautions=load_precautions(folder, ids),
        rules=load_rules(folder, items),
        norms=norms,
        patterns=load_patterns(folder),
        notes=load_notes(folder),
        words=load_words(folder),
        evidence=own_sources(norms.values()) | load_evidence(folder),
        exercises=load_exercise_library(folder),
        guide=load_guide(folder),
        own_limits=load_own_limits(folder),
        share=load_share(folder),
        version=version_of(folder),
    )
    for file, key, reason in problems(library, ids):
        raise ContentError(file, key, reason)
    return with_own_numbers(library, folder)
