"""The colours and type of the patient's page, read from its sheets: old eyes see them, and a grey printer."""

import re

import pytest

from tests.papers import STATIC

SHEETS = {
    name: (STATIC / "print" / f"{name}.css").read_text("utf-8") for name in ("print", "handout", "large")
}
PATIENTS = "\n".join(SHEETS.values())
VARIABLES = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", SHEETS["print"]))
WHITE = "#ffffff"
LIGHT = (WHITE, VARIABLES["wash"], VARIABLES["warm"])


def _colour(text: str) -> str:
    named = re.fullmatch(r"var\(--([\w-]+)\)", text)
    colour = VARIABLES[named[1]] if named else text
    return colour if len(colour) == 7 else "#" + "".join(2 * digit for digit in colour[1:])


def _luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_every_colour_of_words_stands_out_seven_times_from_what_is_behind() -> None:
    colours = {_colour(text) for text in re.findall(r"(?<![-\w])color: ([^;}]+?)\s*[;}]", PATIENTS)}
    assert len(colours) >= 4
    for colour in colours:
        behind = (VARIABLES["ink"],) if colour == WHITE else LIGHT
        assert min(_contrast(colour, ground) for ground in behind) >= 7, colour


def test_white_words_stand_on_ink_alone() -> None:
    for rule in re.findall(r"\{([^{}]*[^-]color: #fff[^{}]*)\}", PATIENTS):
        assert "background: var(--ink)" in rule


def test_the_lines_of_a_picture_stand_out_three_times_from_what_is_behind() -> None:
    for file in (STATIC / "illustrations").glob("*.svg"):
        strokes = set(re.findall(r'stroke="(#[0-9a-f]+)"', file.read_text("utf-8"))) - {"#fff"}
        assert strokes, file.name
        assert all(_contrast(_colour(stroke), VARIABLES["wash"]) >= 3 for stroke in strokes), file.name


def test_words_are_neither_slanted_nor_underlined_nor_shouted_nor_spread_to_both_edges() -> None:
    for never in ("italic", "underline", "uppercase", "align: justify", "hyphens: auto"):
        assert never not in PATIENTS


@pytest.mark.parametrize("sheet", ["handout", "large"])
def test_lines_of_words_stand_at_least_1_3_apart(sheet: str) -> None:
    rules = re.findall(r"([^{}]+)\{([^{}]*)\}", SHEETS[sheet])
    spaced = {
        name.strip(): float(n) for name, rule in rules for n in re.findall(r"line-height: ([\d.]+);", rule)
    }
    # The rows of the log are one line each.
    assert {name for name, spacing in spaced.items() if spacing < 1.3} <= {".log table"}


def test_only_captions_letterhead_foot_and_log_are_smaller_than_what_the_patient_reads() -> None:
    letterhead, captions = (
        {".top", ".top b", ".mark", ".top, .mark"},
        {".hips figcaption", ".picture figcaption"},
    )
    for sheet, body in (("handout", 14), ("large", 18)):
        pages = re.sub(r"@page[^{]*\{(?:[^{}]|\{[^{}]*\})*\}", "", SHEETS[sheet])
        sized = re.findall(r"([^{}]+)\{[^{}]*font-size: ([\d.]+)pt", pages)
        small = {name.strip() for name, points in sized if float(points) < body}
        assert small <= letterhead | captions | {".log table"}, sheet
