"""The Spanish catalogue says all that a patient reads, and that no native clinician has reviewed it yet."""

import re
from collections.abc import Iterator
from dataclasses import asdict

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from clinic_app.domain.exercise import Exercise
from clinic_app.library.folder import PACKAGED
from clinic_app.library.share import load_share
from tests.programmes import library

PO = PACKAGED.parent / "translations" / "es" / "LC_MESSAGES" / "messages.po"


def _catalogue() -> Catalog:
    with PO.open("rb") as file:
        return read_po(file, locale="es")


def _english() -> Iterator[str]:
    handout = library().handout
    for block in handout.blocks:
        yield from (block.text, *block.items)
    for sentences in (handout.cautions, handout.dose, handout.reasons, handout.labels, handout.severities):
        yield from sentences.values()
    yield from (group.patient for group in handout.groups.values())
    sides = handout.sides
    yield from (sides.left_leg, sides.right_leg, sides.worked_leg, sides.other_leg)
    yield from (heading for heading in handout.log_headings if not heading.isdigit())
    yield from asdict(load_share(PACKAGED).words).values()
    yield from library().log_words.values()
    for exercise in library().exercises:
        words = exercise.words
        yield from (exercise.name, exercise.plain_name, *words.steps, words.feel, *words.mistakes)
        yield from (words.stop_if, words.easier, words.harder, words.why, words.therapist_cue)


def test_everything_on_the_handout_can_be_said_in_spanish() -> None:
    catalogue = _catalogue()
    missing = [text for text in _english() if not (catalogue.get(text) and catalogue.get(text).string)]
    assert missing == []


WORD = re.compile(r"[^\W\d_]+")
SENTENCE_END = re.compile(r"(?<=[.?!:])\s+")
TOKENS = {"{group}": "músculos de los glúteos", "{side}": "derecho", "{why}": "Fortalece sus caderas."}
SHORTEST = 5  # words; a heading is no sentence to grade
FEW = 5  # sentences of which a mean says little


def _patients() -> Iterator[tuple[str, str]]:
    """Each block and each exercise whole, in Spanish."""
    catalogue, handout = _catalogue(), library().handout

    def said(*texts: str) -> str:
        return " ".join(catalogue.get(text).string for text in texts if text)

    for block in handout.blocks:
        yield f"block {block.id}", said(block.text, *block.items)
    for name in ("cautions", "dose", "reasons"):
        yield name, said(*getattr(handout, name).values())
    for exercise in library().exercises:
        words = exercise.words
        last = (words.stop_if, words.easier, words.harder, words.why)
        yield f"exercise {exercise.id}", said(*words.steps, words.feel, *words.mistakes, *last)


def _syllables(word: str) -> int:
    """Vowels, of which a weak one beside another makes no syllable of its own."""
    plain = re.sub(r"qu|gu(?=[eié])", "k", word.lower())
    nuclei = re.sub(r"(?<=[aeoáéó])[iuü]|[iuü](?=[aeoáéó])|(?<=[aeou])y\b", "", plain)
    return max(len(re.findall(r"[aeoáéóíú]|[iuü]+", nuclei)), 1)


@pytest.mark.parametrize(("name", "text"), list(_patients()))
def test_a_patient_can_read_the_spanish(name: str, text: str) -> None:
    """INFLESZ, the scale of Szigriszt-Pazos: 65 and above is easy to read."""
    for token, word in TOKENS.items():
        text = text.replace(token, word)
    text = re.sub(r"\{\w+\}", "5", text)
    sentences = [words for part in SENTENCE_END.split(text) if (words := WORD.findall(part))]
    words = [word for sentence in sentences for word in sentence]
    scale = 206.835 - 62.3 * sum(map(_syllables, words)) / len(words) - len(words) / len(sentences)
    assert scale >= 65 or len(words) < SHORTEST, f"{name}: {scale:.0f}"
    assert max(map(len, sentences)) <= 20, name
    assert len(words) / len(sentences) <= 12 or len(sentences) < FEW, name


@pytest.mark.parametrize("exercise", [pytest.param(one, id=one.id) for one in library().exercises])
def test_when_to_stop_is_one_sentence_in_both_languages(exercise: Exercise) -> None:
    english = exercise.words.stop_if
    for begins, said in (("Stop if ", english), ("Pare si ", _catalogue().get(english).string)):
        assert said.startswith(begins)
        assert re.findall("[.?!:;]", said) == ["."]
        assert said.endswith(".")


def test_syllables_are_counted_as_they_are_spoken() -> None:
    spoken = {
        "cadera": 3,
        "pierna": 2,
        "días": 2,
        "izquierda": 3,
        "músculo": 3,
        "sigue": 2,
        "aún": 2,
        "muy": 1,
    }
    assert {word: _syllables(word) for word in spoken} == spoken


def test_a_translation_fills_in_the_same_tokens() -> None:
    token = re.compile(r"\{\w+\}")
    for message in _catalogue():
        if isinstance(message.id, str) and message.id:
            assert set(token.findall(message.id)) == set(token.findall(str(message.string))), message.id


def test_the_right_leg_and_the_right_side_are_different_words() -> None:
    catalogue = _catalogue()
    assert catalogue.get("right", context="leg").string == "derecha"
    assert catalogue.get("right", context="body").string == "derecho"


def test_the_catalogue_says_that_nobody_reviewed_it_yet() -> None:
    assert "Not yet reviewed by a native Spanish-speaking clinician" in PO.read_text("utf-8")
