"""What must hold between the files of the exercise library, each broken promise as file, key and reason."""

from collections.abc import Iterable, Iterator, Mapping

from clinic_app.domain.circumstances import Irritability, Severity, WeightBearing
from clinic_app.domain.exercise import Basis, Exercise, Posture
from clinic_app.domain.exercise_library import ExerciseLibrary
from clinic_app.domain.programme import ProgrammeStatus
from clinic_app.domain.protocol import Group
from clinic_app.domain.selection import ScreenClass

Problem = tuple[str, str, str]

FAVOURITES = "favourites.toml"
_SELECTION = "selection.toml"


def problems(library: ExerciseLibrary) -> Iterator[Problem]:
    """Every problem, as file name, key and reason."""
    for exercise in library.exercises:
        yield from _exercise(exercise, library)
    yield from _orders(library)
    yield from _circles(library)
    yield from _selection(library)
    yield from _complete(library)
    yield from _bases(library)
    yield from _handout(library)


def _unknown(file: str, key: str, names: Iterable[str], known: Iterable[str]) -> Iterator[Problem]:
    held = set(known)
    return ((file, key, f"{name} is not known") for name in names if name not in held)


def _exercise(exercise: Exercise, library: ExerciseLibrary) -> Iterator[Problem]:
    file = f"{exercise.id}.toml"
    yield from _unknown(file, "dose", [exercise.dose], library.dosage.classes)
    yield from _unknown(file, "exclude", exercise.exclude, library.tags)
    yield from _unknown(file, "caution", exercise.caution, library.tags)
    yield from _unknown(file, "caution", exercise.caution.values(), library.handout.cautions)
    yield from _unknown(file, "progression_to", exercise.progression_to, library.by_id)
    yield from _unknown(file, "emg.source", (emg.source for emg in exercise.emg), library.sources)
    if not exercise.primary:
        yield file, "primary", "an exercise works at least one group"
    if not 1 <= exercise.level <= library.selection.levels.highest:
        yield file, "level", f"{exercise.level} is not a load level"
    lies = exercise.place.posture in (Posture.SIDE_LYING, Posture.SIDE_SUPPORT)
    if lies != (exercise.place.lies_on is not None):
        yield file, "place.lies_on", "said for side lying and side support, and only there"
    for tag in sorted(set(exercise.exclude) & set(exercise.caution)):
        yield file, "caution", f"{tag} is excluded already"


def _orders(library: ExerciseLibrary) -> Iterator[Problem]:
    seen: dict[int, str] = {}
    for exercise in library.exercises:
        if exercise.order in seen:
            yield (
                f"{exercise.id}.toml",
                "order",
                f"{exercise.order} is already that of {seen[exercise.order]}",
            )
        seen[exercise.order] = exercise.id


def _circles(library: ExerciseLibrary) -> Iterator[Problem]:
    """Take away the exercises that lead nowhere or that nothing leads to; what stays leads in a circle."""
    left = {exercise.id: set(exercise.progression_to) for exercise in library.exercises}
    while ends := {name for name in left if not left[name] & left.keys() or _first(name, left)}:
        left = {name: following for name, following in left.items() if name not in ends}
    for name in left:
        yield f"{name}.toml", "progression_to", "the progression leads back to where it started"


def _first(name: str, progression: Mapping[str, set[str]]) -> bool:
    return not any(name in following for following in progression.values())


def _selection(library: ExerciseLibrary) -> Iterator[Problem]:
    rules, exercises = library.selection, library.by_id
    yield from _unknown(FAVOURITES, "exercises", library.favourites, exercises)
    for rivals in rules.near_duplicates:
        yield from _unknown(_SELECTION, "near_duplicates", rivals, exercises)
    for name, slot in rules.slots.items():
        yield from _unknown(_SELECTION, f"slots.{name}.exercises", slot.exercises, exercises)
    for pathway, preference in rules.pathways.items():
        yield from _unknown(_SELECTION, f"pathways.{pathway}.preferred", preference.preferred, exercises)
        yield from _unknown(
            _SELECTION, f"pathways.{pathway}.notice", filter(None, [preference.notice]), rules.notices
        )
    yield from _unknown(
        _SELECTION, "dosing.falls_cautions", rules.dosing.falls_cautions.values(), library.handout.cautions
    )
    yield from _unknown(
        _SELECTION, "dosing.strength_class", [rules.dosing.strength_class], library.dosage.classes
    )


def _complete(library: ExerciseLibrary) -> Iterator[Problem]:
    rules = library.selection
    silent = {ProgrammeStatus.OK}
    tables: tuple[tuple[str, str, Iterable[str], Iterable[str]], ...] = (
        (_SELECTION, "blocks", Posture, rules.blocks),
        (_SELECTION, "levels.base", Severity, rules.levels.base),
        (_SELECTION, "load.most", WeightBearing, rules.load.most),
        (_SELECTION, "pain", Irritability, rules.pain),
        (_SELECTION, "messages", set(ProgrammeStatus) - silent, rules.messages),
        (_SELECTION, "from_screen.severity", ScreenClass, rules.from_screen.severity),
        ("handout.toml", "groups", Group, library.handout.groups),
        ("handout.toml", "severities", Severity, library.handout.severities),
    )
    for file, key, wanted, held in tables:
        for name in sorted(set(wanted) - set(held)):
            yield file, key, f"{name} is missing"
    if len(rules.levels.words) != rules.levels.highest:
        yield _SELECTION, "levels.words", "one line for each level"


def _bases(library: ExerciseLibrary) -> Iterator[Problem]:
    rules = library.selection
    named: dict[str, Basis] = {
        "levels": rules.levels.basis,
        "size": rules.size.basis,
        "score": rules.score.basis,
        "balance": rules.balance.basis,
        "load": rules.load.basis,
        "dosing": rules.dosing.basis,
        "minutes": rules.minutes.basis,
        "review": rules.review.basis,
        "texts": rules.texts.basis,
        "from_screen": rules.from_screen.basis,
        "from_screen.falls_risk": rules.from_screen.falls_risk.basis,
        **{f"pain.{name}": bands.basis for name, bands in rules.pain.items()},
        **{f"pathways.{name}": pathway.basis for name, pathway in rules.pathways.items()},
        **{f"slots.{name}": slot.basis for name, slot in rules.slots.items()},
    }
    for key, basis in named.items():
        yield from _unknown(_SELECTION, f"{key}.basis.sources", basis.sources, library.sources)
    for name, dose in library.dosage.classes.items():
        yield from _unknown(
            "dosage.toml", f"classes.{name}.basis.sources", dose.basis.sources, library.sources
        )


def _handout(library: ExerciseLibrary) -> Iterator[Problem]:
    seen: set[str] = set()
    for block in library.handout.blocks:
        if block.id in seen:
            yield "handout.toml", f"blocks.{block.id}", "the same id twice"
        seen.add(block.id)
