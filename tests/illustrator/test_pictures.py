"""The committed pictures: small, plain SVG, and drawn from the poses and the program as they stand."""

import re
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest

from clinic_app.app import FILES as APP_FILES
from clinic_app.illustrator.drawn import hash_of, hash_of_sources, read_drawn
from clinic_app.illustrator.gallery import BODY_MAP, named
from clinic_app.illustrator.palette import FAR_INK, INK, TONES
from clinic_app.library.folder import PACKAGED
from tests.illustrator.poses import FILES, SIDES, figure_of

FOLDER = APP_FILES / "static" / "illustrations"
DRAWN = read_drawn(FOLDER)
MOST_BYTES = 12_000
SVG = "{http://www.w3.org/2000/svg}"
ATTRIBUTES = {
    f"{SVG}svg": {"viewBox", "fill", "stroke-linecap", "stroke-linejoin"},
    f"{SVG}g": {"stroke"},
    f"{SVG}path": {"d", "fill", "stroke", "stroke-width", "stroke-dasharray"},
}
WHOLE_NUMBERS = re.compile(r"(?:[Mmlhvqcz]|-?\d+| )+")

every_pose = pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
every_picture = pytest.mark.parametrize("name", sorted(set(DRAWN) - {BODY_MAP}))


def names_of(file: Path) -> list[str]:
    worked = figure_of(file).worked
    return [named(file, side) for side in (SIDES if worked in SIDES else ("",))]


@every_pose
def test_a_picture_is_drawn_again_when_its_pose_or_the_program_changes(file: Path) -> None:
    for name in names_of(file):
        assert name in DRAWN, f"{name} was never drawn: make draw"
        assert DRAWN[name].drawn_from == hash_of_sources(file), f"{name} is out of date: make draw"


@every_picture
def test_a_picture_is_as_it_was_drawn(name: str) -> None:
    assert hash_of((FOLDER / f"{name}.svg").read_bytes()) == DRAWN[name].picture


def test_the_body_map_is_as_it_was_drawn_from_its_places() -> None:
    assert DRAWN[BODY_MAP].drawn_from == hash_of_sources(PACKAGED / "body_map.toml")
    assert DRAWN[BODY_MAP].picture == hash_of((FOLDER / "body_map.toml").read_bytes())


def test_every_picture_has_a_pose_and_every_pose_its_pictures() -> None:
    wanted = {name for file in FILES for name in names_of(file)}
    assert {file.stem for file in FOLDER.glob("*.svg")} == wanted == set(DRAWN) - {BODY_MAP}


@every_picture
def test_a_picture_is_small_and_made_of_paths_in_whole_units_only(name: str) -> None:
    svg = (FOLDER / f"{name}.svg").read_text("utf-8")
    assert len(svg.encode()) <= MOST_BYTES
    for element in ElementTree.fromstring(svg).iter():  # noqa: S314
        assert set(element.attrib) <= ATTRIBUTES[element.tag]
        assert not (element.text or "").strip()
        assert WHOLE_NUMBERS.fullmatch(element.get("d", "M"))
        assert re.fullmatch(r"(-?\d+ ?){4}", element.get("viewBox", "0 0 0 0"))


def test_both_pictures_of_a_pose_are_of_one_size() -> None:
    sizes = {
        name: re.search(r'viewBox="\S+ \S+ (\d+ \d+)"', (FOLDER / f"{name}.svg").read_text())
        for name in set(DRAWN) - {BODY_MAP}
    }
    for left, right in pairwise(sorted(sizes)):
        if left == right.replace("_right", "_left"):
            assert sizes[left][1] == sizes[right][1]


def grounds() -> list[str]:
    """What a picture stands on: paper, the pages' panel in both themes, and a mat."""
    tokens = (APP_FILES / "static" / "css" / "tokens.css").read_text("utf-8")
    panel = re.search(r"--fig-bg: light-dark\((#\w+), (#\w+)\)", tokens)
    assert panel
    return ["#ffffff", *panel.groups(), TONES["mat"]]


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("ink", [INK, FAR_INK, TONES["move"], TONES["force"]])
def test_every_line_and_arrow_stands_out_three_to_one_from_what_is_behind_the_person(ink: str) -> None:
    for ground in grounds():
        dark, light = sorted((luminance(ink), luminance(ground)))
        assert (light + 0.05) / (dark + 0.05) >= 3, ground
