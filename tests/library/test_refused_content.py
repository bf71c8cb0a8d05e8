"""A wrong content file is refused by its name, the key and the reason, whatever is wrong with it."""

import re
import shutil
import tomllib
from pathlib import Path

import pytest

from clinic_app.library import ContentError, load_library
from clinic_app.library.folder import PACKAGED

MISTAKES = tomllib.loads(Path(__file__).with_name("mistakes.toml").read_text("utf-8"))["mistakes"]


def _copy(folder: Path) -> Path:
    return Path(shutil.copytree(PACKAGED, folder / "content", ignore=shutil.ignore_patterns("poses")))


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return _copy(tmp_path)


@pytest.fixture(scope="module")
def repaired(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Content in which each mistake is mended before the next one is made."""
    return _copy(tmp_path_factory.mktemp("repaired"))


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda m: f"{m['file']} {m['bad']}")
def test_a_mistake_is_refused_by_file_key_and_reason(repaired: Path, mistake: dict[str, str]) -> None:
    file = repaired / mistake["file"]
    text = file.read_text("utf-8")
    assert mistake["good"] in text, "the content no longer holds what the mistake is made in"
    file.write_text(text.replace(mistake["good"], mistake["bad"], 1), "utf-8")
    try:
        with pytest.raises(ContentError) as refused:
            load_library(repaired)
    finally:
        file.write_text(text, "utf-8")
    named = mistake.get("named", file.name)
    assert refused.value.file == named
    assert mistake["key"] in refused.value.key
    assert mistake["reason"] in refused.value.reason
    assert str(refused.value).startswith(f"{named}: ")


def test_a_file_that_is_not_toml_is_refused_by_its_name(content: Path) -> None:
    (content / "notes.toml").write_text("N-SYM = ", "utf-8")
    with pytest.raises(ContentError, match=r"^notes\.toml: Invalid value"):
        load_library(content)


def test_a_file_that_is_missing_is_refused_by_its_name(content: Path) -> None:
    (content / "words.toml").unlink()
    with pytest.raises(ContentError, match=r"^words\.toml: "):
        load_library(content)


def test_a_test_that_lost_its_evidence_is_refused(content: Path) -> None:
    file = content / "items" / "review.toml"
    file.write_text(re.sub(r"evidence = \[.*?\n\]\n", "", file.read_text("utf-8"), flags=re.DOTALL), "utf-8")
    with pytest.raises(ContentError, match=r"^review\.toml: evidence: name a source"):
        load_library(content)
