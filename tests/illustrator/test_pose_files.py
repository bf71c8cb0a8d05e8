"""A pose file that is wrong is refused: the sentence names the file, the key and what stands there."""

from pathlib import Path

import pytest

from clinic_app.illustrator.pose_file import Figure, read_figure
from clinic_app.illustrator.schema import PoseError

# A wrong line, and how the sentence goes on after the file and the panel.
WRONG = {
    "worked = 'middle'": "worked = 'middle': 'middle' is unknown; known: left, right, both, none",
    "pelvis = { lean = 3 }": "pelvis.lean = 3: 'lean' is unknown; known: turn, roll, pitch",
    "joints.hip_left = { bend = 3 }": "joints.hip_left.bend = 'bend': 'bend' is unknown; known: flexion",
    "joints.hip_middle = { flexion = 3 }": "joints.hip_middle = {'flexion': 3}: 'hip_middle' is unknown",
    "joints.knee_left = { flexion = '3' }": "joints.knee_left.flexion = '3': must be a number",
    "joints.girdle_left = [1, 2]": "joints.girdle_left = [1, 2]: must hold 3 values",
    "placed.knee_left = { at = [0, 0, 0] }": "placed.knee_left = 'knee_left': 'knee_left' is unknown",
    "placed.foot_left = { flat = true }": "placed.foot_left.at = None: is missing",
    "placed.foot_left = { at = [0, 0, 0], flat = 1 }": "placed.foot_left.flat = 1: must be of type bool",
    "rests = 'floor'": "rests = 'floor': 'floor' is unknown; known: all, nothing",
    "rests = ['tail']": "rests[1] = 'tail': 'tail' is unknown; known: pelvis, abdomen",
    "muscles = ['biceps_left']": "muscles[1] = 'biceps_left': 'biceps_left' is unknown",
    "props = [{ kind = 'sofa' }]": "props[1].kind = 'sofa': 'sofa' is unknown; known: mat, floor",
    "props = [{ kind = 'mat', at = [0, 0], size = [1] }]": "props[1].size = [1]: must hold 2 values",
    "arrows = [{ kind = 'follow', on = 'tail', at = [0, 0, 0] }]": "arrows[1].on = 'tail': 'tail' is unknown",
    "marks = [{ shows = '9', at = [0, 0, 0] }]": "marks[1].shows = '9': '9' is unknown; known: 1, 2, 3, plus",
    "colour = 'red'": "colour = 'red': 'colour' is unknown; known: worked, position",
    "camera = { height = nan }": "camera.height = nan: must be a number",
}


@pytest.mark.parametrize(("line", "sentence"), WRONG.items(), ids=WRONG)
def test_a_wrong_line_is_refused_by_file_key_and_value(line: str, sentence: str, tmp_path: Path) -> None:
    with pytest.raises(PoseError) as refused:
        read(f"{line}\n[[panels]]\n", tmp_path)
    assert str(refused.value).startswith(f"x.toml: panels[1].{sentence}")


def test_a_stated_angle_that_the_joint_cannot_have_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PoseError, match=r"^x\.toml: angles\[1\]\.bend = 'bend': 'bend' is unknown"):
        read("[[angles]]\npanel = 1\njoint = 'hip_left'\nbend = 2\n[[panels]]\n", tmp_path)


@pytest.mark.parametrize("text", ["worked = 'left'", "panels = 3", "panels = []"])
def test_a_picture_has_at_least_one_panel(text: str, tmp_path: Path) -> None:
    with pytest.raises(PoseError, match="there must be at least one panel"):
        read(text, tmp_path)


def test_what_is_not_toml_is_refused_by_file(tmp_path: Path) -> None:
    with pytest.raises(PoseError, match=r"^x\.toml: it is not TOML"):
        read("panels = ", tmp_path)


def test_a_panel_is_laid_over_what_all_panels_share(tmp_path: Path) -> None:
    text = """
        joints.knee_left = { flexion = 10 }
        props = [{ kind = "floor", at = [0, 0], size = [30, 40] }]
        [[panels]]
        [[panels]]
        joints.hip_left = { flexion = 20 }
        props = []
    """
    first, second = read(text, tmp_path).panels
    assert (len(first.pose.props), len(second.pose.props)) == (1, 0)
    assert second.pose.joints.of("knee_left") == (10,)
    assert second.pose.joints.of("hip_left") == (20, 0, 0)
    assert second.start == first.pose


def read(text: str, folder: Path) -> Figure:
    file = folder / "x.toml"
    file.write_text(text, "utf-8")
    return read_figure(file)
