"""A clinic's own files take the place of ours, and the version tells that they do."""

import shutil
from pathlib import Path

import pytest

from clinic_app.library import ContentError, load_library
from clinic_app.library.folder import PACKAGED, version_of


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
