"""The fonts, icons and test tools that others wrote: unchanged, listed, and with their licences."""

import base64
import hashlib
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
STATIC = ROOT / "static"
LISTED = tomllib.loads((STATIC / "vendor" / "vendor.toml").read_text("utf-8"))
PACKAGES: list[dict[str, Any]] = LISTED["package"]
FILES = [file for package in PACKAGES for file in package["files"]]
LICENCES = {name for package in PACKAGES for name in package["licence_files"]}
ICON_CALL = re.compile(r"""\b(?:icon|ui\.icon)\("([a-z0-9-]+)\"""")


def hash_of(path: Path) -> str:
    return "sha384-" + base64.b64encode(hashlib.sha384(path.read_bytes()).digest()).decode()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file["to"])
def test_a_vendored_file_is_byte_for_byte_the_one_that_was_checked(file: dict[str, str]) -> None:
    assert hash_of(STATIC / file["to"]) == file["sri"]


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package["name"])
def test_every_package_names_its_version_its_hash_and_its_licence(package: dict[str, Any]) -> None:
    algorithm, _, digest = package["integrity"].partition("-")
    assert (algorithm, len(base64.b64decode(digest, validate=True))) == ("sha512", 64)
    assert re.fullmatch(r"\d+\.\d+\.\d+", package["version"])
    assert package["licence"]
    assert all((STATIC / name).stat().st_size > 500 for name in package["licence_files"])


def test_no_font_or_vendored_file_is_there_without_being_listed() -> None:
    listed = {file["to"] for file in FILES} | LICENCES | {"vendor/vendor.toml"}
    there = [*(STATIC / "fonts").iterdir(), *(STATIC / "vendor").iterdir()]
    found = {str(path.relative_to(STATIC)) for path in there}
    assert found <= listed


def test_every_icon_that_a_page_asks_for_is_in_the_sprite() -> None:
    drawn = set(re.findall(r'<symbol id="([^"]+)"', (STATIC / "icons.svg").read_text("utf-8")))
    pages = (ROOT / "templates").rglob("*.html")
    asked = {name for page in pages for name in ICON_CALL.findall(page.read_text("utf-8"))}
    assert asked
    assert asked <= drawn


def test_no_page_and_no_picture_needs_an_inline_style() -> None:
    pages = [*(ROOT / "templates").rglob("*.html"), *STATIC.rglob("*.svg")]
    on_paper = ROOT / "templates" / "documents"
    inline = re.compile(r"\sstyle\s*=|<style|\son[a-z]+\s*=", re.IGNORECASE)
    on_screen = [page for page in pages if on_paper not in page.parents]
    wrong = [page for page in on_screen if inline.search(page.read_text("utf-8"))]
    assert wrong == []
