"""Reads the exercise side of the content folder; refuses a wrong file by file, key and reason."""

from collections.abc import Iterator
from pathlib import Path

from clinic_app.domain.exercise import Exercise, Source
from clinic_app.domain.exercise_library import Dosage, ExerciseLibrary
from clinic_app.domain.handout import Handout
from clinic_app.domain.progress_rules import ProgressRules
from clinic_app.domain.selection import Selection, Tag
from clinic_app.library.errors import ContentError
from clinic_app.library.exercise_checks import FAVOURITES, problems
from clinic_app.library.progress_checks import LOG_WORDS, PROGRESS, progress_problems
from clinic_app.library.structure import read


def load_exercise_library(folder: Path) -> ExerciseLibrary:
    """Read the exercises and all that goes with them; `ContentError` names what is wrong in which file."""
    library = ExerciseLibrary(
        exercises=tuple(sorted(_exercises(folder / "exercises"), key=lambda exercise: exercise.order)),
        dosage=read(folder / "dosage.toml", Dosage),
        tags=read(folder / "exercise_tags.toml", dict[str, Tag]),
        selection=read(folder / "selection.toml", Selection),
        handout=read(folder / "handout.toml", Handout),
        progress=read(folder / PROGRESS, ProgressRules),
        log_words=read(folder / LOG_WORDS, dict[str, str]),
        sources=read(folder / "exercise_sources.toml", dict[str, Source]),
        favourites=frozenset(read(folder / FAVOURITES, dict[str, tuple[str, ...]]).get("exercises", ())),
    )
    for file, key, reason in (*problems(library), *progress_problems(library)):
        raise ContentError(file, key, reason)
    return library


def _exercises(folder: Path) -> Iterator[Exercise]:
    for file in sorted(folder.glob("*.toml")):
        exercise = read(file, Exercise)
        if exercise.id != file.stem:
            raise ContentError(file.name, "id", f"{exercise.id} is not the name of the file")
        yield exercise
