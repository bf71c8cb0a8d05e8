"""The Spanish catalogue says all that a patient reads, and that no native clinician has reviewed it yet."""

import re
from collections.abc import Iterator
from dataclasses import asdict

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

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
