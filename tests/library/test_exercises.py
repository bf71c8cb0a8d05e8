import shutil
from pathlib import Path

import pytest

from clinic_app.library.errors import ContentError
from clinic_app.library.exercises import load_exercise_library
from clinic_app.library.folder import PACKAGED
from tests.programmes import library


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A copy of the content that a test may spoil."""
    return Path(shutil.copytree(PACKAGED, tmp_path / "content"))


def _change(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def test_the_library_holds_forty_exercises_in_their_order() -> None:
    exercises = library().exercises
    assert [exercise.order for exercise in exercises] == list(range(1, 41))
    assert exercises[0].id == "glute_squeeze_supine"
    assert exercises[-1].id == "side_hop_stick"


def test_every_exercise_leads_on_or_is_an_end() -> None:
    ends = {exercise.id for exercise in library().exercises if not exercise.progression_to}
    starts = {exercise.id for exercise in library().exercises if not library().easier(exercise)}
    assert ends == {"reverse_clam", "side_plank_abduction", "side_hop_stick"}
    assert starts == {
        "glute_squeeze_supine",
        "glute_squeeze_sitting",
        "iso_abduction_supine_belt",
        "abduction_slide_supine",
        "seated_press_out",
        "seated_iso_ir",
        "hip_hinge",
        "single_leg_stand",
    }


def test_progress_never_leads_to_a_lighter_level() -> None:
    for exercise in library().exercises:
        for following in exercise.progression_to:
            assert library().by_id[following].level >= exercise.level, (exercise.id, following)


def test_every_recalled_activity_figure_keeps_its_mark_and_its_source() -> None:
    figures = [emg for exercise in library().exercises for emg in exercise.emg]
    assert figures
    assert all(emg.source in library().sources for emg in figures)
    assert {emg.mark.value for emg in figures} == {"V", "R"}


def test_a_planking_exercise_is_closed_to_whoever_must_not_strain() -> None:
    planks = [exercise for exercise in library().exercises if exercise.dose == "plank"]
    assert planks
    assert all("hypertension_isometric" in exercise.exclude for exercise in planks)


def test_nothing_that_lies_flat_is_left_open_in_pregnancy() -> None:
    flat = [
        e for e in library().exercises if e.place.posture in ("supine", "prone", "side_support") or e.impact
    ]
    assert all("pregnancy_supine" in exercise.exclude for exercise in flat)


def test_no_active_abduction_before_the_surgeon_clears_it() -> None:
    moving = [e for e in library().exercises if "abductors" in e.primary]
    assert all({"post_tha_lateral", "abductor_repair"} <= set(exercise.exclude) for exercise in moving)


@pytest.mark.parametrize(
    ("file", "change", "told"),
    [
        ("exercises/clam.toml", ("level = 2", "level = 9"), ("level", "9 is not a load level")),
        ("exercises/clam.toml", ("level = 2", 'level = "2"'), ("level", "'2' is not int")),
        ("exercises/clam.toml", ("level = 2", "level = 2\nlevle = 3"), ("", "levle")),
        ("exercises/clam.toml", ('id = "clam"', 'id = "clamp"'), ("id", "not the name of the file")),
        ("exercises/side_plank.toml", ("order = 37", "order = 33"), ("order", "already that of")),
        (
            "exercises/clam.toml",
            ('"clam_band"', '"clam_bandd"'),
            ("progression_to", "clam_bandd is not known"),
        ),
        (
            "exercises/clam.toml",
            ("progression_to = [", 'progression_to = ["clam", '),
            ("progression_to", "back"),
        ),
        ("exercises/clam.toml", ('dose = "control"', 'dose = "controls"'), ("dose", "controls is not known")),
        ("exercises/side_plank.toml", ('"osteo_straight"', '"osteo"'), ("caution", "osteo is not known")),
        (
            "exercises/side_plank.toml",
            ('source = "E07"', 'source = "E99"'),
            ("emg.source", "E99 is not known"),
        ),
        ("exercises/side_plank.toml", ('lies_on = "same"', ""), ("place.lies_on", "side lying")),
        ("dosage.toml", ("hold_s = 5", "hold_s = 5.5"), ("hold_s", "5.5")),
        ("selection.toml", ("[pain.high]", "[pain.highest]"), ("pain", "highest")),
        (
            "selection.toml",
            ('sources = ["OTAGO"]', 'sources = ["OTTAWA"]'),
            ("basis.sources", "OTTAWA is not known"),
        ),
        (
            "selection.toml",
            ('"step_down", "single_leg_squat"', '"step_up_down"'),
            ("near_duplicates", "not known"),
        ),
        ("handout.toml", ("mild = ", "slight = "), ("severities", "slight")),
    ],
)
def test_a_wrong_content_file_is_refused_by_file_key_and_reason(
    content: Path, file: str, change: tuple[str, str], told: tuple[str, str]
) -> None:
    _change(content / file, *change)
    with pytest.raises(ContentError) as refused:
        load_exercise_library(content)
    key, reason = told
    assert refused.value.file == Path(file).name
    assert key in refused.value.key
    assert reason in str(refused.value)
