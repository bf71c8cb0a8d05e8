"""The patient reads grade 6 or simpler: checked with a rule of our own, stricter than the usual tools."""

import re
from collections.abc import Iterator
from dataclasses import asdict

import pytest

from clinic_app.library.folder import PACKAGED
from clinic_app.library.share import load_share
from tests.programmes import library

WORD = re.compile(r"[A-Za-z'’]+")
TOKENS = {"{group}": "side hip muscles", "{side}": "right", "{why}": "It makes your hips strong."}
SHORTEST = 4  # words; a heading is no sentence to grade
SENTENCE_END = re.compile(r"(?<=[.?!:])\s+")


def _texts() -> Iterator[tuple[str, str]]:
    handout = library().handout
    for block in handout.blocks:
        yield f"block {block.id}", " ".join((block.text, *block.items))
    for key, text in (handout.cautions | handout.dose | handout.reasons).items():
        yield f"sentence {key}", text
    for key, text in asdict(load_share(PACKAGED).words).items():
        yield f"share {key}", text
    for key, text in library().log_words.items():
        yield f"log {key}", text
    for exercise in library().exercises:
        words = exercise.words
        spoken = (
            *words.steps,
            words.feel,
            *words.mistakes,
            words.stop_if,
            words.easier,
            words.harder,
            words.why,
        )
        yield f"exercise {exercise.id}", " ".join(spoken)


def _filled(text: str) -> str:
    for token, word in TOKENS.items():
        text = text.replace(token, word)
    return re.sub(r"\{\w+\}", "5", text)


def _sentences(text: str) -> list[list[str]]:
    return [words for part in SENTENCE_END.split(_filled(text)) if (words := WORD.findall(part))]


def _syllables(word: str) -> int:
    word = word.lower().strip("'’")
    groups = len(re.findall(r"[aeiouy]+", word))
    if word.endswith("e") and not word.endswith(("le", "ee")):
        groups -= 1
    return max(groups, 1)


@pytest.mark.parametrize(("name", "text"), list(_texts()))
def test_a_patient_can_read_it(name: str, text: str) -> None:
    sentences = _sentences(text)
    words = [word for sentence in sentences for word in sentence]
    syllables = sum(map(_syllables, words))
    grade = 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59
    assert grade <= 6 or len(words) < SHORTEST, f"{name}: grade {grade:.1f}"
    assert max(map(len, sentences)) <= 20, name


def test_sentences_have_at_most_12_words_in_the_mean() -> None:
    sentences = [sentence for _, text in _texts() for sentence in _sentences(text)]
    assert sum(map(len, sentences)) / len(sentences) <= 12


def test_no_patient_page_speaks_of_deficits_or_percentages() -> None:
    for name, text in _texts():
        found = re.search(
            r"%|deficit|dysfunction|abnormal|inhibit|gluteus|diagnos|MVIC|!", text, re.IGNORECASE
        )
        assert not found, (name, text)


def test_every_caution_an_exercise_can_carry_has_its_sentence() -> None:
    carried = {key for exercise in library().exercises for key in exercise.caution.values()}
    carried |= set(library().selection.dosing.falls_cautions.values())
    assert carried == set(library().handout.cautions)


def test_after_a_missed_week_the_patient_is_not_asked_to_halve_the_sets() -> None:
    """Half of any allowed number of sets, the lower half and at least one, is the one that the page names."""
    least, most = library().dosage.limits.sets
    assert {max(1, sets // 2) for sets in range(least, most + 1)} == {1}
    assert library().handout.block("missed_days").text.endswith("start again with 1 set of each exercise.")
