"""What we know: reads the content folder into frozen values; refuses a wrong file by file, key and reason."""

from pathlib import Path

from clinic_app.domain.library import Library
from clinic_app.library.checks import problems
from clinic_app.library.errors import ContentError
from clinic_app.library.exercises import load_exercise_library
from clinic_app.library.folder import PACKAGED, laid_over, version_of
from clinic_app.library.items import load_items, load_protocols
from clinic_app.library.rules import load_rules
from clinic_app.library.safety import load_item_ids, load_precautions, load_red_flags
from clinic_app.library.texts import load_evidence, load_guide, load_notes, load_patterns, load_words

__all__ = ["ContentError", "load_library"]


def load_library(folder: Path = PACKAGED, overrides: Path | None = None) -> Library:
    """Read all content once; files in `overrides` replace those of the same name.

    `ContentError` names the file, the key and the reason of the first thing that is wrong.
    """
    with laid_over(folder, overrides) as whole:
        return _read(whole)


def _read(folder: Path) -> Library:
    ids = load_item_ids(folder)
    library = Library(
        items=load_items(folder),
        protocols=load_protocols(folder),
        red_flags=load_red_flags(folder),
        precautions=load_precautions(folder, ids),
        rules=load_rules(folder),
        patterns=load_patterns(folder),
        notes=load_notes(folder),
        words=load_words(folder),
        evidence=load_evidence(folder),
        exercises=load_exercise_library(folder),
        guide=load_guide(folder),
        version=version_of(folder),
    )
    for file, key, reason in problems(library, ids):
        raise ContentError(file, key, reason)
    return library
