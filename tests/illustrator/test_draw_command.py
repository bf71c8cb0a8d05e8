"""`clinic draw`, on one pose in a folder of its own."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from clinic_app.cli import draw
from clinic_app.illustrator.drawn import read_drawn

STEP = """
worked = "left"
muscles = ["gluteus_medius_left"]
camera = { height = 10 }
marks = [{ shows = "2", at = [0, 18, 60] }]
[[props]]
kind = "floor"
at = [0, 0]
size = [30, 40]
[[props]]
kind = "box"
at = [12, -12, 5]
size = [12, 12, 10]
[[panels]]
[[panels]]
joints = { hip_left = { flexion = 30 } }
arrows = [{ kind = "follow", on = "shank_left", at = [0, 0, -20] }]
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "poses").mkdir()
    (tmp_path / "poses" / "step.toml").write_text(STEP, "utf-8")
    monkeypatch.setattr(draw, "POSES", tmp_path / "poses")
    monkeypatch.setattr(draw, "PICTURES", tmp_path)
    monkeypatch.setattr(draw, "BODY_MAP", tmp_path / "poses" / "step.toml")
    return tmp_path


def test_a_pose_is_drawn_for_both_sides_and_a_changed_picture_is_found(folder: Path) -> None:
    drawn = CliRunner().invoke(draw.command, [])
    assert drawn.exit_code == 0, drawn.output
    left, right = ((folder / f"step_{side}.svg").read_text("utf-8") for side in ("left", "right"))
    assert set(read_drawn(folder)) == {"step_left", "step_right"}
    assert left != right
    assert size(left) == size(right)
    assert sign(left) == sign(right)
    (folder / "step_right.svg").write_text(left, "utf-8")
    checked = CliRunner().invoke(draw.command, ["--check"])
    assert checked.exit_code == 1
    assert re.search(r"2 pictures in \d+ s\nstep_right.svg is drawn otherwise now\n$", checked.output)


def size(svg: str) -> str:
    found = re.search(r'viewBox="\S+ \S+ (\d+ \d+)"', svg)
    assert found
    return found[1]


def sign(svg: str) -> str:
    """The last path: the figure of the mark, without where it starts."""
    return re.sub(r"^M[^a-z]*", "", svg.rsplit('d="', 1)[1])


def test_a_pose_that_is_not_there_is_named(folder: Path) -> None:
    told = CliRunner().invoke(draw.command, ["stairs"])
    assert told.exit_code == 1
    assert told.output == f"There is no pose stairs in {folder / 'poses'}.\n"


def test_a_wrong_pose_stops_the_drawing_with_its_sentence(folder: Path) -> None:
    (folder / "poses" / "step.toml").write_text("worked = 3\n[[panels]]", "utf-8")
    told = CliRunner().invoke(draw.command, [])
    assert (told.exit_code, told.output.startswith("step.toml: panels[1].worked = 3")) == (1, True)
