"""What must hold of the rules of progress and of the words of the patient's log."""

from collections.abc import Iterator

from clinic_app.domain.exercise_library import ExerciseLibrary
from clinic_app.domain.progress_rules import Advice, LogRule, Step
from clinic_app.library.problem import Problem, unknown

PROGRESS = "progress.toml"
LOG_WORDS = "log_words.toml"
_ONWARD = (Step.SET, Step.LOAD, Step.EXERCISE)
_WORDS = (
    *("title", "intro", "week", "days", "pain", "morning", "comment", "blank", "each", "send", "saved"),
    *("out_of_range", "too_long", "changed", "not_watched"),
)


def progress_problems(library: ExerciseLibrary) -> Iterator[Problem]:
    """Every problem, as file name, key and reason."""
    rules, doses = library.progress, library.dosage.classes
    yield from unknown(PROGRESS, "classes", rules.classes, doses)
    for key, wanted, held in (("rules", LogRule, rules.rules), ("classes", doses, rules.classes)):
        for name in wanted:
            if name not in held:
                yield PROGRESS, key, f"{name} is missing"
    for name, dose in rules.classes.items():
        yield from unknown(PROGRESS, f"classes.{name}.by", dose.by, _ONWARD)
    for rule, said in rules.rules.items():
        yield from unknown(PROGRESS, f"rules.{rule}.basis.sources", said.basis.sources, library.sources)
        if (said.proposes is Advice.PROGRESS) != (rule is LogRule.SETTLED):
            yield PROGRESS, f"rules.{rule}.proposes", "settled proposes progress, and nothing else does"
    yield from unknown(LOG_WORDS, "", library.log_words, _WORDS)
    for name in _WORDS:
        if name not in library.log_words:
            yield LOG_WORDS, name, "it is missing"
