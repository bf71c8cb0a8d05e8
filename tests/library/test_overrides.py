"""A clinic's own files take the place of ours, and the version tells that they do."""

import shutil
from pathlib import Path

import pytest

from clinic_app.domain.rules import Basis
from clinic_app.library import ContentError, load_library, open_library
from clinic_app.library.folder import PACKAGED, version_of
from clinic_app.library.lines import line_of


def test_a_clinics_own_file_takes_the_place_of_ours(tmp_path: Path) -> None:
    own = tmp_path / "notes.toml"
    own.write_text(
        (PACKAGED / "notes.toml").read_text("utf-8").replace("Pain not recorded.", "Ask about pain.")
    )
    library = load_library(overrides=tmp_path)
    assert library.notes["PAIN-5"] == "Ask about pain."
    assert library.version != load_library().version


def test_a_clinics_own_protocol_stands_beside_ours(tmp_path: Path) -> None:
    (tmp_path / "protocols").mkdir()
    text = (PACKAGED / "protocols" / "quick.toml").read_text("utf-8").replace('id = "quick"', 'id = "ours"')
    (tmp_path / "protocols" / "ours.toml").write_text(text)
    assert set(load_library(overrides=tmp_path).protocols) >= {"quick", "ours"}


def test_a_wrong_file_of_the_clinic_is_refused_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "items").mkdir()
    (tmp_path / "items" / "review.toml").write_text('id = "review"\n')
    with pytest.raises(ContentError, match=r"^review\.toml: "):
        load_library(overrides=tmp_path)


def test_without_files_of_its_own_a_clinic_has_ours(tmp_path: Path) -> None:
    packaged = load_library()
    assert load_library(overrides=tmp_path).version == packaged.version
    assert load_library(overrides=tmp_path / "nothing").version == packaged.version
    assert packaged.version == version_of(PACKAGED)


def test_the_version_changes_with_a_byte_and_with_a_name(tmp_path: Path) -> None:
    first = Path(shutil.copytree(PACKAGED, tmp_path / "content"))
    before = version_of(first)
    file = first / "notes.toml"
    file.write_text(file.read_text("utf-8").replace("Pain not recorded", "Pain not reported"), "utf-8")
    changed = version_of(first)
    file.rename(first / "notez.toml")
    assert len({before, changed, version_of(first)}) == 3


def test_our_content_is_never_written_to(tmp_path: Path) -> None:
    (tmp_path / "notes.toml").write_text((PACKAGED / "notes.toml").read_text("utf-8") + "# ours\n")
    before = version_of(PACKAGED)
    load_library(overrides=tmp_path)
    assert version_of(PACKAGED) == before


def test_a_wrong_file_of_the_clinic_leaves_it_with_our_content_and_says_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "items").mkdir()
    (tmp_path / "items" / "review.toml").write_text('id = "review"\nname = "Review"\npurposs = "x"\n')
    opened = open_library(tmp_path)
    assert opened.library.version == load_library().version
    assert opened.refused
    assert (opened.refused.file, opened.refused.line) == ("review.toml", 3)
    assert str(opened.refused) == "review.toml: unknown key: purposs (line 3)"


def test_sound_files_of_the_clinic_are_opened_without_a_word(tmp_path: Path) -> None:
    (tmp_path / "own_numbers.toml").write_text('lsi_1 = { value = 85, reason = "agreed" }\n')
    opened = open_library(tmp_path)
    assert opened.refused is None
    assert [(own.name, own.value, own.published) for own in opened.library.own] == [("lsi_1", 85, 90)]


def test_one_number_is_set_in_a_file_of_one_line_and_the_rest_stays(tmp_path: Path) -> None:
    (tmp_path / "own_numbers.toml").write_text('lsi_1 = { value = 85, reason = "agreed" }\n')
    ours, own = load_library(), load_library(overrides=tmp_path)
    assert own.rules.numbers.lsi_1.value == 85
    assert own.rules.numbers.lsi_2 == ours.rules.numbers.lsi_2
    assert own.version != ours.version


def test_what_rests_on_an_own_number_is_no_longer_called_published(tmp_path: Path) -> None:
    (tmp_path / "own_numbers.toml").write_text('stepdown_poor = { value = 5, reason = "agreed" }\n')
    ours, own = load_library(), load_library(overrides=tmp_path)
    limited = [
        (rule.id, place)
        for rule in ours.rules.by_id.values()
        for place, step in enumerate(rule.steps)
        if "stepdown_poor" in step.limits.values() and step.basis is Basis.PUBLISHED
    ]
    assert limited
    for rule, place in limited:
        assert own.rules.by_id[rule].steps[place].basis is Basis.CONVENTION
        assert own.rules.by_id[rule] in own.rules.reading(own.rules.by_id[rule].items[0])
    assert own.rules.numbers.stepdown_poor.mark == "C"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('lsi_1 = { value = 85, reason = " " }', "lsi_1.reason: say why (line 2)"),
        ('lsi_9 = { value = 85, reason = "x" }', "lsi_9: this number is not set by a clinic (line 2)"),
        ('lsi_1 = { value = 80, reason = "x" }', "80 has to be above 80, which is lsi_2 (line 2)"),
        ('bp_defer_sbp = { value = 210, reason = "x" }', "210 is not from 140 to 200 in steps of 1 (line 2)"),
        ('lsi_1 = { value = "85", reason = "x" }', "lsi_1.value: '85' is not a number (line 2)"),
    ],
)
def test_an_own_number_that_may_not_be_so_is_refused_by_file_key_and_line(
    tmp_path: Path, text: str, told: str
) -> None:
    (tmp_path / "own_numbers.toml").write_text(f"# ours\n{text}\n")
    with pytest.raises(ContentError) as refused:
        load_library(overrides=tmp_path)
    assert refused.value.file == "own_numbers.toml"
    assert told in str(refused.value)


def test_a_clinics_own_exercise_stands_beside_ours_and_one_that_lacks_something_is_refused(
    tmp_path: Path,
) -> None:
    (tmp_path / "exercises").mkdir()
    text = (PACKAGED / "exercises" / "clam.toml").read_text("utf-8")
    text = text.replace('id = "clam"', 'id = "our_clam"').replace("order = 8\n", "order = 400\n")
    (tmp_path / "exercises" / "our_clam.toml").write_text(text)
    assert "our_clam" in load_library(overrides=tmp_path).exercises.by_id

    (tmp_path / "exercises" / "our_clam.toml").write_text(text.replace("plain_name", "plan_name", 1))
    with pytest.raises(ContentError, match=r"^our_clam\.toml: unknown key: plan_name \(line \d+\)"):
        load_library(overrides=tmp_path)


TEXT = """# a comment
id = "x"
[first]
value = 1
[[rules]]
id = "A-1"
steps = [
  # the first
  { level = 1 },
  { level = 2 },
]
[[rules]]
id = "B-2"
level = 3
["N-SYM"]
text = "words"
"""


@pytest.mark.parametrize(
    ("key", "line"),
    [
        ("id", 2),
        ("first.value", 4),
        ("rules[1].level", 14),
        ("rules[0].steps[1].level", 10),
        ("B-2", 13),
        ("N-SYM.text", 16),
        ("first.nothing", 3),
        ("nothing", 0),
        ("", 0),
    ],
)
def test_a_key_is_found_on_its_line(key: str, line: int) -> None:
    assert line_of(TEXT, key) == line
